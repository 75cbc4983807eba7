"""A plan made better, the houses to which two must go included: taken apart in places and put
together again.

The solver knows no visit of two workers at one hour. Here some visits near each other are taken
out of their tours, and each is put back where it adds the shortest way and the whole day can still
be kept, the two of a pair together. A somewhat longer day is gone on from now and then, less and
less, so that the search does not stay in the first valley (after Christiaens and Vanden Berghe,
Slack Induction by String Removals, Transportation Science, 2020).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from welfare.dispatch.routing.clockwork import Clockwork, Routes
from welfare.dispatch.routing.effort import Spell
from welfare.dispatch.routing.placing import Placing

TAKEN_OUT = 9
"""Visits taken out at once, on average."""
LONGEST = 8
"""Of them in one tour, at most."""
COLD = 0.0001
"""By what share a day may be longer and still be gone on from, at the end."""


@dataclass(frozen=True, slots=True)
class State:
    """Tours, the visits left out, and what it costs: ways in metres, and what is left out."""

    routes: Routes
    left: frozenset[int]
    cost: int


class Mender:
    """Searches from a state; the same random numbers and the same tries, the same answer."""

    def __init__(self, work: Clockwork, seed: int) -> None:
        self._work = work
        self._random = random.Random(seed)  # noqa: S311  the same seed, the same plan
        self._near = work.nearest()

    def mend(self, start: State, spell: Spell, *, hot: float) -> State:
        """The best state met in a spell. ``hot``: by what share a day may be longer and still be
        gone on from, at the start."""
        now = best = self._filled(start)
        hottest, cold = now.cost * hot + 1, now.cost * COLD + 1
        while (used := spell.used()) < 1:
            heat = hottest * (cold / hottest) ** used
            found = self._changed(now)
            if found.cost < now.cost - heat * math.log(1 - self._random.random()):
                now = found
                if found.cost < best.cost:
                    best = found
        return best

    def _filled(self, state: State) -> State:
        """What is left out put in where it fits."""
        return self._put_back([list(route) for route in state.routes], sorted(state.left))

    def _changed(self, state: State) -> State:
        routes = [list(route) for route in state.routes]
        out = self._taken_out(routes)
        return self._put_back(routes, out + sorted(state.left))

    def _taken_out(self, routes: Routes) -> list[int]:
        """Take strings of neighbouring visits out of some tours; which jobs they were."""
        work, chance = self._work, self._random
        row_of = {node: row for row, route in enumerate(routes) for node in route}
        if not row_of:
            return []
        longest = min(LONGEST, max(len(route) for route in routes))
        strings = chance.randint(1, max(1, round(2 * TAKEN_OUT / (1 + longest))))
        seed = work.job[chance.choice(list(row_of))]
        out: dict[int, None] = {}
        ruined: set[int] = set()
        for job in self._near[seed]:
            if len(ruined) >= strings:
                break
            if job in out:
                continue
            for node in work.nodes[job]:
                row = row_of.get(node, -1)
                if row >= 0 and row not in ruined:
                    ruined.add(row)
                    out |= dict.fromkeys(self._string(routes[row], node, longest))
        for row, route in enumerate(routes):
            routes[row] = [node for node in route if work.job[node] not in out]
        return list(out)

    def _string(self, route: Sequence[int], node: int, longest: int) -> list[int]:
        """The jobs of some visits of a tour in a row, this one among them."""
        length = self._random.randint(1, min(longest, len(route)))
        place = route.index(node)
        first = self._random.randint(max(0, place - length + 1), min(place, len(route) - length))
        return [self._work.job[one] for one in route[first : first + length]]

    def _put_back(self, routes: Routes, jobs: Sequence[int]) -> State:
        """Put each where it costs least, the two of a pair first."""
        work, chance = self._work, self._random
        nodes, metres = work.nodes, work.metres[0]
        keys: tuple[Callable[[int], float], ...] = (
            lambda _job: chance.random(),
            lambda job: -metres[nodes[job][0]],
            lambda job: metres[nodes[job][0]],
            lambda job: work.late[nodes[job][0]] - work.early[nodes[job][0]],
        )
        key = chance.choices(keys, weights=(4, 4, 2, 2))[0]
        placing = Placing(work, routes, chance.random)
        order = sorted(jobs, key=lambda job: (-len(nodes[job]), key(job)))
        left = [job for job in order if not placing.place(job)]
        return State(routes, frozenset(left), work.cost(routes, left))
