"""A day planned in two steps: orders from the solver, then the whole made better.

The solver knows no visit that needs two workers at once, so it orders what one can do alone. The
houses to which two must go are put in by ``mending``, which keeps the two at one hour and moves
all the other visits about them until the time is used.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence

from welfare.dispatch.routing.clockwork import Clockwork, Routes
from welfare.dispatch.routing.doubled import better_of_two
from welfare.dispatch.routing.effort import Effort, Spell
from welfare.dispatch.routing.facts import Day, Job, Plan, Tour, Why
from welfare.dispatch.routing.mending import Mender, State
from welfare.dispatch.routing.noon import Noon
from welfare.dispatch.routing.solving import Ask, order
from welfare.dispatch.routing.timetable import Call, tour_of
from welfare.dispatch.routing.ways import Ways

QUICK = Effort(seconds=7.0, tries=250, cores=os.cpu_count() or 1)
LARGE = 25
"""Visits from which a second core is worth its trouble."""
FIRST_SHARE = 0.2
"""Of the time, what the solver has."""
FIXED_PRIZE = 10_000_000
"""What a person set by hand outweighs everything else."""


def plan_day(day: Day, *, effort: Effort = QUICK, seed: int = 1) -> Plan:
    """The day as well as it can be planned in that time. The same seed, the same plan, where the
    tries run out before the seconds."""
    began = time.monotonic()
    left = {job.id: why for job in day.jobs if (why := _hopeless(day, job)) is not None}
    jobs = [job for job in day.jobs if job.id not in left]
    tours = _solve(day, jobs, effort, seed) if jobs else []
    done = {stop.job for tour in tours for stop in tour.stops}
    left |= {job.id: _why_left(job) for job in jobs if job.id not in done}
    return Plan(tuple(tours), left, round((time.monotonic() - began) * 1000))


def _solve(day: Day, jobs: Sequence[Job], effort: Effort, seed: int) -> list[Tour]:
    """Orders for the visits of one, then all of them made better together."""
    ways = Ways(day.ground)
    asks = [ask for job in jobs for ask in asks_of(day, job)]
    work = Clockwork(day, asks, ways)

    def search(seed: int) -> State:
        start = _state(
            work, _first(day, asks, ways, effort.spell(FIRST_SHARE, len(jobs)), seed), jobs
        )
        return Mender(work, seed).mend(start, effort.spell(1 - FIRST_SHARE, len(jobs)))

    if effort.cores > 1 and len(jobs) >= LARGE and hasattr(os, "fork"):
        best = better_of_two(search, seed, patience=effort.patience)
    else:
        best = search(seed)
    return _tours(day, asks, best.routes, work.soonest(best.routes) or [])


def _first(day: Day, asks: Sequence[Ask], ways: Ways, spell: Spell, seed: int) -> Routes:
    """The solver's orders for what one can do alone, as nodes."""
    single = [node for node, ask in enumerate(asks, start=1) if not ask.call.job.pair]
    orders = order(day, [asks[node - 1] for node in single], ways, spell=spell, seed=seed)
    return [[single[index] for index in orders.get(one.id, ())] for one in day.workers]


def _state(work: Clockwork, routes: Routes, jobs: Iterable[Job]) -> State:
    done = {work.job[node] for route in routes for node in route}
    left = frozenset(job.id for job in jobs) - done
    return State(routes, left, work.cost(routes, left))


def asks_of(day: Day, job: Job) -> list[Ask]:
    """What is asked for a visit: once, and once more for who goes along."""
    noon = Noon(day.ground.lunch_minutes)
    first, last = job.window
    early, late = noon.not_before(first), noon.not_after(last)
    asks = [Ask(Call(job, early, late), _leaders(day, job), _prize(job))]
    if job.pair:
        asks.append(Ask(Call(job, early, late, second=True), job.may_join, _prize(job)))
    return asks


def _leaders(day: Day, job: Job) -> frozenset[int]:
    """Who may have the visit; who must not go alone only where somebody goes along."""
    if job.pair:
        return job.leaders
    return job.leaders & {worker.id for worker in day.workers if worker.alone}


def _prize(job: Job) -> int:
    set_by_hand = job.wanted_worker is not None or job.wanted_at is not None
    return FIXED_PRIZE if set_by_hand else job.prize


def _tours(
    day: Day, asks: Sequence[Ask], routes: Sequence[Sequence[int]], times: Sequence[int]
) -> list[Tour]:
    """Each worker's day; the hours of pairs as they were found together."""
    tours = []
    for worker, route in zip(day.workers, routes, strict=True):
        calls = [_called(asks[node - 1].call, times[node]) for node in route]
        tour = tour_of(day, worker, calls)
        if tour is None:
            raise RuntimeError("an order was found that cannot be kept")
        tours.append(tour)
    return tours


def _called(call: Call, hour: int) -> Call:
    return Call(call.job, hour, hour, call.second) if call.job.pair else call


def _hopeless(day: Day, job: Job) -> Why | None:
    """Why no plan at all could hold this visit; ``None`` when one could."""
    leaders = _leaders(day, job)
    if not leaders:
        return Why.NOBODY_MAY
    if job.pair and not any(job.may_join - {leader} for leader in leaders):
        return Why.NO_SECOND
    call = asks_of(day, job)[0].call
    fit = [worker for worker in day.workers if worker.id in leaders]
    if all(tour_of(day, worker, [call]) is None for worker in fit):
        return Why.TOO_LATE
    return None


def _why_left(job: Job) -> Why:
    return Why.NO_SECOND if job.pair else Why.FULL


__all__ = ["QUICK", "Effort", "plan_day"]
