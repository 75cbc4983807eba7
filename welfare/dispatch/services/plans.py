"""Making a day's plan, and making it anew around what people have set by hand.

The solver works between two transactions: nobody waits for a lock while it thinks, and what it
found is written down afterwards. Whether it can still be kept is asked when it is accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.references import format_reference
from welfare.dispatch.facts import Freed
from welfare.dispatch.models import DayPlan, PlanStop
from welfare.dispatch.queries.day_jobs import Wish, minute_of
from welfare.dispatch.queries.day_problem import NOTHING_FREED, Problem, problem
from welfare.dispatch.queries.plans import case_numbers, overtaken
from welfare.dispatch.queries.proposed import plannable
from welfare.dispatch.queries.renewing import freed_of
from welfare.dispatch.routing import Placed, Plan, Why, plan_day
from welfare.dispatch.workflow import PlanStatus

PREFIX = "P"
MOST_CASES, MOST_WORKERS = 120, 20
FARTHEST = timedelta(days=60)
FEW = 3
"""So many workers are named one by one where a visit did not fit into their days."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A day with the solver's answer."""

    problem: Problem
    plan: Plan
    seed: int

    @property
    def unkept(self) -> list[str]:
        """The numbers of the cases that somebody set by hand and that did not fit so."""
        placed = {stop.job for tour in self.plan.tours for stop in tour.stops}
        gone = {one for one, wish in self.problem.wishes.items() if not wish.dropped} - placed
        return sorted(self.problem.cases[one].number for one in gone - set(self.problem.begun))


def solve_day(
    *,
    actor: Viewer,
    day: date,
    numbers: Collection[str],
    worker_ids: Collection[int],
    wishes: Mapping[str, Wish] | None = None,
    freed: Freed = NOTHING_FREED,
    seed: int = 1,
) -> Solved:
    """Ask the solver; ends the transaction at hand and holds none while it looks.

    ``Refused`` for a day that is over, no workers, nothing to visit, or more than can be planned.
    """
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    _refuse_day(day)
    if not worker_ids:
        raise Refused(_("Please choose at least one worker."), field="workers")
    if len(numbers) > MOST_CASES or len(worker_ids) > MOST_WORKERS:
        raise Refused(
            _("Please choose at most %(cases)s cases and %(workers)s workers.",
              cases=MOST_CASES, workers=MOST_WORKERS),
            field="cases",
        )  # fmt: skip
    asked = problem(day, numbers, worker_ids, viewer=actor, wishes=wishes, freed=freed)
    begin_writing(db.session)
    if not asked.asked.workers:
        raise Refused(_("None of these workers is there on that day."), field="workers")
    if not asked.cases:
        raise Refused(_("Please choose at least one case that is open."), field="cases")
    return Solved(asked, plan_day(asked.asked, seed=seed), seed)


def refuse_unknown(numbers: Collection[str], *, actor: Viewer) -> None:
    """``Refused`` naming what was typed and cannot be planned."""
    unknown = sorted(set(numbers) - plannable(numbers, viewer=actor))
    if unknown:
        raise Refused(
            _(
                "Not found, closed or waiting for somebody else: %(numbers)s. "
                "Please correct it or take it out.",
                numbers=", ".join(unknown),
            ),
            field="more",
        )


def _refuse_day(day: date) -> None:
    today = clock.today()
    if day < today:
        raise Refused(_("This day has passed. Please choose today or a later day."), field="day")
    if day - today > FARTHEST:
        raise Refused(_("Please choose a day within two months."), field="day")


def keep_plan(*, actor: Viewer, solved: Solved, replaces: str = "") -> str:
    """Write a new draft down; returns its number. ``replaces``: the number of the accepted plan
    that it plans anew."""
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    old = load_plan(replaces, actor=actor) if replaces else None
    year = fiscal_year(clock.today())
    number = format_reference(PREFIX, fiscal_year=year, running=take_number("plan", year))
    plan = DayPlan(
        number=number,
        day=solved.problem.day,
        worker_ids=list(solved.problem.chosen),
        status=PlanStatus.DRAFT,
        made_by_id=actor.user_id or None,
        made_at=clock.now(),
        replaces_id=old.id if old else None,
    )
    db.session.add(plan)
    _fill(plan, solved)
    audit.record(actor, "plan.made", "plan", number, _told(solved))
    db.session.flush()
    return number


def _told(solved: Solved) -> dict[str, Any]:
    return {
        "day": solved.problem.day.isoformat(),
        "workers": list(solved.problem.chosen),
        "cases": sorted(case.number for case in solved.problem.cases.values()),
        "metres": solved.plan.metres,
    }


def _fill(plan: DayPlan, solved: Solved) -> None:
    """Put the answer into the record."""
    figures = solved.problem.figures
    plan.seed, plan.metres = solved.seed, solved.plan.metres
    plan.milliseconds = solved.plan.milliseconds
    plan.basis = {
        "road_factor": figures.road_factor,
        "speed_kmh": figures.speed_kmh,
        "lunch_minutes": figures.lunch_minutes,
        "office_known": figures.office_lat is not None,
        "estimated": solved.problem.estimated,
        "since": solved.problem.since,
        "out": [
            {"worker": worker, "case": out.case_id, "free": out.free, "known": bool(out.place)}
            for worker, out in solved.problem.out.items()
        ],
        "tours": [
            {"worker": tour.worker, "leave": tour.leave, "back": tour.back,
             "metres": tour.metres, "lunch": tour.lunch}
            for tour in solved.plan.tours
        ],
    }  # fmt: skip
    db.session.flush()
    db.session.add_all(_stops(plan.id, solved))


