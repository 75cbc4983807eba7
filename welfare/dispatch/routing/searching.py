"""A search for a day's tours: several beginnings, the best of them made better by turns.

``mending`` moves all visits, those of two workers included; it finds with whom and at which hour
the two meet, but is slow. The solver knows no visit of two, but is quick: with the hours of those
visits held fast for a moment it orders all the others about them better than mending would in the
same time. So each has its turn. Who meets where and when gives a day its shape, which a search
seldom leaves again: hence several beginnings, with other random numbers each.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from welfare.dispatch.routing.clockwork import Clockwork, Routes
from welfare.dispatch.routing.effort import Effort, Spell
from welfare.dispatch.routing.facts import Day, Job
from welfare.dispatch.routing.mending import Mender, State
from welfare.dispatch.routing.solving import FIXED_PRIZE, Ask, order
from welfare.dispatch.routing.ways import Ways

BEGINNINGS = 3
ORDERED, MENDED, POLISHED = 0.02, 0.13, 0.05
"""Of the time, what each step of a beginning has."""
ROUNDS = 2
ROUND_POLISHED = 0.3
"""Of the time of a later round, what the solver has."""
HOT, WARM = 0.006, 0.003
"""By what share a day may be longer and still be gone on from: at a beginning, and later on."""
SOLVER_TRIES = 4
"""A try of the solver is a small part of one of mending."""

_cost = attrgetter("cost")


class Search:
    """One day, searched from some random number."""

    def __init__(self, day: Day, asks: Sequence[Ask], jobs: Sequence[Job], effort: Effort) -> None:
        self._day, self._asks, self._jobs, self._effort = day, asks, jobs, effort
        self._ways = Ways(day.ground)
        self.work = Clockwork(day, asks, self._ways)

    def __call__(self, seed: int) -> State:
        """The best state found."""
        best = min((self._begun(seed + 17 * one) for one in range(BEGINNINGS)), key=_cost)
        mender, chance = Mender(self.work, seed), random.Random(seed)  # noqa: S311  no secret
        share = (1 - BEGINNINGS * (ORDERED + MENDED + POLISHED)) / ROUNDS
        for turn in range(ROUNDS):
            mended = mender.mend(best, self._spell(share * (1 - ROUND_POLISHED)), hot=WARM)
            best = min(best, mended, key=_cost)
            best = self._polished(best, share * ROUND_POLISHED, seed + turn, chance.random())
        return best

    def _begun(self, seed: int) -> State:
        alone = [node for node, ask in enumerate(self._asks, start=1) if not ask.call.job.pair]
        state = self._state(self._ordered(alone, {}, ORDERED, seed))
        begun = Mender(self.work, seed).mend(state, self._spell(MENDED), hot=HOT)
        return self._polished(begun, POLISHED, seed, 0.5)

    def _polished(self, state: State, share: float, seed: int, lateness: float) -> State:
        """The same day ordered anew by the solver, with the visits of two held at hours between
        the soonest (lateness 0) and the latest (1) at which they fit now; the same state where
        nothing better is found."""
        soonest, latest = self.work.soonest(state.routes) or [], self.work.latest(state.routes)
        placed = {node for route in state.routes for node in route}
        nodes, held = [], {}
        for node, ask in enumerate(self._asks, start=1):
            if not ask.call.job.pair:
                nodes.append(node)
            elif node in placed:
                nodes.append(node)
                held[node] = soonest[node] + int(lateness * (latest[node] - soonest[node]))
        found = self._ordered(nodes, held, share, seed, state.routes)
        if self.work.soonest(found) is None:  # one of two left out
            return state
        return min(state, self._state(found), key=_cost)

    def _ordered(
        self,
        nodes: Sequence[int],
        held: Mapping[int, int],
        share: float,
        seed: int,
        start: Routes | None = None,
    ) -> Routes:
        """The solver's orders of these nodes, some held at an hour, from other orders on."""
        asks = [_held(self._asks[node - 1], held.get(node)) for node in nodes]
        index = {node: place for place, node in enumerate(nodes)}
        orders = order(
            self._day, asks, self._ways,
            spell=self._spell(share, SOLVER_TRIES), seed=seed,
            start=[[index[node] for node in route] for route in start or ()],
        )  # fmt: skip
        return [[nodes[place] for place in route] for route in orders]

    def _state(self, routes: Routes) -> State:
        done = {self.work.job[node] for route in routes for node in route}
        left = frozenset(job.id for job in self._jobs) - done
        return State(routes, left, self.work.cost(routes, left))

    def _spell(self, share: float, tries: int = 1) -> Spell:
        return self._effort.spell(share, len(self._jobs) * tries)


def _held(ask: Ask, hour: int | None) -> Ask:
    """The same visit at that hour, whatever it costs; unchanged where there is none."""
    if hour is None:
        return ask
    return replace(ask, call=replace(ask.call, earliest=hour, latest=hour), prize=FIXED_PRIZE)
