"""The assignments of one case, with what the viewer may do about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, String, bindparam, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Case, CaseTask
from welfare.cases.queries.rights import can_move, visible_to
from welfare.cases.workflow import CaseAction, CaseStatus, EventKind, Sensitivity, TaskStatus
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment, Transfer
from welfare.dispatch.policies import (
    can_answer,
    can_ask_transfer,
    can_assign,
    can_plan,
    can_take_back,
    can_withdraw_transfer,
)
from welfare.dispatch.queries.loading import CURRENT
from welfare.dispatch.queries.recalling import UNDO_WITHIN, last_step
from welfare.dispatch.workflow import AssignmentStatus, Conflict, TransferStatus

_Worker = aliased(User)
_Receiver = aliased(User)
_Officer = aliased(User)
_Second = aliased(User)
_Had = aliased(Assignment)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What dispatch needs to know of a case."""

    id: int
    number: str
    title: str
    status: CaseStatus
    sensitivity: Sensitivity
    village_no: int | None
    household_id: int | None
    person_id: int | None
    assignee_id: int | None
    opened_by_id: int | None


CASE_COLUMNS = (
    Case.id,
    Case.number,
    Case.title,
    Case.status,
    Case.sensitivity,
    Case.village_no,
    Case.household_id,
    Case.person_id,
    Case.assignee_id,
    Case.opened_by_id,
)


