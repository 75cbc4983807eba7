"""Verbs on who lives where."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.facts import MembershipFacts
from welfare.households.kinds import EndReason, Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.loading import load_household, load_membership, load_person
from welfare.households.services.ending import end_one
from welfare.households.services.persons import mark_deceased
from welfare.households.services.writing import must_be_fresh, must_edit, not_in_future

REASON_LENGTH = 120


def add_member(
    *,
    actor: Viewer,
    household_number: str,
    person_number: str,
    relation: Relation,
    from_day: date | None = None,
    de_facto: bool = True,
    on_register: bool = True,
    move: bool = False,
) -> Membership:
    """Somebody comes to belong to a household. ``move`` ends where they lived until then, on the
    same day (today where no day is given). ``Refused`` for a second head, for who is a member
    already, and for who has died."""
    house = _house(actor, household_number)
    person = load_person(person_number, viewer=actor, for_update=True)
    if person.deceased_on is not None:
        raise Refused(_("This person is noted as deceased."))
    not_in_future(from_day, "from_day")
    _one_head(house, relation)
    for link, number in _open_links(person):
        if link.household_id == house.id:
            raise Refused(_("This person is already a member of this household."))
        if move:
            day = from_day or clock.today()
            end_one(actor, link, (number, person.number), day, EndReason.MOVED_OUT.value)
    link = Membership(
        household_id=house.id,
        person_id=person.id,
        relation=relation,
        de_facto=de_facto,
        on_register=on_register,
        from_day=from_day,
    )
    db.session.add(link)
    audit.record(
        actor, "household.member_added", "household", house.number,
        {"person": person.number, "relation": relation.value},
    )  # fmt: skip
    audit.record(
        actor, "person.joined", "person", person.number,
        {"household": house.number, "relation": relation.value},
    )  # fmt: skip
    db.session.flush()
    return link


def edit_membership(
    *,
    actor: Viewer,
    household_number: str,
    person_number: str,
    version: int,
    relation: Relation,
    from_day: date | None,
    de_facto: bool,
    on_register: bool,
) -> None:
    """Change relation, day of coming, or whether they live there or only stand in the register."""
    house, person, link = _link(actor, household_number, person_number)
    _fresh(version, link)
    not_in_future(from_day, "from_day")
    if relation != link.relation:
        _one_head(house, relation)
    link.relation, link.from_day = relation, from_day
    link.de_facto, link.on_register = de_facto, on_register
    changes = audit.changes_of(link)
    if changes:
        audit.record(
            actor, "household.member_edited", "household", house.number,
            {"person": person.number, **changes},
        )  # fmt: skip
    db.session.flush()


def end_membership(
    *,
    actor: Viewer,
    household_number: str,
    person_number: str,
    version: int,
    to_day: date,
    reason: EndReason,
    note: str = "",
) -> None:
    """Somebody no longer belongs to a household, from a day and for a reason.

    Who died is noted as deceased, and leaves every household on that day.
    """
    house, person, link = _link(actor, household_number, person_number)
    _fresh(version, link)
    not_in_future(to_day, "to_day")
    if reason == EndReason.DIED:
        mark_deceased(actor, person, to_day)
        return
    text = f"{reason.value}: {note}" if note else reason.value
    end_one(actor, link, (house.number, person.number), to_day, text[:REASON_LENGTH])
    db.session.flush()


def _house(actor: Viewer, number: str) -> Household:
    must_edit(actor)
    house = load_household(number, viewer=actor, for_update=True)
    if not policies.can_edit(actor, house.village_no):
        raise Forbidden
    return house


def _link(actor: Viewer, household: str, person: str) -> tuple[Household, Person, Membership]:
    house = _house(actor, household)
    who = load_person(person, viewer=actor, for_update=True)
    return house, who, load_membership(house.id, who.id, for_update=True)


def _fresh(version: int, link: Membership) -> None:
    present = MembershipFacts(link.relation, link.from_day, link.de_facto, link.on_register)
    must_be_fresh(version, link.version, present)


def _one_head(house: Household, relation: Relation) -> None:
    if relation != Relation.HEAD:
        return
    head = select(Membership.id).where(
        Membership.household_id == house.id,
        Membership.relation == Relation.HEAD,
        Membership.to_day.is_(None),
    )
    if db.session.scalar(head.limit(1)):
        raise Refused(
            _("This household already has a head. Change that person's relation first."),
            field="relation",
        )


def _open_links(person: Person) -> list[tuple[Membership, str]]:
    rows = db.session.execute(
        select(Membership, Household.number)
        .join(Household, Household.id == Membership.household_id)
        .where(Membership.person_id == person.id, Membership.to_day.is_(None))
        .order_by(Membership.id)
        .with_for_update(of=Membership)
    )
    return [(link, number) for link, number in rows]