def _stops(plan_id: int, solved: Solved) -> list[PlanStop]:
    leads: dict[int, tuple[int, Placed]] = {}
    seconds: dict[int, int] = {}
    for tour in solved.plan.tours:
        for stop in tour.stops:
            if stop.second:
                seconds[stop.job] = tour.worker
            else:
                leads[stop.job] = (tour.worker, stop)
    asked = solved.problem
    return [
        _stop(plan_id, case_id, asked, leads.get(case_id), seconds.get(case_id), solved.plan)
        for case_id in asked.cases
    ]


def _stop(
    plan_id: int,
    case_id: int,
    asked: Problem,
    lead: tuple[int, Placed] | None,
    second: int | None,
    plan: Plan,
) -> PlanStop:
    case, wish = asked.cases[case_id], asked.wishes.get(case_id, Wish())
    begun = asked.begun.get(case_id)
    standing, before = asked.standing.get(case_id, begun), asked.freed.visits.get(case_id)
    stop = PlanStop(
        plan_id=plan_id,
        case_id=case_id,
        minutes=case.minutes,
        estimated=case.estimated,
        wanted_worker_id=wish.worker_id,
        wanted_at=wish.at,
        dropped=wish.dropped and begun is None,
        standing_visit_id=standing.id if standing else None,
        why=[],
        before=asdict(before) if before is not None else None,
    )
    if begun is not None:
        stop.worker_id, stop.partner_id = begun.worker_id, begun.companion_id
        stop.arrive = minute_of(begun.planned_time, 0)
    elif lead is not None:
        stop.worker_id, placed = lead
        stop.partner_id = second
        stop.arrive, stop.metres = placed.arrive, placed.metres
        stop.travel_minutes = placed.travel_minutes
    elif not wish.dropped:
        stop.why = asked.whys.get(case_id) or _why_left(case_id, asked, plan)
    return stop


def _why_left(case_id: int, asked: Problem, plan: Plan) -> list[dict[str, Any]]:
    """Why a visit that somebody may make did not fit; where few may, whose day is full of what."""
    why = plan.left.get(case_id, Why.FULL)
    job = next(one for one in asked.asked.jobs if one.id == case_id)
    crew = {one.id: one for one in asked.asked.workers if one.id in job.leaders}
    if why is not Why.FULL or len(crew) > FEW:
        return [{"code": why.value}]
    visits = {tour.worker: len(tour.stops) for tour in plan.tours}
    return [
        {"code": "most" if visits.get(one.id, 0) >= one.most else "hours", "worker": one.id}
        for one in sorted(crew.values(), key=lambda one: one.id)
    ]


def replan(
    *,
    actor: Viewer,
    number: str,
    seen: int,
    wishes: Mapping[str, Wish],
    more: Collection[str] = (),
) -> Solved:
    """Ask the solver again for a draft, around what was set by hand; nothing is written yet."""
    plan = load_plan(number, actor=actor)
    _refuse_settled(plan, seen)
    numbers = {*case_numbers(plan.id, viewer=actor), *more}
    day, workers, seed = plan.day, list(plan.worker_ids), plan.seed
    freed = freed_of(plan.replaces_id, day) if plan.replaces_id else NOTHING_FREED
    return solve_day(
        actor=actor, day=day, numbers=numbers, worker_ids=workers, wishes=wishes, freed=freed,
        seed=seed + 1,
    )  # fmt: skip


def keep_replanned(*, actor: Viewer, number: str, seen: int, solved: Solved) -> None:
    """Put the new answer in place of the old one, unless somebody was faster (``Refused``)."""
    plan = load_plan(number, actor=actor, for_update=True)
    _refuse_settled(plan, seen)
    for stop in db.session.scalars(select(PlanStop).where(PlanStop.plan_id == plan.id)):
        db.session.delete(stop)
    db.session.flush()
    _fill(plan, solved)
    plan.made_at, plan.made_by_id = clock.now(), actor.user_id or None
    audit.record(actor, "plan.made_anew", "plan", number, _told(solved))
    db.session.flush()


def load_plan(number: str, *, actor: Viewer, for_update: bool = False) -> DayPlan:
    """A plan for who gives out work and sees all of its cases; ``NotFound``, ``Forbidden``."""
    if not actor.can(Permission.ASSIGN_CASES):
        raise Forbidden
    statement = select(DayPlan).where(DayPlan.number == number)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    plan = db.session.scalar(statement)
    if plan is None:
        raise NotFound
    if overtaken(plan.id, viewer=actor):
        raise Forbidden
    return plan


def _refuse_settled(plan: DayPlan, seen: int) -> None:
    if plan.status != PlanStatus.DRAFT:
        raise Refused(_("This plan is settled already. Please look at it again."))
    if plan.version != seen:
        raise Refused(_("Somebody else has changed this plan meanwhile. Please look at it again."))


def refuse_settled(plan: DayPlan, seen: int) -> None:
    """``Refused`` unless the plan is still the draft that was seen."""
    _refuse_settled(plan, seen)
