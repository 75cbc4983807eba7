"""A day's plan becomes visits; or is taken back; or thrown away."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.queries import load_case_by_id
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch.facts import Freed
from welfare.dispatch.models import DayPlan, PlanStop, Visit
from welfare.dispatch.queries.day_jobs import Wish
from welfare.dispatch.queries.day_problem import NOTHING_FREED, Problem, problem
from welfare.dispatch.queries.plan_rows import clock_words
from welfare.dispatch.queries.planned import lock_workers, planned_cases, stops_by_case
from welfare.dispatch.queries.renewing import freed_of
from welfare.dispatch.services.assigning import offer_case
from welfare.dispatch.services.plans import load_plan, refuse_settled
from welfare.dispatch.services.renewing import (
    before_of,
    change_visit,
    end_offer,
    lock_replaced,
    put_back,
)
from welfare.dispatch.services.visiting import add_visit, call_off
from welfare.dispatch.workflow import PlanStatus, VisitStatus


def accept_plan(*, actor: Viewer, number: str, seen: int) -> int:
    """Turn every placed stop into a planned visit of its worker; returns how many were made.

    A case that nobody has is offered to the worker at the same time. All or nothing: what can no
    longer be kept (closed, given to somebody else, a worker away by now) is named in a
    ``Refused``, and nothing is written.
    """
    plan = load_plan(number, actor=actor, for_update=True)
    refuse_settled(plan, seen)
    if plan.day < clock.today():
        raise Refused(_("The day of this plan has passed."))
    old = lock_replaced(plan)
    lock_workers({*plan.worker_ids, *(old.worker_ids if old else ())})
    freed = freed_of(old.id, old.day) if old else NOTHING_FREED
    every = stops_by_case(plan.id)
    stops = [stop for stop in every if _to_make(stop)]
    _refuse_overtaken(actor, plan, every, freed)
    for stop in every:
        before = before_of(stop)
        if before is not None:
            change_visit(actor, stop, before)
        elif stop.worker_id is not None and _to_make(stop):
            _make_visit(actor, plan, stop, stop.worker_id)
    if old is not None:
        _settle(actor, old, PlanStatus.REPLACED, "plan.replaced", 0)
    _settle(actor, plan, PlanStatus.ACCEPTED, "plan.accepted", len(stops))
    return len(stops)


def _to_make(stop: PlanStop) -> bool:
    return not stop.dropped and stop.worker_id is not None and stop.standing_visit_id is None


def _refuse_overtaken(actor: Viewer, plan: DayPlan, every: list[PlanStop], freed: Freed) -> None:
    """Compare with how things stand now; ``Refused`` names every stop that cannot be kept."""
    stops = [stop for stop in every if _to_make(stop)]
    known = {stop.standing_visit_id for stop in every}
    numbers = planned_cases(plan.id)
    now = problem(
        plan.day,
        list(numbers.values()),
        plan.worker_ids,
        viewer=actor,
        wishes={number: Wish() for number in numbers.values()},
        freed=freed,
    )
    wrong = [
        f"{numbers[stop.case_id]}: {_('the visit was settled or changed meanwhile.')}"
        for stop in every
        if stop.before and freed.visits.get(stop.case_id) != before_of(stop)
    ]
    wrong += [f"{numbers[stop.case_id]}: {why}" for stop in stops if (why := _changed(now, stop))]
    if not stops and not any(stop.before for stop in every):
        raise Refused(_("There is no visit in this plan to accept."))
    if any(visit.id not in known for visit in now.standing.values()):
        wrong.append(_("Other visits of these workers were planned for that day meanwhile."))
    if wrong:
        wrong.append(_("Plan again, then accept."))
        raise Refused("\n".join(wrong))


def _changed(now: Problem, stop: PlanStop) -> str:
    """What has changed about one stop since it was planned; empty: nothing that matters."""
    if stop.case_id not in now.cases:
        return _("the case is closed or waits by now.")
    there = {worker.id for worker in now.asked.workers}
    if stop.worker_id not in there or (stop.partner_id and stop.partner_id not in there):
        return _("the worker is not there on that day any more.")
    if stop.case_id in now.begun:
        return _("its visit has begun by now.")
    if stop.case_id in now.standing:
        return _("a visit on that day is planned already.")
    job = next(job for job in now.asked.jobs if job.id == stop.case_id)
    if stop.worker_id not in job.may_lead:
        return _("the worker may not have this case any more.")
    if job.pair and stop.partner_id is None:
        return _("two workers must go by now.")
    if stop.partner_id and stop.partner_id not in job.may_join:
        return _("the second worker may not go along any more.")
    return ""


def _make_visit(actor: Viewer, plan: DayPlan, stop: PlanStop, worker_id: int) -> None:
    case = load_case_by_id(stop.case_id, viewer=actor, for_update=True)
    if case.assignee_id is None:
        offer_case(
            actor=actor,
            number=case.number,
            worker_id=worker_id,
            note=_("A visit is planned at the same time."),
            seen=0,
            companion_id=stop.partner_id,
        )
        stop.offered = True
    visit = add_visit(
        actor=actor,
        case=case,
        worker_id=worker_id,
        companion_id=stop.partner_id,
        planned_on=plan.day,
        planned_time=clock_words(stop.arrive),
    )
    stop.visit_id = visit.id


def undo_plan(*, actor: Viewer, number: str, seen: int) -> int:
    """Call off the visits that a plan made and that are still to come, and take back its offers
    that nobody has answered; returns how many visits were called off.

    Of a day planned anew the visits go back to where the plan before had them, as far as nothing
    else came of them, and that plan holds again; it returns how many did."""
    plan = load_plan(number, actor=actor, for_update=True)
    if plan.status != PlanStatus.ACCEPTED or plan.version != seen:
        raise Refused(_("This plan is settled already. Please look at it again."))
    if plan.day < clock.today():
        raise Refused(_("The day of this plan has passed."))
    reason = _("The plan of the day was taken back.")
    count = 0
    for stop in stops_by_case(plan.id):
        if stop.visit_id is None:
            continue
        before = before_of(stop)
        if before is not None:
            count += put_back(actor, stop, before)
            continue
        case = load_case_by_id(stop.case_id, viewer=actor, for_update=True)
        visit = db.session.scalar(select(Visit).where(Visit.id == stop.visit_id).with_for_update())
        if visit is not None and visit.status == VisitStatus.PLANNED:
            call_off(actor=actor, case=case, visit=visit, reason=reason)
            count += 1
        if stop.offered:
            end_offer(actor, case, stop.worker_id, reason)
    _settle(actor, plan, PlanStatus.UNDONE, "plan.undone", count)
    _stand_again(actor, plan)
    return count


def _stand_again(actor: Viewer, plan: DayPlan) -> None:
    """The plan before this one holds again."""
    if plan.replaces_id is None:
        return
    old = db.session.scalars(
        select(DayPlan).where(DayPlan.id == plan.replaces_id).with_for_update()
    ).one()
    if old.status == PlanStatus.REPLACED:
        _settle(actor, old, PlanStatus.ACCEPTED, "plan.stands_again", 0)


def discard_plan(*, actor: Viewer, number: str, seen: int) -> None:
    """Throw a draft away."""
    plan = load_plan(number, actor=actor, for_update=True)
    refuse_settled(plan, seen)
    _settle(actor, plan, PlanStatus.DISCARDED, "plan.discarded", 0)


def _settle(actor: Viewer, plan: DayPlan, status: PlanStatus, verb: str, visits: int) -> None:
    plan.status, plan.settled_at = status, clock.now()
    plan.settled_by_id = actor.user_id or None
    audit.record(actor, verb, "plan", plan.number, {"visits": visits})
    db.session.flush()
