"""What passing a case from one worker to another takes, asked or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from welfare.cases.services import add_event, change_worker
from welfare.cases.workflow import CaseStatus
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Assignment, Transfer
from welfare.dispatch.queries.loading import current_assignment, planned_visits
from welfare.dispatch.services.assigning import flush_the_only_one
from welfare.dispatch.services.seconds import pass_visit, second_for
from welfare.dispatch.workflow import AssignmentStatus, TransferStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


def pass_on(
    *,
    actor: Viewer,
    case: Case,
    worker_id: int,
    note: str,
    verb: str,
    reason: str = "",
    tasks: bool = True,
) -> Assignment:
    """End the assignment of a locked case and begin the new worker's in the same state.

    Planned visits go along, and open ``tasks``; the timeline tells it with ``verb``.
    """
    now, old = clock.now(), current_assignment(case)
    if old is not None:
        old.status, old.ended_at, old.reason = AssignmentStatus.ENDED, now, reason
        audit.record(actor, "assignment.ended", "case", case.number, audit.changes_of(old))
        db.session.flush()
    waits = case.status == CaseStatus.OFFERED
    given = Assignment(
        case_id=case.id,
        worker_id=worker_id,
        status=AssignmentStatus.OFFERED if waits else AssignmentStatus.ACCEPTED,
        offered_by_id=actor.user_id or None,
        offered_at=now,
        note=note,
        answered_at=None if waits else now,
    )
    db.session.add(given)
    flush_the_only_one()
    details = {"worker": worker_id, "id": given.id, "how": verb}
    audit.record(actor, "assignment.passed_on", "case", case.number, details)
    change_worker(
        actor=actor, case=case, worker_id=worker_id, text=note, data={"verb": verb}, tasks=tasks
    )
    given.companion_id = second_for(actor=actor, case=case, worker_id=worker_id)
    _visits_along(actor, case, worker_id)
    return given


def _visits_along(actor: Viewer, case: Case, worker_id: int) -> None:
    for visit in planned_visits(case):
        if visit.worker_id == worker_id:
            continue
        pass_visit(actor, case, visit, worker_id)
        audit.record(actor, "visit.taken_over", "visit", visit.number, audit.changes_of(visit))
        data = {"visit": visit.number, "verb": "taken_over"}
        add_event(actor=actor, case=case, kind="visit", data=data)


def lapse_others(case_id: int) -> None:
    """What was asked and is still unanswered has no sense any more."""
    db.session.execute(
        update(Transfer)
        .where(Transfer.case_id == case_id, Transfer.status == TransferStatus.ASKED)
        .values(status=TransferStatus.LAPSED, answered_at=clock.now(), version=Transfer.version + 1)
    )
