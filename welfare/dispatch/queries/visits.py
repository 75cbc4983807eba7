"""Visits of a case and of a worker's days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, literal, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.queries import NOWHERE, told_places
from welfare.cases.queries.rights import visible_to
from welfare.cases.workflow import Priority
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage import StoredFile
from welfare.dispatch.models import CaseWish, CategoryVisit, Visit, VisitPhoto, WorkerProfile
from welfare.dispatch.policies import (
    can_cancel,
    can_choose_second,
    can_plan,
    can_record,
    can_see_visit,
)
from welfare.dispatch.queries.assignments import CASE_COLUMNS, CaseFacts, case_facts
from welfare.dispatch.workflow import OUTSIDE, VisitKind, VisitStatus
from welfare.households.models import Household, Person
from welfare.households.queries.rows import full_name

_Full = aliased(StoredFile)
_Small = aliased(StoredFile)
_Second = aliased(User)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo of a visit by the public ids of its file and thumbnail."""

    public_id: str
    thumbnail_id: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as pages show it."""

    id: int
    number: str
    version: int
    status: VisitStatus
    worker_id: int
    worker: str
    planned_on: date
    planned_time: str
    purpose: str
    visited_at: datetime | None
    who_present: str
    findings: str
    needs: str
    next_visit_on: date | None
    missed_reason: str
    kind: VisitKind = VisitKind.HOME
    companion_id: int | None = None
    companion: str = ""
    """Who goes along."""
    lone: bool = False
    """Two must go, and nobody goes along yet."""
    may_record: bool = False
    may_cancel: bool = False
    may_choose_second: bool = False
    photos: tuple[PhotoRow, ...] = ()

    @property
    def overdue(self) -> bool:
        """Planned for a day that has passed."""
        return self.status == VisitStatus.PLANNED and self.planned_on < clock.today()

    @property
    def to_come(self) -> bool:
        """Whether somebody is still to leave the office for it, today or later."""
        ahead = self.status == VisitStatus.PLANNED and self.planned_on >= clock.today()
        return ahead and self.kind in OUTSIDE


_companion = select(_Second.display_name).where(_Second.id == Visit.companion_id).scalar_subquery()
_lone = and_(
    Visit.companion_id.is_(None),
    Visit.status == VisitStatus.PLANNED,
    Visit.kind.in_(sorted(OUTSIDE)),
    or_(
        exists().where(WorkerProfile.user_id == Visit.worker_id, WorkerProfile.alone.is_(False)),
        exists().where(CategoryVisit.category_id == Case.category_id, CategoryVisit.pair),
        exists().where(CaseWish.case_id == Visit.case_id, CaseWish.pair),
    ),
)
VISIT_COLUMNS = (
    Visit.id.label("visit_id"),
    Visit.number.label("visit_number"),
    Visit.version.label("visit_version"),
    Visit.status.label("visit_status"),
    Visit.worker_id,
    User.display_name.label("worker"),
    Visit.planned_on,
    Visit.planned_time,
    Visit.purpose,
    Visit.visited_at,
    Visit.who_present,
    Visit.findings,
    Visit.needs,
    Visit.next_visit_on,
    Visit.missed_reason,
    Visit.kind.label("visit_kind"),
    Visit.companion_id,
    _companion.label("companion"),
    _lone.label("lone"),
)


def visit_row(row: Row[*tuple[Any, ...]]) -> VisitRow:
    """A visit from a row that holds ``VISIT_COLUMNS``."""
    return VisitRow(
        id=row.visit_id,
        number=row.visit_number,
        version=row.visit_version,
        status=row.visit_status,
        worker_id=row.worker_id,
        worker=row.worker,
        planned_on=row.planned_on,
        planned_time=row.planned_time,
        purpose=row.purpose,
        visited_at=row.visited_at,
        who_present=row.who_present,
        findings=row.findings,
        needs=row.needs,
        next_visit_on=row.next_visit_on,
        missed_reason=row.missed_reason,
        kind=row.visit_kind,
        companion_id=row.companion_id,
        companion=row.companion or "",
        lone=bool(row.lone),
    )


def with_rights(visit: VisitRow, case: CaseFacts, viewer: Viewer) -> VisitRow:
    """The visit with what the viewer may do about it."""
    return replace(
        visit,
        may_record=can_record(viewer, visit, case),
        may_cancel=can_cancel(viewer, visit, case),
        may_choose_second=visit.to_come and can_choose_second(viewer, visit, case),
    )


_PHOTOS = (
    select(VisitPhoto.visit_id, _Full.public_id, _Small.public_id.label("thumb"))
    .join(_Full, _Full.id == VisitPhoto.file_id)
    .outerjoin(_Small, _Small.id == _Full.thumbnail_id)
    .where(VisitPhoto.visit_id.in_(bindparam("ids", expanding=True)))
    .order_by(VisitPhoto.id)
)


def photos_of(visit_ids: Iterable[int]) -> dict[int, tuple[PhotoRow, ...]]:
    """The photos of visits that the caller was already allowed to see, in one statement."""
    wanted = sorted(set(visit_ids))
    if not wanted:
        return {}
    found: dict[int, list[PhotoRow]] = {}
    for row in db.session.connection().execute(_PHOTOS, {"ids": wanted}):
        photo = PhotoRow(row.public_id, row.thumb or row.public_id)
        found.setdefault(row.visit_id, []).append(photo)
    return {visit_id: tuple(photos) for visit_id, photos in found.items()}


@dataclass(frozen=True, slots=True)
class CaseVisits:
    """A case and those of its visits that the viewer may open, the latest day first."""

    case: CaseFacts
    visits: tuple[VisitRow, ...]
    may_plan: bool
    suggested_on: date | None = field(default=None)
    """A day that the last visit asked for and that nobody has planned yet."""


@lru_cache(maxsize=200)
def _of_case(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Built once a viewer: the page of a case asks this each time."""
    return (
        select(*CASE_COLUMNS, *VISIT_COLUMNS)
        .select_from(Case)
        .outerjoin(Visit, Visit.case_id == Case.id)
        .outerjoin(User, User.id == Visit.worker_id)
        .where(Case.id == bindparam("case_id", type_=Integer), visible_to(viewer))
        .order_by(Visit.planned_on.desc(), Visit.id.desc())
        .limit(100)
    )


