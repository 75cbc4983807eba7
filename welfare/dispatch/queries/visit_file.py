"""One visit with what is known of the house: everything its page on the phone shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.queries import ToldPlace, told_places
from welfare.cases.queries.rights import visible_to
from welfare.cases.workflow import Priority
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.policies import can_plan, can_see_visit
from welfare.dispatch.queries.assignments import CASE_COLUMNS, CaseFacts, case_facts
from welfare.dispatch.queries.visits import (
    VISIT_COLUMNS,
    VisitRow,
    photos_of,
    visit_row,
    with_rights,
)
from welfare.dispatch.workflow import VisitStatus
from welfare.households.kinds import Condition, Disability, Relation, YesNo
from welfare.households.models import Household, Membership, Person, Village
from welfare.households.queries.rows import age, full_name

BED_BOUND, HOME_BOUND = 4, 11
"""Highest Barthel scores (Thai 20-point form) of the bed-bound and of the home-bound."""


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """The house of a case as far as it is known."""

    number: str
    house_no: str
    lane: str
    road: str
    community: str
    landmark: str
    lat: float | None
    lng: float | None
    condition: Condition
    water: YesNo
    electricity: YesNo
    notes: str


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in the house; the telephone of the person of the case only for who may
    call, health only for who works on the case or holds VIEW_RESTRICTED."""

    name: str
    age: int | None
    relation: Relation | None
    subject: bool
    phone: str | None
    bed_bound: bool
    home_bound: bool
    disability: Disability | None
    health_notes: str
    notes: str


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """What was found, or why nothing was, at another visit of the case."""

    number: str
    status: VisitStatus
    planned_on: date
    visited_at: datetime | None
    worker: str
    text: str
    needs: str


@dataclass(frozen=True, slots=True)
class VisitFile:
    """All of one visit's page; ``told`` where no house is linked but a request names one."""

    visit: VisitRow
    case: CaseFacts
    category_id: int
    priority: Priority
    due_at: datetime
    summary: str
    closed: bool
    subject: str
    village_name: str
    house: HouseFacts | None
    told: ToldPlace | None
    residents: tuple[Resident, ...]
    earlier: tuple[EarlierVisit, ...]
    planned_next: bool
    may_plan: bool

    @property
    def phone(self) -> str | None:
        """The telephone of the person whom the case is about, where the viewer may call."""
        return next((one.phone for one in self.residents if one.subject), None)


def visit_file(number: str, *, viewer: Viewer) -> VisitFile:
    """The visit with this number; ``NotFound`` when the viewer may not know of it."""
    row, case, visit = _seen(number, viewer)
    others = _others(case.id, visit.id)
    photos = photos_of([visit.id]) if visit.status == VisitStatus.DONE else {}
    house = _house(row)
    told = told_places([case.id]).get(case.id) if house is None else None
    settled = tuple(item for item in others if item.status in _SETTLED)
    return VisitFile(
        visit=replace(with_rights(visit, case, viewer), photos=photos.get(visit.id, ())),
        case=case,
        category_id=row.category_id,
        priority=row.priority,
        due_at=row.due_at,
        summary=row.summary,
        closed=row.closed_at is not None,
        subject=_subject(row) or (told.subject if told else ""),
        village_name=_own_name(row.village_name, case.village_no),
        house=house,
        told=told,
        residents=_residents(case, viewer),
        earlier=settled,
        planned_next=len(settled) < len(others),
        may_plan=can_plan(viewer, case),
    )


@dataclass(frozen=True, slots=True)
class VisitHead:
    """A visit and its case alone."""

    visit: VisitRow
    case: CaseFacts


def visit_head(number: str, *, viewer: Viewer) -> VisitHead:
    """The visit with this number without its house; ``NotFound`` as for :func:`visit_file`."""
    _row, case, visit = _seen(number, viewer)
    return VisitHead(with_rights(visit, case, viewer), case)


def _seen(number: str, viewer: Viewer) -> tuple[Row[*tuple[Any, ...]], CaseFacts, VisitRow]:
    row = db.session.execute(_head().where(Visit.number == number, visible_to(viewer))).first()
    if row is None:
        raise NotFound
    case, visit = case_facts(row), visit_row(row)
    if not can_see_visit(viewer, visit, case):
        raise NotFound
    return row, case, visit


