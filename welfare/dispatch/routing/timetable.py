"""From the order of visits to hours and minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from welfare.dispatch.routing.facts import Day, Job, Placed, Tour, Worker
from welfare.dispatch.routing.noon import NOON, Noon


@dataclass(frozen=True, slots=True)
class Call:
    """One house on somebody's way; the window is on the short clock."""

    job: Job
    earliest: int
    latest: int
    second: bool = False


def tour_of(day: Day, worker: Worker, calls: Sequence[Call]) -> Tour | None:
    """The tour in this order, each house as early as can be; ``None`` when it cannot be kept."""
    noon, ground = Noon(day.ground.lunch_minutes), day.ground
    now, here = noon.not_before(worker.starts), worker.start or day.office
    stops: list[Placed] = []
    for call in calls:
        metres = ground.metres(here, call.job.place)
        travel = ground.minutes(metres)
        now = max(now + travel, call.earliest)
        if now > call.latest:
            return None
        stops.append(Placed(call.job.id, noon.real(now), travel, metres, call.second))
        now, here = now + call.job.minutes, call.job.place
    home = ground.metres(here, day.office)
    late = bool(stops) and now + ground.minutes(home) > noon.end(worker.ends)
    if late or len(stops) > worker.most:
        return None
    return _told(day, worker, stops, {call.job.id: call.job for call in calls}, home)


def _told(
    day: Day, worker: Worker, stops: Sequence[Placed], jobs: Mapping[int, Job], home: int
) -> Tour:
    """The whole tour in real minutes."""
    if not stops:
        return Tour(worker.id, (), worker.starts, worker.starts, 0)
    lunch = _lunch(day, stops, jobs)
    last = stops[-1]
    back = last.arrive + jobs[last.job].minutes + day.ground.minutes(home)
    return Tour(
        worker=worker.id,
        stops=tuple(stops),
        leave=max(worker.starts, stops[0].arrive - stops[0].travel_minutes),
        back=back,
        metres=sum(stop.metres for stop in stops) + home,
        lunch=lunch,
    )


def _lunch(day: Day, stops: Sequence[Placed], jobs: Mapping[int, Job]) -> int | None:
    """When the break begins: after the last visit that began before noon, at noon if that can be.

    ``None`` where nothing is on one of the two sides of noon.
    """
    before = [stop for stop in stops if stop.arrive < NOON]
    after = [stop for stop in stops if stop.arrive >= NOON]
    if not before or not after:
        return None
    done = before[-1].arrive + jobs[before[-1].job].minutes
    latest = after[0].arrive - after[0].travel_minutes - day.ground.lunch_minutes
    return max(done, min(NOON, latest))
