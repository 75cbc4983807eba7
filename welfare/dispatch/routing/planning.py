"""A day planned: what cannot be is set aside with its reason, the rest is searched (``searching``)
and told in hours and minutes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from welfare.dispatch.routing.doubled import better_of_two
from welfare.dispatch.routing.effort import Effort
from welfare.dispatch.routing.facts import Day, Job, Plan, Tour, Why
from welfare.dispatch.routing.noon import Noon
from welfare.dispatch.routing.searching import Search
from welfare.dispatch.routing.solving import FIXED_PRIZE, Ask
from welfare.dispatch.routing.timetable import Call, tour_of

QUICK = Effort(seconds=8.5, tries=500, cores=os.cpu_count() or 1)
LARGE = 25
"""Visits from which a second core is worth its trouble."""


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
    """Each worker's day, searched on both cores where that is worth it."""
    asks = [ask for job in jobs for ask in asks_of(day, job)]
    search = Search(day, asks, jobs, effort)
    if effort.cores > 1 and len(jobs) >= LARGE and hasattr(os, "fork"):
        best = better_of_two(search, seed, patience=effort.patience)
    else:
        best = search(seed)
    return _tours(day, asks, best.routes, search.work.soonest(best.routes) or [])


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
