"""The house, the people and the cases that a complaint is probably about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, cast, false, func, or_, select

from welfare.accounts.models import User
from welfare.cases.models import Case, CaseApart
from welfare.cases.queries.merging.candidates import NEAR
from welfare.cases.queries.rights import sees_names, visible_to
from welfare.cases.workflow import MERGEABLE, CaseStatus, Outcome
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.names import split_name
from welfare.households.facts import PersonFacts
from welfare.households.kinds import Reason, Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.queries import PersonRow, person_cards, similar_people
from welfare.households.queries.rows import age, full_name
from welfare.intake.queries.likeness import house_key, name_key

HOUSES, CASES = 3, 12


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in a house."""

    id: int
    number: str
    name: str
    age: int | None
    relation: Relation
    deceased: bool
    named: bool
    """Whether the complaint names somebody called so."""


@dataclass(frozen=True, slots=True)
class House:
    """A household that the complaint may be about. ``linked``: the office said that it is."""

    id: int
    number: str
    house_no: str
    village_no: int | None
    lane: str
    landmark: str
    linked: bool
    residents: tuple[Resident, ...]


@dataclass(frozen=True, slots=True)
class ContextCase:
    """A case of the same house or person; ``title`` is empty where it is masked."""

    number: str
    title: str
    category_id: int
    status: CaseStatus
    outcome: Outcome | None
    opened_at: datetime
    closed_at: datetime | None
    worker: str
    same_person: bool
    twin: str = ""
    """An open case of the list that may be the same one twice: of one kind, near in time, and
    nobody said that they are two."""


def houses(
    *, viewer: Viewer, household_id: int | None, house_no: str, village_no: int | None, name: str
) -> list[House]:
    """The linked house, or those with this number in this village, with who lives there."""
    house = house_key(house_no)
    if not viewer.can(Permission.VIEW_REGISTRY):
        return []
    if household_id is not None:
        which = Household.id == household_id
    elif house and village_no is not None and viewer.covers(village_no):
        key = Household.search_key
        which = (Household.village_no == village_no) & or_(
            key == house, key.startswith(f"{house} ", autoescape=True)
        )
    else:
        return []
    some = (
        select(Household).where(which).order_by(Household.id).limit(HOUSES).subquery("some_houses")
    )
    rows = db.session.execute(
        select(
            some.c.id.label("house_id"), some.c.number.label("house_number"), some.c.house_no,
            some.c.village_no, some.c.lane, some.c.landmark, Membership.relation,
            Person.id.label("person_id"), Person.number, Person.title, Person.first_name,
            Person.middle_name, Person.last_name, Person.birth_date, Person.birth_precision,
            Person.deceased_on,
        )
        .outerjoin(
            Membership,
            (Membership.household_id == some.c.id)
            & Membership.to_day.is_(None)
            & Membership.de_facto,
        )
        .outerjoin(Person, Person.id == Membership.person_id)
        .order_by(some.c.id, Membership.id)
    ).all()  # fmt: skip
    return _houses([row for row in rows if viewer.covers(row.village_no)], household_id, name)


def _houses(rows: list[Any], household_id: int | None, name: str) -> list[House]:
    residents: dict[int, list[Resident]] = {}
    wanted = name_key(name)
    for row in rows:
        living = residents.setdefault(row.house_id, [])
        if row.person_id is not None:
            living.append(_resident(row, wanted))
    first = {row.house_id: row for row in reversed(rows)}
    return [
        House(
            house_id, first[house_id].house_number, first[house_id].house_no,
            first[house_id].village_no, first[house_id].lane, first[house_id].landmark,
            house_id == household_id, tuple(living),
        )
        for house_id, living in residents.items()
    ]  # fmt: skip


def _resident(row: Any, wanted: str) -> Resident:
    name = full_name(row.title, row.first_name, row.middle_name, row.last_name)
    key = name_key(f"{row.first_name} {row.last_name}")
    named = bool(wanted) and (key == wanted or key.split()[:1] == wanted.split()[:1])
    return Resident(
        row.person_id,
        row.number,
        name,
        age(row.birth_date, row.birth_precision, row.deceased_on),
        row.relation,
        row.deceased_on is not None,
        named,
    )


def people(
    *, viewer: Viewer, person_id: int | None, name: str, phone: str | None
) -> list[PersonRow]:
    """The linked person, or those of the registry with this telephone or a name like this."""
    if person_id is not None:
        return [card.person for card in person_cards([person_id], viewer=viewer).values()]
    parts = split_name(name)
    first = name_key(parts.first) or parts.first
    if not first and not phone:
        return []
    facts = PersonFacts(first_name=first, last_name=parts.last, phone=phone or "")
    return similar_people(facts, viewer=viewer, limit=5)


def sure_ids(found: Collection[PersonRow]) -> list[int]:
    """Those whose telephone or whole name fits: whose cases are worth showing."""
    sure = {Reason.PHONE, Reason.NAME, Reason.IDENTIFIER}
    return [row.id for row in found if not row.reasons or sure & {*row.reasons}]


def cases_of(
    *, viewer: Viewer, household_ids: Collection[int], person_ids: Collection[int]
) -> list[ContextCase]:
    """Open and past cases of these houses and people that the viewer may see, open ones first."""
    if not household_ids and not person_ids:
        return []
    same_person = Case.person_id.in_(person_ids) if person_ids else false()
    rows = db.session.execute(
        select(
            Case.number, Case.title, Case.category_id, Case.status, Case.outcome, Case.opened_at,
            Case.closed_at, Case.village_no, Case.assignee_id, Case.opened_by_id,
            Case.sensitivity, User.display_name, same_person.label("same_person"), Case.id,
            _said_apart().label("apart"),
        )
        .outerjoin(User, User.id == Case.assignee_id)
        .where(
            or_(same_person, Case.household_id.in_(household_ids) if household_ids else false()),
            visible_to(viewer),
            Case.status != CaseStatus.MERGED,
        )
        .order_by(case((Case.closed_at.is_(None), 0), else_=1), Case.id.desc())
        .limit(CASES)
    ).all()  # fmt: skip
    return [
        ContextCase(
            row.number, row.title if sees_names(viewer, row) else "", row.category_id, row.status,
            row.outcome, row.opened_at, row.closed_at, row.display_name or "",
            bool(row.same_person), _twin(row, rows),
        )
        for row in rows
    ]  # fmt: skip


def _said_apart() -> Any:
    """The ids of the cases that somebody said are not the same as this one."""
    partner = case((CaseApart.low_id == Case.id, CaseApart.high_id), else_=CaseApart.low_id)
    return (
        select(func.aggregate_strings(cast(partner, String), " "))
        .where(or_(CaseApart.low_id == Case.id, CaseApart.high_id == Case.id))
        .correlate(Case)
        .scalar_subquery()
    )


def _twin(row: Any, rows: Collection[Any]) -> str:
    if row.status not in MERGEABLE:
        return ""
    apart = (row.apart or "").split()
    likely = (
        other.number
        for other in rows
        if other.id < row.id
        and other.status in MERGEABLE
        and other.category_id == row.category_id
        and abs(other.opened_at - row.opened_at) <= NEAR
        and str(other.id) not in apart
    )
    return next(likely, "")
