"""A decline or a take-back that was not meant: undone within a short time, and told as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from welfare.cases.queries import load_case, lock_case
from welfare.cases.queries.merging import id_behind
from welfare.cases.services import move_case, take_along
from welfare.cases.workflow import CaseAction, CaseStatus, EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment
from welfare.dispatch.policies import as_dispatcher
from welfare.dispatch.queries.loading import former_workers
from welfare.dispatch.queries.recalling import UNDO_WITHIN, step_taken
from welfare.dispatch.services.assigning import (
    fit_worker,
    flush_the_only_one,
    refuse_conflict,
)
from welfare.dispatch.workflow import AssignmentStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


def undo_decline(*, actor: Viewer, number: str, version: int) -> None:
    """Whoever declined an offer did not mean to: it waits for their answer again.

    They do not see the case any more; who else asks learns nothing (``NotFound``). ``Refused``
    when the time is over, or somebody else has the case by now.
    """
    if not actor.can(Permission.WORK_CASES):
        raise Forbidden
    case_id = id_behind(number)
    case = lock_case(case_id) if case_id is not None else None
    last = _last(case) if case is not None else None
    if case is None or last is None or last.worker_id != actor.user_id:
        raise NotFound
    _refuse_late(case, last, AssignmentStatus.DECLINED, EventKind.DECLINED, version)
    _begin_again(as_dispatcher(actor), case, last, AssignmentStatus.OFFERED)
    move_case(
        actor=actor, case=case, action=CaseAction.UNDO_DECLINE, judged=True,
        data={"worker_id": last.worker_id, "verb": "decline_undone"}, assignee_id=last.worker_id,
    )  # fmt: skip


def undo_take_back(*, actor: Viewer, number: str, version: int) -> None:
    """A case taken back goes on with its worker as before; ``Refused`` as above."""
    case = load_case(number, viewer=actor, for_update=True)
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    last = _last(case)
    if last is None:
        raise Refused(_("There is nothing to undo."))
    step = _refuse_late(case, last, AssignmentStatus.ENDED, EventKind.TAKEN_BACK, version)
    before = CaseStatus(step.get("before", CaseStatus.OFFERED))
    waits = before == CaseStatus.OFFERED
    standing = AssignmentStatus.OFFERED if waits else AssignmentStatus.ACCEPTED
    _begin_again(actor, case, last, standing)
    move_case(
        actor=actor, case=case, action=CaseAction.UNDO_TAKE_BACK, end=before,
        data={"worker_id": last.worker_id, "verb": "take_back_undone"}, assignee_id=last.worker_id,
    )  # fmt: skip
    outbox.publish("case.assigned", {"number": number, "worker_id": last.worker_id})


def _last(case: Case) -> Assignment | None:
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.case_id == case.id)
        .order_by(Assignment.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _refuse_late(
    case: Case, last: Assignment, status: AssignmentStatus, kind: EventKind, version: int
) -> dict[str, Any]:
    """The details of the step that is undone; ``Refused`` when another came after it, or too
    late."""
    taken, data = step_taken(case.id)
    untouched = case.status == CaseStatus.NEW and case.assignee_id is None
    same = last.status == status and last.version == version
    if taken != kind or not untouched or not same:
        raise Refused(_("Meanwhile something else happened with this case. Look at it again."))
    if last.ended_at is None or clock.now() - last.ended_at > UNDO_WITHIN:
        minutes = int(UNDO_WITHIN.total_seconds() // 60)
        raise Refused(
            _("This can be undone for %(n)s minutes only. Offer the case anew.", n=minutes)
        )
    return data


def _begin_again(actor: Viewer, case: Case, last: Assignment, status: AssignmentStatus) -> None:
    last.conflict = None
    refuse_conflict(actor, case.id, fit_worker(last.worker_id, case.village_no))
    last.status, last.ended_at, last.reason = status, None, ""
    if status == AssignmentStatus.OFFERED:
        last.answered_at = None
    if last.took:
        last.took = take_along(
            actor=actor, case=case, before=former_workers(case.id), worker_id=last.worker_id
        )
    audit.record(actor, "assignment.again", "case", case.number, audit.changes_of(last))
    flush_the_only_one()
