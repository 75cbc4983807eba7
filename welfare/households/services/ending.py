"""The end of memberships."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import EndReason
from welfare.households.models import Household, Membership, Person


def end_one(
    actor: Viewer, link: Membership, numbers: tuple[str, str], day: date, reason: str
) -> None:
    """End a loaded, locked membership; ``numbers``: of the household and of the person."""
    if link.from_day is not None and day < link.from_day:
        raise Refused(_("This day is before the day on which the person came."), field="to_day")
    link.to_day = day
    link.reason = reason
    household, person = numbers
    code = reason.partition(":")[0]
    audit.record(
        actor, "household.member_left", "household", household,
        {"person": person, "to_day": (None, day), "reason": code},
    )  # fmt: skip
    audit.record(
        actor, "person.left", "person", person,
        {"household": household, "to_day": (None, day), "reason": code},
    )  # fmt: skip


def end_all(actor: Viewer, person: Person, day: date, reason: EndReason) -> None:
    """End every open membership of a loaded, locked person, wherever it is."""
    links = db.session.execute(
        select(Membership, Household.number)
        .join(Household, Household.id == Membership.household_id)
        .where(Membership.person_id == person.id, Membership.to_day.is_(None))
        .order_by(Membership.id)
        .with_for_update(of=Membership)
    ).all()
    for link, household in links:
        end_one(actor, link, (household, person.number), day, reason.value)