def case_facts(row: Row[*tuple[Any, ...]]) -> CaseFacts:
    """The facts from a row that begins with ``CASE_COLUMNS``."""
    return CaseFacts(*tuple(row)[: len(CASE_COLUMNS)])


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One assignment: to whom, by whom, when, and why it ended."""

    id: int
    worker_id: int
    worker: str
    status: AssignmentStatus
    offered_by: str
    offered_at: datetime
    note: str
    answered_at: datetime | None
    ended_at: datetime | None
    reason: str
    version: int = 0
    companion: str = ""
    """Who goes along on its visits."""
    conflict: Conflict | None = None
    """What bars the worker from the case, told with a decline and not lifted."""


@dataclass(frozen=True, slots=True)
class AskedTransfer:
    """That somebody is asked to take the case over, and has not answered yet."""

    id: int
    receiver: str
    receiver_id: int
    asked_at: datetime
    asked_by_id: int | None
    note: str


@dataclass(frozen=True, slots=True)
class CaseAssignments:
    """A case and its assignments, newest first; ``current`` is the one it stands by now."""

    case: CaseFacts
    rows: tuple[AssignmentRow, ...]
    current: AssignmentRow | None
    may_offer: bool
    may_lift: bool
    may_answer: bool
    may_take_back: bool
    may_plan: bool
    may_transfer: bool
    asked: AskedTransfer | None
    may_withdraw: bool
    may_undo_take_back: bool = False
    tasks: int = 0
    """Open tasks that go along with the case."""

    @property
    def seen(self) -> int:
        """The current assignment as forms carry it."""
        return self.current.id if self.current else 0

    @property
    def declined(self) -> AssignmentRow | None:
        """The last answer when it was a no and nobody has the case since."""
        if self.current is None and self.rows and self.case.assignee_id is None:
            last = self.rows[0]
            return last if last.status == AssignmentStatus.DECLINED else None
        return None


def assignments_of_case(case_id: int, *, viewer: Viewer) -> CaseAssignments:
    """The assignments of a case that the viewer sees (``NotFound`` otherwise), one statement."""
    return _read(_by_id(viewer), case_id, viewer)


def was_given(number: str, *, viewer: Viewer) -> bool:
    """Whether the viewer was ever offered the case of this number."""
    theirs = (
        select(Assignment.id)
        .join(Case, Case.id == Assignment.case_id)
        .where(Case.number == number, Assignment.worker_id == viewer.user_id)
    )
    return db.session.scalar(theirs.limit(1)) is not None


def assignments_of(number: str, *, viewer: Viewer) -> CaseAssignments:
    """Like :func:`assignments_of_case`, by the number of the case."""
    return _read(_by_number(viewer), number, viewer)


@lru_cache(maxsize=200)
def _by_id(viewer: Viewer) -> Statement:
    """Built once a viewer: the page of a case asks this each time."""
    return _ASSIGNMENTS.where(Case.id == bindparam("which", type_=Integer), visible_to(viewer))


@lru_cache(maxsize=200)
def _by_number(viewer: Viewer) -> Statement:
    return _ASSIGNMENTS.where(Case.number == bindparam("which", type_=String), visible_to(viewer))


def _tasks() -> ScalarSelect[int]:
    """How many open tasks of a case those have who have it or had it."""
    had = select(_Had.worker_id).where(_Had.case_id == Case.id).correlate(Case)
    return (
        select(func.count())
        .select_from(CaseTask)
        .where(CaseTask.case_id == Case.id, CaseTask.status == TaskStatus.OPEN)
        .where(CaseTask.assignee_id.in_(had))
        .correlate(Case)
        .scalar_subquery()
    )


Statement = Select[*tuple[Any, ...]]
_ASSIGNMENTS: Statement = (
    select(
        *CASE_COLUMNS,
        Assignment.id.label("assignment_id"),
        Assignment.worker_id,
        _Worker.display_name.label("worker"),
        Assignment.status.label("answer"),
        _Officer.display_name.label("offered_by"),
        Assignment.offered_at,
        Assignment.note,
        Assignment.answered_at,
        Assignment.ended_at,
        Assignment.reason,
        Assignment.version.label("assignment_version"),
        _Second.display_name.label("companion"),
        Assignment.conflict,
        Assignment.conflict_lifted_at,
        Transfer.id.label("transfer_id"),
        Transfer.assignment_id.label("transfer_of"),
        Transfer.to_id,
        Transfer.asked_at,
        Transfer.asked_by_id,
        Transfer.note.label("transfer_note"),
        _Receiver.display_name.label("receiver"),
        last_step().label("last_step"),
        _tasks().label("tasks"),
    )
    .outerjoin(Transfer, (Transfer.case_id == Case.id) & (Transfer.status == TransferStatus.ASKED))
    .outerjoin(_Receiver, _Receiver.id == Transfer.to_id)
    .outerjoin(Assignment, Assignment.case_id == Case.id)
    .outerjoin(_Worker, _Worker.id == Assignment.worker_id)
    .outerjoin(_Second, _Second.id == Assignment.companion_id)
    .outerjoin(_Officer, _Officer.id == Assignment.offered_by_id)
    .order_by(Assignment.id.desc())
    .limit(60)
)


def _read(statement: Statement, which: int | str, viewer: Viewer) -> CaseAssignments:
    found = db.session.connection().execute(statement, {"which": which}).all()
    if not found:
        raise NotFound
    case = case_facts(found[0])
    rows = tuple(_row(row) for row in found if row.assignment_id is not None)
    current = _current(case, rows)
    asked = _asked(found[0], current)
    return CaseAssignments(
        case=case,
        rows=rows,
        current=current,
        may_offer=can_assign(viewer, case),
        may_lift=viewer.can(Permission.ASSIGN_CASES),
        may_answer=can_answer(viewer, case),
        may_take_back=can_take_back(viewer, case),
        may_plan=can_plan(viewer, case),
        may_transfer=current is not None and can_ask_transfer(viewer, case),
        asked=asked,
        may_undo_take_back=_may_undo(viewer, case, rows, found[0].last_step),
        tasks=found[0].tasks,
        may_withdraw=asked is not None and can_withdraw_transfer(viewer, case, asked.asked_by_id),
    )


def _may_undo(
    viewer: Viewer, case: CaseFacts, rows: Sequence[AssignmentRow], last: EventKind | None
) -> bool:
    """Whether the case was taken back just now, and the viewer may let its worker go on."""
    ended = rows[0].ended_at if rows else None
    if last is not EventKind.TAKEN_BACK or case.assignee_id is not None or ended is None:
        return False
    return clock.now() - ended <= UNDO_WITHIN and can_move(viewer, case, CaseAction.UNDO_TAKE_BACK)


def _asked(row: Row[*tuple[Any, ...]], current: AssignmentRow | None) -> AskedTransfer | None:
    """What was asked of somebody, while the case stands by the same assignment."""
    if row.transfer_id is None or current is None or row.transfer_of != current.id:
        return None
    return AskedTransfer(
        row.transfer_id, row.receiver, row.to_id, row.asked_at, row.asked_by_id, row.transfer_note
    )


def _current(case: CaseFacts, rows: Sequence[AssignmentRow]) -> AssignmentRow | None:
    standing = (row for row in rows if row.status in CURRENT)
    return next((row for row in standing if row.worker_id == case.assignee_id), None)


def _row(row: Row[*tuple[Any, ...]]) -> AssignmentRow:
    return AssignmentRow(
        id=row.assignment_id,
        worker_id=row.worker_id,
        worker=row.worker,
        status=row.answer,
        offered_by=row.offered_by or "",
        offered_at=row.offered_at,
        note=row.note,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        reason=row.reason,
        version=row.assignment_version,
        companion=row.companion or "",
        conflict=row.conflict if row.conflict_lifted_at is None else None,
    )
