"""A day planned in two steps: alone first, then the houses to which two must go at one hour.

The solver knows no visit that needs two workers at once. So hours are proposed for those houses:
as they come when each is visited by one, and one after the other, by a team, from the start of the
day. An hour is then held fast and the house is asked for twice: once for whose visit it is, once
for whoever goes along. One person cannot begin two visits at the same minute, so two different
ones arrive together, or the visit is left out and said so. The better proposal is planned out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from welfare.dispatch.routing.facts import Day, Job, Placed, Plan, Tour, Why, Worker
from welfare.dispatch.routing.noon import NOON, Noon
from welfare.dispatch.routing.solving import Ask, Effort, Orders, order
from welfare.dispatch.routing.timetable import Call, tour_of

QUICK = Effort(seconds=4.0, tries=600)
FIXED_PRIZE = 10_000_000
"""What a person set by hand outweighs everything else."""


def plan_day(day: Day, *, effort: Effort = QUICK, seed: int = 1) -> Plan:
    """The day as well as it can be planned in that time. The same seed, the same plan, where the
    tries run out before the seconds."""
    began = time.monotonic()
    left = {job.id: why for job in day.jobs if (why := _hopeless(day, job)) is not None}
    jobs = [job for job in day.jobs if job.id not in left]
    tours = _solve(day, jobs, effort, seed)
    done = {stop.job for tour in tours for stop in tour.stops}
    left |= {job.id: _why_left(job) for job in jobs if job.id not in done}
    return Plan(tuple(tours), left, round((time.monotonic() - began) * 1000))


def _solve(day: Day, jobs: Sequence[Job], effort: Effort, seed: int) -> list[Tour]:
    pairs = [job for job in jobs if job.pair]
    alone = [_ask(day, job) for job in jobs]
    if not pairs:
        return _tours(day, alone, order(day, alone, effort=effort, seed=seed))
    glance = Effort(effort.seconds / 4, effort.tries // 4)
    first = _tours(day, alone, order(day, alone, effort=glance, seed=seed))
    loose = _hours(first, pairs)
    proposals = [loose, loose | _team_hours(day, pairs, glance, seed)]
    tried = [(_together(day, jobs, hours, glance, seed), hours) for hours in proposals]
    _tours_of, hours = min(tried, key=lambda one: _lost(jobs, one[0]))
    full = _together(day, jobs, hours, effort, seed)
    return min([full, *(tours for tours, _ in tried)], key=lambda one: _lost(jobs, one))


def _lost(jobs: Sequence[Job], tours: Sequence[Tour]) -> int:
    """What a plan costs: its ways, and the worth of what it leaves out."""
    done = {stop.job for tour in tours for stop in tour.stops}
    left = sum(_prize(job) for job in jobs if job.id not in done)
    return left + sum(tour.metres for tour in tours)


def _team_hours(day: Day, pairs: Sequence[Job], effort: Effort, seed: int) -> dict[int, int]:
    """Hours at which one team would come to these houses, one after the other."""
    team = Worker(
        id=0,
        starts=max(worker.starts for worker in day.workers),
        ends=min(worker.ends for worker in day.workers),
        most=min(worker.most for worker in day.workers),
    )
    small = replace(day, workers=(team,))
    asks = [replace(_ask(day, job), may=frozenset({0})) for job in pairs]
    return _hours(_tours(small, asks, order(small, asks, effort=effort, seed=seed)), pairs)


def _together(
    day: Day, jobs: Sequence[Job], hours: Mapping[int, int], effort: Effort, seed: int
) -> list[Tour]:
    """Plan with both workers of a pair asked for at the same minute; a half pair is taken out
    and the others are planned anew."""
    noon = Noon(day.ground.lunch_minutes)
    tours: list[Tour] = []
    wanted = [job for job in jobs if not job.pair or job.id in hours]
    while True:
        asks: list[Ask] = []
        for job in wanted:
            asks += _both(job, noon, hours[job.id]) if job.pair else [_ask(day, job)]
        tours = _tours(day, asks, order(day, asks, effort=effort, seed=seed))
        half = _half(tours, wanted)
        if not half:
            return tours
        wanted = [job for job in wanted if job.id not in half]


def _ask(day: Day, job: Job) -> Ask:
    noon = Noon(day.ground.lunch_minutes)
    first, last = job.window
    call = Call(job, noon.not_before(first), noon.not_after(last))
    return Ask(call, _leaders(day, job), _prize(job))


def _leaders(day: Day, job: Job) -> frozenset[int]:
    """Who may have the visit; who must not go alone only where somebody goes along."""
    if job.pair:
        return job.leaders
    return job.leaders & {worker.id for worker in day.workers if worker.alone}


def _prize(job: Job) -> int:
    set_by_hand = job.wanted_worker is not None or job.wanted_at is not None
    return FIXED_PRIZE if set_by_hand else job.prize


def _both(job: Job, noon: Noon, hour: int) -> list[Ask]:
    short = noon.not_before(hour)
    lead, join = Call(job, short, short), Call(job, short, short, second=True)
    return [Ask(lead, job.leaders, _prize(job)), Ask(join, job.may_join, _prize(job))]


def _hours(tours: Iterable[Tour], pairs: Iterable[Job]) -> dict[int, int]:
    wanted = {job.id for job in pairs}
    return {stop.job: stop.arrive for tour in tours for stop in tour.stops if stop.job in wanted}


def _half(tours: Iterable[Tour], jobs: Iterable[Job]) -> set[int]:
    """Pairs of which only one came."""
    found: dict[int, list[Placed]] = {}
    for tour in tours:
        for stop in tour.stops:
            found.setdefault(stop.job, []).append(stop)
    return {job.id for job in jobs if job.pair and len(found.get(job.id, ())) == 1}


def _tours(day: Day, asks: Sequence[Ask], orders: Orders) -> list[Tour]:
    workers = {worker.id: worker for worker in day.workers}
    tours = []
    for worker_id, indices in orders.items():
        tour = tour_of(day, workers[worker_id], [asks[index].call for index in indices])
        if tour is None:
            raise RuntimeError("the solver gave an order that cannot be kept")
        tours.append(tour)
    return tours


def _hopeless(day: Day, job: Job) -> Why | None:
    """Why no plan at all could hold this visit; ``None`` when one could."""
    leaders = _leaders(day, job)
    if not leaders:
        return Why.NOBODY_MAY
    if job.pair and not any(job.may_join - {leader} for leader in leaders):
        return Why.NO_SECOND
    call = _ask(day, job).call
    fit = [worker for worker in day.workers if worker.id in leaders]
    if all(tour_of(day, worker, [call]) is None for worker in fit):
        return Why.TOO_LATE
    return None


def _why_left(job: Job) -> Why:
    return Why.NO_SECOND if job.pair else Why.FULL


__all__ = ["NOON", "QUICK", "Effort", "plan_day"]
