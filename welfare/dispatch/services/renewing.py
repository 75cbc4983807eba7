"""An accepted plan made anew around what is done and what stands: visits move, go, or come back."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from welfare.cases.queries import load_case_by_id
from welfare.cases.services import add_event, move_case
from welfare.cases.workflow import CaseAction
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch.facts import Before
from welfare.dispatch.models import Assignment, DayPlan, PlanStop, Visit
from welfare.dispatch.queries.loading import current_assignment
from welfare.dispatch.queries.plan_rows import clock_words
from welfare.dispatch.queries.renewing import cases_to_renew, freed_of, wishes_of
from welfare.dispatch.services.assigning import offer_case, tell_left
from welfare.dispatch.services.companions import tell_goers, tell_second
from welfare.dispatch.services.plans import Solved, load_plan, solve_day
from welfare.dispatch.services.visiting import call_off
from welfare.dispatch.workflow import AssignmentStatus, PlanStatus, VisitStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


def renew_plan(
    *,
    actor: Viewer,
    number: str,
    seen: int,
    worker_ids: Collection[int],
    more: Collection[str] = (),
) -> Solved:
    """Ask the solver for an accepted day anew; nothing is written.

    What is done, missed, called off or planned by others stays; what was set by hand is kept where
    its worker is among these; ``more`` are numbers of cases to visit besides.
    """
    plan = load_plan(number, actor=actor)
    if plan.status != PlanStatus.ACCEPTED or plan.version != seen:
        raise Refused(_("This plan is settled already. Please look at it again."))
    freed = freed_of(plan.id, plan.day)
    return solve_day(
        actor=actor,
        day=plan.day,
        numbers={*cases_to_renew(plan.id, freed), *more},
        worker_ids=worker_ids,
        wishes=wishes_of(plan.id, set(worker_ids)),
        freed=freed,
        seed=plan.seed + 1,
    )


def lock_replaced(plan: DayPlan) -> DayPlan | None:
    """The plan that this one plans anew, held; ``Refused`` when it stands no more."""
    if plan.replaces_id is None:
        return None
    old = db.session.scalar(
        select(DayPlan)
        .where(DayPlan.id == plan.replaces_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if old is None or old.status != PlanStatus.ACCEPTED:
        raise Refused(_("The plan that this one plans anew was settled meanwhile."))
    return old


def before_of(stop: PlanStop) -> Before | None:
    """The visit as it stood before."""
    return Before(**stop.before) if stop.before else None


def change_visit(actor: Viewer, stop: PlanStop, before: Before) -> None:
    """Bring a visit to where the new plan has it: another hour or worker, or called off."""
    case = load_case_by_id(stop.case_id, viewer=actor, for_update=True)
    visit = _visit(before.visit)
    stop.visit_id, stop.offered = visit.id, before.offered
    if stop.worker_id is None or stop.dropped:
        reason = _("The day was planned anew and this visit did not fit.")
        call_off(actor=actor, case=case, visit=visit, reason=reason)
        if before.offered:
            end_offer(actor, case, before.worker, reason)
        return
    if stop.worker_id != before.worker:
        _offer(actor, case, stop.worker_id, stop.partner_id)
    _move(actor, case, visit, stop.worker_id, stop.partner_id, clock_words(stop.arrive))


def put_back(actor: Viewer, stop: PlanStop, before: Before) -> bool:
    """Undo :func:`change_visit` where nothing else came of it; whether it did."""
    case = load_case_by_id(stop.case_id, viewer=actor, for_update=True)
    visit = _visit(before.visit)
    if case.closed_at is not None:
        return False
    now = stop.worker_id if stop.worker_id is not None and not stop.dropped else None
    if now is None:
        return _restore(actor, case, visit, before)
    if visit.status != VisitStatus.PLANNED or visit.worker_id != now:
        return False
    if now != before.worker:
        if _waiting_offer(case, now) is None:
            return False
        _offer(actor, case, before.worker, before.companion)
    _move(actor, case, visit, before.worker, before.companion, before.time)
    return True


def _restore(actor: Viewer, case: Case, visit: Visit, before: Before) -> bool:
    """A visit that was called off is to be made after all, by whoever has the case."""
    if visit.status != VisitStatus.CANCELLED:
        return False
    if case.assignee_id is None and before.offered:
        _offer(actor, case, before.worker, before.companion)
    if case.assignee_id != before.worker:
        return False
    visit.status, visit.missed_reason = VisitStatus.PLANNED, ""
    audit.record(actor, "visit.restored", "visit", visit.number, audit.changes_of(visit))
    _tell(actor, case, visit, "restored")
    return True


def _visit(visit_id: int) -> Visit:
    return db.session.scalars(
        select(Visit)
        .where(Visit.id == visit_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _offer(actor: Viewer, case: Case, worker_id: int, companion_id: int | None) -> None:
    offer_case(
        actor=actor,
        number=case.number,
        worker_id=worker_id,
        note=_("A visit is planned at the same time."),
        companion_id=companion_id,
    )


def _waiting_offer(case: Case, worker_id: int | None) -> Assignment | None:
    """The offer of a case to this worker, as long as it waits for the answer."""
    current = current_assignment(case)
    if current is None or current.worker_id != worker_id:
        return None
    return current if current.status == AssignmentStatus.OFFERED else None


def end_offer(actor: Viewer, case: Case, worker_id: int | None, reason: str) -> None:
    """Take back an offer that a plan made and that still waits for its answer."""
    current = _waiting_offer(case, worker_id)
    if current is None:
        return
    current.status, current.ended_at = AssignmentStatus.ENDED, clock.now()
    current.reason = reason
    audit.record(actor, "assignment.ended", "case", case.number, audit.changes_of(current))
    db.session.flush()
    tell_left(actor, case.number, current.worker_id)
    move_case(actor=actor, case=case, action=CaseAction.TAKE_BACK, text=reason, assignee_id=None)


def _move(
    actor: Viewer, case: Case, visit: Visit, worker_id: int, companion_id: int | None, hour: str
) -> None:
    before, same = visit.companion_id, (visit.worker_id, visit.planned_time) == (worker_id, hour)
    visit.worker_id, visit.companion_id, visit.planned_time = worker_id, companion_id, hour
    changes = audit.changes_of(visit)
    if not changes:
        return
    audit.record(actor, "visit.moved", "visit", visit.number, changes)
    if same:
        tell_second(actor, case, visit, before)
        return
    tell_goers(actor, case, visit, before)
    _tell(actor, case, visit, "moved")


def _tell(actor: Viewer, case: Case, visit: Visit, verb: str) -> None:
    data = {
        "visit": visit.number,
        "verb": verb,
        "planned_on": visit.planned_on.isoformat(),
        "planned_time": visit.planned_time,
    }
    add_event(actor=actor, case=case, kind="visit", data=data)
    db.session.flush()