def visits_of_case(case_id: int, *, viewer: Viewer) -> CaseVisits:
    """The visits of a case that the viewer sees (``NotFound`` otherwise), in two statements."""
    found = db.session.connection().execute(_of_case(viewer), {"case_id": case_id}).all()
    if not found:
        raise NotFound
    case = case_facts(found[0])
    bare = [visit_row(row) for row in found if row.visit_id is not None]
    seen = [visit for visit in bare if can_see_visit(viewer, visit, case)]
    photos = photos_of(visit.id for visit in seen if visit.status == VisitStatus.DONE)
    visits = tuple(
        replace(with_rights(visit, case, viewer), photos=photos.get(visit.id, ())) for visit in seen
    )
    return CaseVisits(case, visits, can_plan(viewer, case), _suggested(visits))


def _suggested(visits: Iterable[VisitRow]) -> date | None:
    known = list(visits)
    if any(visit.status == VisitStatus.PLANNED for visit in known):
        return None
    done = (visit for visit in known if visit.status == VisitStatus.DONE)
    return next((visit.next_visit_on for visit in done), None)


@dataclass(frozen=True, slots=True)
class DayVisit:
    """A visit in a worker's day: where, whom, about what."""

    visit: VisitRow
    case_id: int
    case_number: str
    case_title: str
    category_id: int
    priority: Priority
    village_no: int | None
    house_no: str
    lane: str
    landmark: str
    person: str


def visits_between(viewer: Viewer, first: date | None, last: date) -> list[DayVisit]:
    """The viewer's own visits that are planned from one day to another in the order of the days
    and hours (those without an hour last); visits done or missed in that time stay in the list.

    Without ``first``: also all that were planned for an earlier day and not settled.
    """
    today = clock.today()
    when: ColumnElement[bool] = Visit.planned_on.between(first or today, last)
    if first is None:
        when = or_(when, and_(Visit.planned_on < today, Visit.status == VisitStatus.PLANNED))
    rows = db.session.execute(
        _own(viewer)
        .where(when, Visit.status != VisitStatus.CANCELLED)
        .order_by(
            Visit.planned_on,
            Visit.planned_time == "",
            Visit.planned_time,
            Case.village_no,
            Visit.id,
        )
        .limit(200)
    )
    return _with_told_places([_day_visit(row) for row in rows])


def _with_told_places(visits: list[DayVisit]) -> list[DayVisit]:
    """Where no household is linked: the house that the request speaks of."""
    told = told_places(item.case_id for item in visits if not item.house_no)
    return [
        item
        if item.house_no
        else replace(
            item,
            house_no=(place := told.get(item.case_id, NOWHERE)).house_no,
            landmark=item.landmark or place.landmark,
            person=item.person or place.subject,
        )
        for item in visits
    ]


def day_of(worker: Viewer, day: date | None = None) -> list[DayVisit]:
    """The visits of one day in their order; today's with what earlier days left over."""
    if day is None or day == clock.today():
        return visits_between(worker, None, clock.today())
    return visits_between(worker, day, day)


def days_ahead(worker: Viewer, days: int = 14) -> list[DayVisit]:
    """What is planned after today."""
    tomorrow = clock.today() + timedelta(days=1)
    return visits_between(worker, tomorrow, clock.today() + timedelta(days=days))


def _own(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *VISIT_COLUMNS,
            Case.id.label("case_id"),
            Case.number.label("case_number"),
            Case.title.label("case_title"),
            Case.category_id,
            Case.priority,
            Case.village_no,
            Household.house_no,
            Household.lane,
            Household.landmark,
            Person.title,
            Person.first_name,
            Person.middle_name,
            Person.last_name,
        )
        .select_from(Visit)
        .join(Case, Case.id == Visit.case_id)
        .join(User, User.id == Visit.worker_id)
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .where(
            Visit.worker_id == viewer.user_id,
            Case.assignee_id == viewer.user_id,
            Case.closed_at.is_(None) | (Visit.status != VisitStatus.PLANNED),
            literal(viewer.can(Permission.WORK_CASES)),
        )
    )


def _day_visit(row: Row[*tuple[Any, ...]]) -> DayVisit:
    return DayVisit(
        visit=visit_row(row),
        case_id=row.case_id,
        case_number=row.case_number,
        case_title=row.case_title,
        category_id=row.category_id,
        priority=row.priority,
        village_no=row.village_no,
        house_no=row.house_no or "",
        lane=row.lane or "",
        landmark=row.landmark or "",
        person=person_name(row),
    )


def person_name(row: Row[*tuple[Any, ...]]) -> str:
    """The name of the joined person; empty where the case names none."""
    if row.first_name is None:
        return ""
    return full_name(row.title, row.first_name, row.middle_name, row.last_name)
