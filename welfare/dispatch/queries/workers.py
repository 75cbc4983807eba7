"""Workers and what each of them carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, String, case, cast, exists, false, func, or_, select
from sqlalchemy.engine import Row

from welfare.accounts.models import User, UserArea, UserRole
from welfare.cases.models import Case, CaseCount
from welfare.cases.models.counters import Measure
from welfare.cases.workflow import CaseStatus, Priority
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment, Visit
from welfare.dispatch.queries.loading import WORKING_ROLES
from welfare.dispatch.workflow import AssignmentStatus, VisitStatus


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """A worker with what they carry; ``villages`` ``None``: the whole municipality.

    ``urgent`` and ``offered`` are ``None`` where they were not counted; ``knows``: they have
    worked for this household or person before.
    """

    id: int
    name: str
    position: str
    villages: frozenset[int] | None
    open: int
    overdue: int
    visits_week: int
    urgent: int | None = None
    offered: int | None = None
    knows: bool = False

    def covers(self, village_no: int | None) -> bool:
        """Whether a village (or an unknown one) lies in their area."""
        return self.villages is None or village_no is None or village_no in self.villages

    @property
    def area(self) -> str:
        """Their villages as text (``1, 2, 5``); empty for the whole municipality."""
        return ", ".join(str(no) for no in sorted(self.villages or ()))

    @property
    def weight(self) -> int:
        """What they carry in one figure, to sort by: late and urgent cases count more."""
        return self.open + 2 * self.overdue + 2 * (self.urgent or 0)


class CanCarry(Protocol):
    """Who a worker is, as :func:`carried_by` needs it."""

    @property
    def id(self) -> int:
        """Of the user."""

    @property
    def name(self) -> str:
        """To show."""

    @property
    def position(self) -> str:
        """In the office."""

    @property
    def areas(self) -> frozenset[int] | None:
        """Villages; none: the whole municipality."""


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def workers_with_load(viewer: Viewer) -> list[WorkerLoad]:
    """All active workers with their load, the least burdened first, in two statements.

    Empty for who may not give out cases.
    """
    if not viewer.can(Permission.ASSIGN_CASES):
        return []
    carried = {row.assignee_id: row for row in db.session.execute(_carried())}
    found = []
    for row in db.session.execute(_workers(false(), None)):
        load = carried.get(row.id)
        found.append(
            _load(
                row,
                open_cases=load.n if load else 0,
                overdue=load.overdue if load else 0,
                urgent=int(load.urgent) if load else 0,
                offered=int(load.offered) if load else 0,
            )
        )
    return sorted(found, key=lambda worker: (worker.weight, worker.name))


def carried_by(members: Iterable[CanCarry]) -> dict[int, WorkerLoad]:
    """What each of these carries, by id, in one statement; their visits are not counted."""
    carried = {row.assignee_id: row for row in db.session.execute(_carried())}
    found = {}
    for one in members:
        load = carried.get(one.id)
        found[one.id] = WorkerLoad(
            id=one.id,
            name=one.name,
            position=one.position,
            villages=one.areas,
            open=load.n if load else 0,
            overdue=int(load.overdue) if load else 0,
            visits_week=0,
            urgent=int(load.urgent) if load else 0,
            offered=int(load.offered) if load else 0,
        )
    return found


def workers_for(
    viewer: Viewer,
    *,
    case_id: int,
    village_no: int | None,
    household_id: int | None,
    person_id: int | None,
) -> list[WorkerLoad]:
    """The workers for one case in one statement: who may go there first, then who knows the
    people, then the least burdened. Figures come from the kept counters."""
    if not viewer.can(Permission.ASSIGN_CASES):
        return []
    knows = _knows(case_id, household_id, person_id)
    found = [_load(row) for row in db.session.execute(_workers(knows, Measure.OPEN))]
    return fitting(found, village_no)


def fitting(workers: Iterable[WorkerLoad], village_no: int | None) -> list[WorkerLoad]:
    """Workers in the order in which to think of them for a village."""
    return sorted(
        workers,
        key=lambda item: (not item.covers(village_no), not item.knows, item.weight, item.name),
    )


def _workers(knows: ColumnElement[bool], counted: Measure | None) -> Select[*tuple[Any, ...]]:
    monday, sunday = week_of(clock.today())
    visits = (
        select(func.count())
        .where(
            Visit.worker_id == User.id,
            Visit.planned_on.between(monday, sunday),
            Visit.status.in_([VisitStatus.PLANNED, VisitStatus.DONE]),
        )
        .correlate(User)
        .scalar_subquery()
    )
    areas = (
        select(func.aggregate_strings(cast(UserArea.village_no, String), ","))
        .where(UserArea.user_id == User.id)
        .correlate(User)
        .scalar_subquery()
    )
    statement = select(
        User.id,
        User.display_name,
        User.position,
        areas.label("areas"),
        visits.label("visits"),
        knows.label("knows"),
    )
    if counted is not None:
        kept = _kept_counts()
        statement = statement.add_columns(
            func.coalesce(kept.c.open, 0).label("open"),
            func.coalesce(kept.c.overdue, 0).label("overdue"),
        ).outerjoin(kept, kept.c.worker_id == User.id)
    roles = select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))
    return statement.where(User.active, User.id.in_(roles)).order_by(User.display_name, User.id)


def _kept_counts() -> Any:
    """Open and overdue cases by worker, from the kept counters."""

    def total(measure: Measure) -> ColumnElement[int]:
        return func.sum(case((CaseCount.measure == measure, CaseCount.n), else_=0))

    return (
        select(
            CaseCount.value_id.label("worker_id"),
            total(Measure.OPEN).label("open"),
            total(Measure.OVERDUE).label("overdue"),
        )
        .where(
            CaseCount.dimension == "worker",
            CaseCount.measure.in_([Measure.OPEN, Measure.OVERDUE]),
            CaseCount.month == "",
        )
        .group_by(CaseCount.value_id)
        .subquery()
    )


def _carried() -> Select[*tuple[Any, ...]]:
    """Open, overdue, urgent and unanswered cases by worker, counted now."""

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    late = (Case.due_at <= clock.now()) & Case.paused_at.is_(None)
    return (
        select(
            Case.assignee_id,
            func.count().label("n"),
            number(late).label("overdue"),
            number(Case.priority == Priority.URGENT).label("urgent"),
            number(Case.status == CaseStatus.OFFERED).label("offered"),
        )
        .where(Case.closed_at.is_(None), Case.assignee_id.is_not(None))
        .group_by(Case.assignee_id)
    )


def _knows(case_id: int, household_id: int | None, person_id: int | None) -> ColumnElement[bool]:
    """Whether ``User`` has had another case of this household or person."""
    same = []
    if household_id is not None:
        same.append(Case.household_id == household_id)
    if person_id is not None:
        same.append(Case.person_id == person_id)
    if not same:
        return false()
    return (
        exists()
        .where(
            Assignment.case_id == Case.id,
            Assignment.worker_id == User.id,
            Assignment.status.in_([AssignmentStatus.ACCEPTED, AssignmentStatus.ENDED]),
            Assignment.answered_at.is_not(None),
            Case.id != case_id,
            or_(*same),
        )
        .correlate(User)
    )


def _load(
    row: Row[*tuple[Any, ...]],
    *,
    open_cases: int | None = None,
    overdue: int | None = None,
    urgent: int | None = None,
    offered: int | None = None,
) -> WorkerLoad:
    return WorkerLoad(
        id=row.id,
        name=row.display_name,
        position=row.position,
        villages=frozenset(int(no) for no in row.areas.split(",")) if row.areas else None,
        open=int(row.open if open_cases is None else open_cases),
        overdue=int(row.overdue if overdue is None else overdue),
        visits_week=row.visits,
        urgent=urgent,
        offered=offered,
        knows=bool(row.knows),
    )
