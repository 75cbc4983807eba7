"""A case changes hands while its state stays: the one other place where its worker changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from welfare.cases.counters import Counted, count_change
from welfare.cases.kinds import ActionStatus
from welfare.cases.models import Case, CaseTask, PlanAction
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind, TaskStatus
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer


def change_worker(
    *, actor: Viewer, case: Case, worker_id: int, text: str = "", data: Mapping[str, Any]
) -> None:
    """Give a case that was loaded ``for_update`` to another worker; open tasks of the old one, and
    what they are to do by the plan, go along. Deadlines, pauses and status stay. Whether it may be
    done is the caller's to know.
    """
    counted, before = Counted.of(case), case.assignee_id
    case.assignee_id, case.updated_at = worker_id, clock.now()
    audit.record(actor, "case.changed_hands", "case", case.number, audit.changes_of(case))
    details = {"from_id": before, "worker_id": worker_id, **data}
    add_event(actor=actor, case=case, kind=EventKind.ASSIGNED, text=text, data=details)
    if before is not None:
        _tasks_along(actor, case, before, worker_id)
        _plan_along(actor, case, before, worker_id)
    db.session.flush()
    count_change(counted, Counted.of(case))


def _tasks_along(actor: Viewer, case: Case, before: int, after: int) -> None:
    tasks = db.session.scalars(
        select(CaseTask).where(
            CaseTask.case_id == case.id,
            CaseTask.assignee_id == before,
            CaseTask.status == TaskStatus.OPEN,
        )
    )
    for task in tasks:
        task.assignee_id = after
        changes = {"task": task.id, "worker": after}
        audit.record(actor, "task.changed_hands", "case", case.number, changes)


def _plan_along(actor: Viewer, case: Case, before: int, after: int) -> None:
    actions = db.session.scalars(
        select(PlanAction).where(
            PlanAction.case_id == case.id,
            PlanAction.worker_id == before,
            PlanAction.status == ActionStatus.OPEN,
        )
    )
    for action in actions:
        action.worker_id = after
        changes = {"action": action.id, "worker": after}
        audit.record(actor, "plan_action.changed_hands", "case", case.number, changes)
