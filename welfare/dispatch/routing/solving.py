"""PyVRP asked: who goes where in which order, on the short clock (see ``noon``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyvrp import (
    Client,
    Depot,
    Location,
    PenaltyParams,
    ProblemData,
    Route,
    Solution,
    SolveParams,
    VehicleType,
    solve,
)

from welfare.dispatch.routing.effort import Spell
from welfare.dispatch.routing.facts import Day, Place
from welfare.dispatch.routing.noon import Noon
from welfare.dispatch.routing.timetable import Call
from welfare.dispatch.routing.ways import Ways

FORBIDDEN = 100_000
"""Minutes to where a worker must not go: more than any day has."""

PARAMS = SolveParams(penalty=PenaltyParams(max_penalty=2000))
"""A minute too late is worth a kilometre or two at first, not a hundred: with the solver's own
figure, made for long days and small units, it never leaves the first order that it can keep."""


FIXED_PRIZE = 10_000_000
"""What must be kept, in metres of way: it outweighs everything else."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One call and who may make it."""

    call: Call
    may: frozenset[int]
    prize: int


Orders = list[list[int]]
"""A row a worker of the day: indices of the asked calls, in order."""


def order(
    day: Day,
    asks: Sequence[Ask],
    ways: Ways,
    *,
    spell: Spell,
    seed: int,
    start: Sequence[Sequence[int]] = (),
) -> Orders:
    """The best orders found in a spell; calls that stand in none did not fit. ``start``: orders to
    begin with, which can be kept."""
    found: Orders = [[] for _worker in day.workers]
    if not asks or not day.workers:
        return found
    begins, places = places_of(day, asks)
    depots = sorted({0, *begins})
    metres, minutes = ways.arrays(places)
    noon = Noon(day.ground.lunch_minutes)
    make: Any = ProblemData  # its stubs know no plain arrays
    data = make(
        locations=[Location(place.lng, place.lat) for place in places],
        clients=[_client(index, ask) for index, ask in enumerate(asks, start=1)],
        depots=[Depot(one) for one in depots],
        vehicle_types=[
            VehicleType(
                capacity=[worker.most],
                start_depot=depots.index(begins[place]),
                tw_early=noon.not_before(worker.starts),
                tw_late=noon.end(worker.ends),
                profile=place,
                name=str(worker.id),
            )
            for place, worker in enumerate(day.workers)
        ],
        distance_matrices=[metres] * len(day.workers),
        duration_matrices=[_barred(minutes, asks, worker.id) for worker in day.workers],
    )
    first = [Route(data, list(route), row) for row, route in enumerate(start) if route]
    best = solve(
        data, stop=spell, seed=seed, collect_stats=False, display=False, params=PARAMS,
        initial_solution=Solution(data, first) if first else None,
    ).best  # fmt: skip
    if best.is_feasible():
        for route in best.routes():
            found[route.vehicle_type()] = [
                step.idx for step in route.schedule() if step.is_client()
            ]
    return found


def places_of(day: Day, asks: Sequence[Ask]) -> tuple[list[int], list[Place]]:
    """Where each worker begins, as an index into the places; and these: the office, the asked
    calls in order, then where somebody is already."""
    places, first = [day.office, *(ask.call.job.place for ask in asks)], []
    for worker in day.workers:
        first.append(len(places) if worker.start else 0)
        places += [worker.start] if worker.start else []
    return first, places


def _client(index: int, ask: Ask) -> Client:
    return Client(
        location=index,
        delivery=[1],
        service_duration=ask.call.job.minutes,
        tw_early=ask.call.earliest,
        tw_late=ask.call.latest,
        prize=ask.prize,
        required=False,
    )


def _barred(minutes: np.ndarray, asks: Sequence[Ask], worker: int) -> np.ndarray:
    """The minutes of one worker: no day is long enough to reach where they must not go."""
    mine = minutes.copy()
    for index, ask in enumerate(asks, start=1):
        if worker not in ask.may:
            mine[:index, index] = mine[index + 1 :, index] = FORBIDDEN
    return mine
