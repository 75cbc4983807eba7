"""Workers and what each of them carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select
from sqlalchemy.engine import Row

from welfare.accounts.models import User, UserArea, UserRole
from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus, Priority
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.loading import WORKING_ROLES
from welfare.dispatch.workflow import VisitStatus


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """A worker with what they carry; ``villages`` ``None``: the whole municipality.

    ``urgent`` counts urgent cases, ``offered`` those not yet answered.
    """

    id: int
    name: str
    position: str
    villages: frozenset[int] | None
    open: int
    overdue: int
    visits_week: int
    urgent: int = 0
    offered: int = 0

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
        return self.open + 2 * self.overdue + 2 * self.urgent


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


@dataclass(frozen=True, slots=True)
class _Worker:
    """A worker as the table of users has them."""

    id: int
    name: str
    position: str
    areas: frozenset[int] | None


def _areas(listed: str | None) -> frozenset[int] | None:
    return frozenset(int(no) for no in listed.split(",")) if listed else None


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
    found = [
        _load(
            _Worker(row.id, row.display_name, row.position, _areas(row.areas)),
            carried.get(row.id),
            visits=row.visits,
        )
        for row in db.session.execute(_workers())
    ]
    return sorted(found, key=lambda worker: (worker.weight, worker.name))


def carried_by(members: Iterable[CanCarry]) -> dict[int, WorkerLoad]:
    """What each of these carries, by id, in one statement; their visits are not counted."""
    carried = {row.assignee_id: row for row in db.session.execute(_carried())}
    return {one.id: _load(one, carried.get(one.id)) for one in members}


def _workers() -> Select[*tuple[Any, ...]]:
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
        User.id, User.display_name, User.position, areas.label("areas"), visits.label("visits")
    )
    roles = select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))
    return statement.where(User.active, User.id.in_(roles)).order_by(User.display_name, User.id)


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


def _load(one: CanCarry, load: Row[*tuple[Any, ...]] | None, *, visits: int = 0) -> WorkerLoad:
    """A worker with the counts of their cases, if there are any."""
    return WorkerLoad(
        id=one.id,
        name=one.name,
        position=one.position,
        villages=one.areas,
        open=load.n if load else 0,
        overdue=int(load.overdue) if load else 0,
        visits_week=visits,
        urgent=int(load.urgent) if load else 0,
        offered=int(load.offered) if load else 0,
    )
