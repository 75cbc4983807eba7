"""Taking a merge back after other edits: what was written later stays with the survivor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.kinds import NOBODY, PairKind, PairStatus
from welfare.households.models import DuplicatePair, Household, Person
from welfare.households.models.changes import ChangeSet, ChangeSubject
from welfare.households.parts import tell_new_words
from welfare.households.queries.loading import load_household, load_person
from welfare.households.services.merging.heirs import said_headless
from welfare.households.services.merging.naming import search_words
from welfare.households.services.merging.sparing import spare_later_stays
from welfare.households.services.operations.aftermath import (
    heads_lost,
    must_stand,
    or_named,
)
from welfare.households.services.operations.heading import change_head
from welfare.households.services.operations.invariants import without_head
from welfare.households.services.undoing import Kept, undo_changes


@dataclass(frozen=True, slots=True)
class Restored:
    """Two records again. ``change``: number of the undo; ``kept``: what stays with the survivor
    because it was written, or built upon, after the merge."""

    kind: PairKind
    change: str
    survivor: str
    other: str
    rows: int
    kept: tuple[Kept, ...]


def undo_merge(
    *, actor: Viewer, number: str, reason: str = "", heirs: Mapping[str, str] | None = None
) -> Restored:
    """Make two records of one again. ``number`` is that of the merge's change set; ``heirs`` says
    who becomes head (or ``NOBODY``) of a household whose head of then does not come back, by its
    number: a change of head of its own.

    ``NotFound`` outside one's area, ``Refused`` when it has been undone or when the survivor has
    become part of a third record since (that merge is undone first); ``StandsOn``, naming what was
    done since, when households and people would not be whole, or one had no head any more.
    """
    if not actor.can(Permission.MERGE_REGISTRY):
        raise Forbidden
    pair = db.session.scalar(
        select(DuplicatePair)
        .where(DuplicatePair.change_number == number, DuplicatePair.status == PairStatus.MERGED)
        .with_for_update()
    )
    if pair is None:
        raise NotFound
    kind, ids = pair.kind, (pair.a_id, pair.b_id)
    survivor, loser = _records(kind, ids)
    if survivor.merged_into_id is not None:
        raise Refused(
            _("The record %(number)s has become part of another one since. Undo that merge first.",
              number=survivor.number)
        )  # fmt: skip
    numbers = (survivor.number, loser.number)
    _must_see(actor, kind, numbers[0])
    words = survivor.search_key
    past = db.session.execute(select(ChangeSet.id).where(ChangeSet.number == number)).scalar_one()
    households, people = _about(past)
    headless = without_head(households)
    with or_named(past, households, people):
        done = undo_changes(
            actor=actor, number=number, reason=reason, keep_later=True, spare=spare_later_stays
        )
        _refresh(kind, ids, words)
        households |= done.households
        lost = heads_lost(past, without_head(households) - headless)
        headless |= said_headless(lost, heirs or {})
        _crown(actor, lost, heirs or {}, reason)
        must_stand(past, households, people | done.people, headless=headless)
    for one, other in (numbers, numbers[::-1]):
        audit.record(
            actor, f"{kind.value}.unmerged", kind.value, one,
            {"other": other, "change": done.number},
        )  # fmt: skip
    db.session.flush()
    return Restored(kind, done.number, *numbers, done.restored, done.kept)


def _crown(actor: Viewer, houses: Collection[int], heirs: Mapping[str, str], reason: str) -> None:
    numbers = db.session.scalars(
        select(Household.number).where(Household.id.in_(houses)).order_by(Household.id)
    )
    for number in numbers.all():
        heir = heirs.get(number, NOBODY)
        if heir and heir != NOBODY:
            change_head(
                actor=actor, household_number=number, person_number=heir, day=clock.today(),
                reason=reason,
            )  # fmt: skip


def _about(set_id: int) -> tuple[set[int], set[int]]:
    """Households and people of a change set."""
    rows = db.session.execute(
        select(ChangeSubject.household_id, ChangeSubject.person_id).where(
            ChangeSubject.change_set_id == set_id
        )
    ).all()
    return (
        {row.household_id for row in rows if row.household_id},
        {row.person_id for row in rows if row.person_id},
    )


def _must_see(actor: Viewer, kind: PairKind, survivor: str) -> None:
    if kind == PairKind.PERSON:
        load_person(survivor, viewer=actor, for_update=True)
    else:
        load_household(survivor, viewer=actor, for_update=True)


def _records(kind: PairKind, ids: tuple[int, int]) -> tuple[Person | Household, Person | Household]:
    """The survivor, and the record that is part of it."""
    one, other = _by_id(kind, ids)
    if one.merged_into_id == other.id:
        one, other = other, one
    if other.merged_into_id != one.id:
        raise Refused(_("This has been undone already."))
    return one, other


def _refresh(kind: PairKind, ids: tuple[int, int], words: str) -> None:
    """Search words follow names and addresses, here and in the cases."""
    for record in _by_id(kind, ids):
        if isinstance(record, Person):
            record.search_key = search_words(record)
            db.session.flush()
            tell_new_words(words, record.search_key, person_id=record.id)
        else:
            tell_new_words(words, record.search_key, household_id=record.id)


def _by_id(kind: PairKind, ids: tuple[int, int]) -> list[Person] | list[Household]:
    if kind == PairKind.PERSON:
        return list(db.session.scalars(select(Person).where(Person.id.in_(ids))))
    return list(db.session.scalars(select(Household).where(Household.id.in_(ids))))
