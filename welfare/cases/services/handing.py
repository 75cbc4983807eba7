"""A case changes hands while its state stays: the one other place where its worker changes; and
what is open in it goes along, or comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
    *,
    actor: Viewer,
    case: Case,
    worker_id: int,
    text: str = "",
    data: Mapping[str, Any],
    tasks: bool = True,
) -> None:
    """Give a case that was loaded ``for_update`` to another worker; open ``tasks`` of the old one,
    and what they are to do by the plan, go along. Deadlines, pauses and status stay. Whether it may
    be done is the caller's to know.
    """
    counted, before = Counted.of(case), case.assignee_id
    case.assignee_id, case.updated_at = worker_id, clock.now()
    audit.record(actor, "case.changed_hands", "case", case.number, audit.changes_of(case))
    details = {"from_id": before, "worker_id": worker_id, **data}
    add_event(actor=actor, case=case, kind=EventKind.ASSIGNED, text=text, data=details)
    if before is not None and tasks:
        take_along(actor=actor, case=case, before={before}, worker_id=worker_id)
    db.session.flush()
    count_change(counted, Counted.of(case))


def take_along(
    *, actor: Viewer, case: Case, before: Collection[int], worker_id: int
) -> dict[str, int]:
    """Give the open tasks of a case that earlier workers have, and what they are to do by the plan,
    to its new worker; whose each was, for :func:`give_back`."""
    taken: dict[str, int] = {}
    for key, item in _open(case.id, before):
        whose = item.assignee_id if isinstance(item, CaseTask) else item.worker_id
        if whose is not None and whose != worker_id:
            taken[key] = whose
            _give(actor, case, item, worker_id)
    db.session.flush()
    return taken


def give_back(*, actor: Viewer, case: Case, worker_id: int, taken: Mapping[str, int]) -> None:
    """Undo :func:`take_along`, of what is still open and still theirs."""
    for key, item in _open(case.id, {worker_id}):
        if key in taken:
            _give(actor, case, item, taken[key])
    db.session.flush()


def _open(case_id: int, workers: Collection[int]) -> Iterator[tuple[str, CaseTask | PlanAction]]:
    whose = sorted(workers)
    for task in db.session.scalars(
        select(CaseTask)
        .where(CaseTask.case_id == case_id, CaseTask.assignee_id.in_(whose))
        .where(CaseTask.status == TaskStatus.OPEN)
        .order_by(CaseTask.id)
    ).all():
        yield f"task-{task.id}", task
    for action in db.session.scalars(
        select(PlanAction)
        .where(PlanAction.case_id == case_id, PlanAction.worker_id.in_(whose))
        .where(PlanAction.status == ActionStatus.OPEN)
        .order_by(PlanAction.id)
    ).all():
        yield f"action-{action.id}", action


def _give(actor: Viewer, case: Case, item: CaseTask | PlanAction, worker_id: int) -> None:
    if isinstance(item, CaseTask):
        item.assignee_id, kind, what = worker_id, "task", "task"
    else:
        item.worker_id, kind, what = worker_id, "plan_action", "action"
    changes = {what: item.id, "worker": worker_id}
    audit.record(actor, f"{kind}.changed_hands", "case", case.number, changes)