_SETTLED = (VisitStatus.DONE, VisitStatus.MISSED)
_HOUSE = tuple(HouseFacts.__dataclass_fields__)


def _head() -> Any:
    return (
        select(
            *CASE_COLUMNS, *VISIT_COLUMNS,
            Case.category_id, Case.priority, Case.due_at, Case.summary, Case.closed_at,
            Person.title.label("person_title"), Person.first_name, Person.middle_name,
            Person.last_name, Village.name_th.label("village_name"),
            *(getattr(Household, name).label(f"house_{name}") for name in _HOUSE),
        )
        .select_from(Visit)
        .join(Case, Case.id == Visit.case_id)
        .join(User, User.id == Visit.worker_id)
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(Village, Village.village_no == Case.village_no)
    )  # fmt: skip


def _subject(row: Row[*tuple[Any, ...]]) -> str:
    if row.first_name is None:
        return ""
    return full_name(row.person_title, row.first_name, row.middle_name, row.last_name)


def _own_name(name: str | None, village_no: int | None) -> str:
    """The name of a village, unless it says no more than its number."""
    return "" if name in (None, f"หมู่ที่ {village_no}", f"หมู่ {village_no}") else str(name)


def _house(row: Row[*tuple[Any, ...]]) -> HouseFacts | None:
    if row.house_number is None:
        return None
    return HouseFacts(**{name: getattr(row, f"house_{name}") for name in _HOUSE})


def _others(case_id: int, visit_id: int) -> list[EarlierVisit]:
    rows = db.session.execute(
        select(
            Visit.number, Visit.status, Visit.planned_on, Visit.visited_at, Visit.findings,
            Visit.needs, Visit.missed_reason, User.display_name,
        )
        .join(User, User.id == Visit.worker_id)
        .where(
            Visit.case_id == case_id, Visit.id != visit_id, Visit.status != VisitStatus.CANCELLED
        )
        .order_by(Visit.planned_on.desc(), Visit.id.desc())
        .limit(20)
    )  # fmt: skip
    return [
        EarlierVisit(
            number=row.number,
            status=row.status,
            planned_on=row.planned_on,
            visited_at=row.visited_at,
            worker=row.display_name,
            text=row.findings if row.status == VisitStatus.DONE else row.missed_reason,
            needs=row.needs,
        )
        for row in rows
    ]


def _residents(case: CaseFacts, viewer: Viewer) -> tuple[Resident, ...]:
    """Who lives in the house, and whom the case is about; in one statement."""
    if case.household_id is None and case.person_id is None:
        return ()
    mine = case.assignee_id == viewer.user_id
    may_call = mine or viewer.can(Permission.REVEAL_IDENTIFIERS)
    sees_health = mine or viewer.can(Permission.VIEW_RESTRICTED)
    here = (Membership.household_id == case.household_id) & Membership.to_day.is_(None)
    rows = db.session.execute(
        select(
            Person.id, Person.title, Person.first_name, Person.middle_name, Person.last_name,
            Person.birth_date, Person.birth_precision, Person.deceased_on, Person.disability,
            Person.adl_score, Person.health_notes, Person.notes, Person.phone,
            Membership.relation,
        )
        .outerjoin(Membership, here & (Membership.person_id == Person.id))
        .where(Membership.id.is_not(None) | (Person.id == case.person_id))
        .where(Person.deceased_on.is_(None) | (Person.id == case.person_id))
        .order_by(Membership.id)
        .limit(40)
    )  # fmt: skip
    found = [_resident(row, row.id == case.person_id, may_call, sees_health) for row in rows]
    return tuple(sorted(found, key=lambda one: not one.subject))


def _resident(
    row: Row[*tuple[Any, ...]], subject: bool, may_call: bool, sees_health: bool
) -> Resident:
    score = row.adl_score if sees_health else None
    return Resident(
        name=full_name(row.title, row.first_name, row.middle_name, row.last_name),
        age=age(row.birth_date, row.birth_precision, row.deceased_on),
        relation=row.relation,
        subject=subject,
        phone=row.phone if may_call and subject else None,
        bed_bound=score is not None and score <= BED_BOUND,
        home_bound=score is not None and BED_BOUND < score <= HOME_BOUND,
        disability=row.disability if sees_health else None,
        health_notes=(row.health_notes or "") if sees_health else "",
        notes=row.notes or "",
    )
