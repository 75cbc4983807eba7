"""The dispatcher's board: cases that nobody has, or nobody has answered for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.engine import Row

from welfare.accounts.models import User
from welfare.cases.kinds import RiskLevel, Stage
from welfare.cases.models import Case
from welfare.cases.queries import unhappy_number
from welfare.cases.queries.deadlines.stages import first_due
from welfare.cases.queries.rights import sees_names, visible_to
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Assignment
from welfare.dispatch.queries.ownerless import ownerless_number
from welfare.dispatch.queries.visits import person_name
from welfare.dispatch.workflow import AssignmentStatus
from welfare.households.models import Household, Person

PAGE = 50


class Show(StrEnum):
    """Which part of the board."""

    ALL = "all"
    DECLINED = "declined"
    URGENT = "urgent"
    OVERDUE = "overdue"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """What of the board is asked for; pages count from 1."""

    show: Show = Show.ALL
    village: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A case on the board. Name and title are empty where the viewer must not read them.
    ``due_at``: when ``stage`` is due, of all steps that are still to be done the first."""

    number: str
    title: str
    category_id: int
    priority: Priority
    status: CaseStatus
    sensitivity: Sensitivity
    village_no: int | None
    house_no: str
    person: str
    opened_at: datetime
    due_at: datetime
    stage: Stage | None
    waiting: bool
    answer: AssignmentStatus | None
    worker: str
    reason: str
    offered_at: datetime | None
    assignee_id: int | None
    opened_by_id: int | None
    risk: RiskLevel | None

    @property
    def declined(self) -> bool:
        """Whether the last worker said no and nobody has had it since."""
        return self.assignee_id is None and self.answer == AssignmentStatus.DECLINED

    @property
    def overdue(self) -> bool:
        """Whether that has passed while the office's clock was running."""
        return not self.waiting and self.due_at <= clock.now()


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many cases each part of the board holds; ``unhappy``: closed, but it did not help;
    ``ownerless``: see :mod:`welfare.dispatch.queries.ownerless`."""

    all: int
    declined: int
    urgent: int
    overdue: int
    offered: int
    unhappy: int
    ownerless: int


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the board."""

    rows: tuple[BoardRow, ...]
    counts: BoardCounts
    more: bool


_due, _due_stage = first_due()
_last = (
    select(func.max(Assignment.id))
    .where(Assignment.case_id == Case.id)
    .correlate(Case)
    .scalar_subquery()
)


def board(filters: BoardFilters, *, viewer: Viewer) -> Board:
    """A page of cases, those first whose next step is due first, and the counts, in two
    statements."""
    found = db.session.execute(
        _rows(viewer, filters)
        .order_by(_due, Case.id)
        .offset((filters.page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    rows = tuple(_masked(_row(row), viewer) for row in found[:PAGE])
    return Board(rows, _counts(viewer, filters), len(found) > PAGE)


def _rows(viewer: Viewer, filters: BoardFilters) -> Any:
    return (
        select(
            Case.number, Case.title.label("case_title"), Case.category_id, Case.priority,
            Case.status, Case.sensitivity, Case.village_no, Case.opened_at,
            _due.label("due_at"), _due_stage.label("stage"),
            Case.paused_at, Case.assignee_id, Case.opened_by_id, Case.risk,
            Household.house_no, Person.title, Person.first_name, Person.middle_name,
            Person.last_name,
            Assignment.status.label("answer"), Assignment.reason, Assignment.offered_at,
            User.display_name.label("worker"),
        )
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(Assignment, Assignment.id == _last)
        .outerjoin(User, User.id == Assignment.worker_id)
        .where(_shown(filters.show), *_common(viewer, filters))
    )  # fmt: skip


def _common(viewer: Viewer, filters: BoardFilters) -> list[ColumnElement[bool]]:
    conditions = [Case.closed_at.is_(None), visible_to(viewer)]
    if filters.village is not None:
        conditions.append(Case.village_no == filters.village)
    return conditions


def _late() -> ColumnElement[bool]:
    return and_(_due <= clock.now(), Case.paused_at.is_(None))


def _shown(show: Show) -> ColumnElement[bool]:
    if show is Show.OFFERED:
        return and_(Case.status == CaseStatus.OFFERED, Case.assignee_id.is_not(None))
    nobody = Case.assignee_id.is_(None)
    if show is Show.DECLINED:
        return and_(nobody, Assignment.status == AssignmentStatus.DECLINED)
    if show is Show.URGENT:
        return and_(nobody, Case.priority == Priority.URGENT)
    if show is Show.OVERDUE:
        return and_(nobody, _late())
    return nobody


def _counts(viewer: Viewer, filters: BoardFilters) -> BoardCounts:
    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    nobody = Case.assignee_id.is_(None)
    offered = and_(Case.status == CaseStatus.OFFERED, Case.assignee_id.is_not(None))
    row = db.session.execute(
        select(
            number(nobody).label("all"),
            number(and_(nobody, Assignment.status == AssignmentStatus.DECLINED)).label("declined"),
            number(and_(nobody, Case.priority == Priority.URGENT)).label("urgent"),
            number(and_(nobody, _late())).label("overdue"),
            number(offered).label("offered"),
            unhappy_number(viewer).label("unhappy"),
            ownerless_number(viewer).label("ownerless"),
        )
        .select_from(Case)
        .outerjoin(Assignment, Assignment.id == _last)
        .where(nobody | offered, *_common(viewer, filters))
    ).one()
    return BoardCounts(*(int(value) for value in row))


def _row(row: Row[*tuple[Any, ...]]) -> BoardRow:
    return BoardRow(
        number=row.number,
        title=row.case_title,
        category_id=row.category_id,
        priority=row.priority,
        status=row.status,
        sensitivity=row.sensitivity,
        village_no=row.village_no,
        house_no=row.house_no or "",
        person=person_name(row),
        opened_at=row.opened_at,
        due_at=row.due_at,
        stage=row.stage,
        waiting=row.paused_at is not None,
        answer=row.answer,
        worker=row.worker or "",
        reason=row.reason or "",
        offered_at=row.offered_at,
        assignee_id=row.assignee_id,
        opened_by_id=row.opened_by_id,
        risk=row.risk,
    )


def _masked(row: BoardRow, viewer: Viewer) -> BoardRow:
    if sees_names(viewer, row):
        return row
    return replace(row, title="", person="", house_no="", reason="")
