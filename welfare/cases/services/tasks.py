"""Tasks of a case: what is to be done by whom until when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.accounts.queries.people import viewer_by_id
from welfare.cases.models import Case, CaseTask
from welfare.cases.policies import can_edit, can_see
from welfare.cases.queries.loading import load_case
from welfare.cases.queries.people import name_of
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind, TaskStatus
from welfare.core import audit, clock, outbox
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM, Viewer


def add_task(
    *,
    actor: Viewer,
    number: str,
    title: str,
    due_on: date | None = None,
    assignee_id: int | None = None,
) -> int:
    """Note something to be done for a case; returns the id of the task."""
    case = _editable(actor, number)
    if actor is not SYSTEM:  # a rule is not in the place to be asked again
        _refuse_mistyped(actor, case, due_on, assignee_id)
    task = CaseTask(
        case_id=case.id,
        title=title,
        status=TaskStatus.OPEN,
        assignee_id=assignee_id,
        due_on=due_on,
        created_by_id=actor.user_id or None,
        created_at=clock.now(),
    )
    db.session.add(task)
    db.session.flush()
    _tell(actor, case, task, "added")
    if assignee_id is not None and assignee_id != actor.user_id:
        outbox.publish("case.task_given", {"number": case.number, "worker_id": assignee_id})
        db.session.flush()
    return task.id


def finish_task(*, actor: Viewer, number: str, task_id: int, version: int) -> None:
    """Mark a task as done."""
    _end(actor, number, task_id, version, TaskStatus.DONE, "finished")


def drop_task(*, actor: Viewer, number: str, task_id: int, version: int) -> None:
    """Mark a task as no longer needed."""
    _end(actor, number, task_id, version, TaskStatus.DROPPED, "dropped")


def _end(
    actor: Viewer, number: str, task_id: int, version: int, status: TaskStatus, verb: str
) -> None:
    case = _editable(actor, number)
    task = hold(select(CaseTask).where(CaseTask.id == task_id, CaseTask.case_id == case.id))
    if task.version != version:
        raise StaleRecord(version=task.version, current={})
    if task.status != TaskStatus.OPEN:
        raise Refused(_("This task has already been settled."))
    task.status = status
    task.done_at, task.done_by_id = clock.now(), actor.user_id or None
    _tell(actor, case, task, verb)


def _refuse_mistyped(
    actor: Viewer, case: Case, due_on: date | None, assignee_id: int | None
) -> None:
    """``Refused`` for a day before the case was opened, and for somebody who could not open the
    case to do it."""
    if due_on is not None and due_on < clock.local(case.opened_at).date():
        raise Refused(
            _("This day lies before the case was opened. Please check the year."), field="due_on"
        )
    if assignee_id in (None, actor.user_id, case.assignee_id):
        return
    person = viewer_by_id(assignee_id)
    if person is None or not can_see(person, case):
        raise Refused(
            _(
                "%(name)s may not see this case, so the task would not reach them. "
                "Please choose somebody who works on it.",
                name=name_of(assignee_id),
            ),
            field="who",
        )


def _editable(actor: Viewer, number: str) -> Case:
    case = load_case(number, viewer=actor)
    if not can_edit(actor, case):
        raise Forbidden
    return case


def _tell(actor: Viewer, case: Case, task: CaseTask, verb: str) -> None:
    audit.record(actor, f"task.{verb}", "case", case.number, {"task": task.id})
    data = {"task": task.id, "verb": verb}
    add_event(actor=actor, case=case, kind=EventKind.TASK, text=task.title, data=data)
    db.session.flush()
