"""What can still be undone: a decline by whoever declined, a take-back by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from welfare.cases.models import Case, CaseEvent
from welfare.cases.workflow import CaseStatus, EventKind
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Assignment
from welfare.dispatch.workflow import AssignmentStatus

UNDO_WITHIN = timedelta(minutes=30)
"""How long a decline or a take-back can be undone: afterwards the office plans with it."""

STEPS = (
    EventKind.ASSIGNED,
    EventKind.ACCEPTED,
    EventKind.DECLINED,
    EventKind.TAKEN_BACK,
    EventKind.STATUS,
    EventKind.CLOSED,
    EventKind.REOPENED,
    EventKind.MERGED,
    EventKind.PARTED,
)


@dataclass(frozen=True, slots=True)
class Declined:
    """A case that its worker declined just now, and that nobody else has yet."""

    number: str
    version: int
    """Of the assignment."""
    until: datetime

    @property
    def time(self) -> str:
        """Until what o'clock it can be undone."""
        return clock.local(self.until).strftime("%H:%M")


def last_step() -> Any:
    """The kind of the last step that a case took, as a column of a statement over cases."""
    return (
        select(CaseEvent.kind)
        .where(CaseEvent.case_id == Case.id, CaseEvent.kind.in_(STEPS))
        .order_by(CaseEvent.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def step_taken(case_id: int) -> tuple[EventKind | None, dict[str, Any]]:
    """The last step of a case that the caller has locked, and its details."""
    row = db.session.execute(
        select(CaseEvent.kind, CaseEvent.data)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind.in_(STEPS))
        .order_by(CaseEvent.id.desc())
        .limit(1)
    ).first()
    return (row.kind, row.data) if row is not None else (None, {})


def just_declined(viewer: Viewer) -> list[Declined]:
    """What the viewer declined within the time, while it waits for somebody."""
    newest = (
        select(func.max(Assignment.id))
        .where(Assignment.case_id == Case.id)
        .correlate(Case)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Case.number, Assignment.version, Assignment.ended_at)
        .join(Case, Case.id == Assignment.case_id)
        .where(
            Assignment.worker_id == viewer.user_id,
            Assignment.status == AssignmentStatus.DECLINED,
            Assignment.ended_at >= clock.now() - UNDO_WITHIN,
            Case.status == CaseStatus.NEW,
            Case.assignee_id.is_(None),
            Assignment.id == newest,
            last_step() == EventKind.DECLINED,
        )
        .order_by(Assignment.id)
    )
    return [Declined(row.number, row.version, row.ended_at + UNDO_WITHIN) for row in rows]
