"""Verbs on problems and strengths of households, and on their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.storage.uploads import MOST_PHOTOS, claim_photos
from welfare.households.facts import NeedEntry
from welfare.households.kinds import Dimension
from welfare.households.models import Household, HouseholdNeed, HouseholdPhoto
from welfare.households.queries.house_parts import sees_home_health
from welfare.households.services.surveys import must_change_house
from welfare.households.services.writing import assign, must_be_fresh, not_in_future


def add_need(*, actor: Viewer, number: str, entry: NeedEntry) -> HouseholdNeed:
    """Something a household lacks or can build on. Who adds a matter of health need not be among
    those who may read it afterwards."""
    house = must_change_house(actor, number)
    _check(entry)
    need = HouseholdNeed(
        household_id=house.id, recorded_at=clock.now(), recorded_by_id=actor.user_id or None
    )
    assign(need, entry)
    db.session.add(need)
    audit.record(
        actor, "household.need_added", "household", house.number,
        {"kind": entry.kind.value, "dimension": entry.dimension.value},
    )  # fmt: skip
    db.session.flush()
    return need


def edit_need(*, actor: Viewer, number: str, need_id: int, version: int, entry: NeedEntry) -> None:
    """Its words, its days; an end says that it is over."""
    house = must_change_house(actor, number)
    need = _load(actor, house, need_id)
    must_be_fresh(version, need.version, entry_of(need))
    _check(entry)
    assign(need, entry)
    changes = audit.changes_of(need)
    if changes:
        audit.record(actor, "household.need_edited", "household", house.number, changes)
    db.session.flush()


def withdraw_need(*, actor: Viewer, number: str, need_id: int, version: int, reason: str) -> None:
    """It should not be there."""
    house = must_change_house(actor, number)
    need = _load(actor, house, need_id)
    must_be_fresh(version, need.version)
    if not reason:
        raise Refused(_("Please say why it is taken back."), field="reason")
    need.withdrawn_at, need.withdrawn_reason = clock.now(), reason
    audit.record(
        actor, "household.need_withdrawn", "household", house.number, {"kind": need.kind.value}
    )
    db.session.flush()


def entry_of(need: HouseholdNeed) -> NeedEntry:
    """What a form would have sent."""
    return NeedEntry(
        kind=need.kind,
        dimension=need.dimension,
        text=need.text,
        from_day=need.from_day,
        to_day=need.to_day,
        source=need.source,
        source_note=need.source_note,
    )


def add_photos(
    *,
    actor: Viewer,
    number: str,
    public_ids: Sequence[str],
    caption: str = "",
    taken_on: date | None = None,
) -> int:
    """Make uploads part of a household; how many there were."""
    house = must_change_house(actor, number)
    not_in_future(taken_on, "taken_on")
    there = db.session.scalar(
        select(func.count()).where(
            HouseholdPhoto.household_id == house.id, HouseholdPhoto.removed_at.is_(None)
        )
    )
    room = MOST_PHOTOS - int(there or 0)
    if room < 1:
        raise Refused(_("There are %(n)s photos already. Remove one first.", n=MOST_PHOTOS))
    files = claim_photos(list(public_ids)[:room])
    db.session.add_all(
        HouseholdPhoto(
            household_id=house.id, file_id=file_id, caption=caption, taken_on=taken_on,
            added_at=clock.now(), added_by_id=actor.user_id or None,
        )
        for file_id in files
    )  # fmt: skip
    audit.record(actor, "household.photos_added", "household", house.number, {"photos": len(files)})
    db.session.flush()
    return len(files)


def remove_photo(*, actor: Viewer, number: str, photo_id: int) -> None:
    """A picture is no longer shown to anybody."""
    house = must_change_house(actor, number)
    photo = db.session.scalar(
        select(HouseholdPhoto).where(
            HouseholdPhoto.id == photo_id,
            HouseholdPhoto.household_id == house.id,
            HouseholdPhoto.removed_at.is_(None),
        )
    )
    if photo is None:
        raise NotFound
    photo.removed_at = clock.now()
    audit.record(actor, "household.photo_removed", "household", house.number, {})
    db.session.flush()


def _check(entry: NeedEntry) -> None:
    if not entry.text:
        raise Refused(_("Please write what is known."), field="text")
    not_in_future(entry.from_day, "from_day")
    not_in_future(entry.to_day, "to_day")
    if entry.from_day and entry.to_day and entry.to_day < entry.from_day:
        raise Refused(_("This day is before the day from which it holds."), field="to_day")


def _load(actor: Viewer, house: Household, need_id: int) -> HouseholdNeed:
    found = db.session.scalar(
        select(HouseholdNeed)
        .where(
            HouseholdNeed.id == need_id,
            HouseholdNeed.household_id == house.id,
            HouseholdNeed.withdrawn_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    hidden = found is not None and found.dimension == Dimension.HEALTH
    if found is None or (hidden and not sees_home_health(actor, house.id)):
        raise NotFound
    return found
