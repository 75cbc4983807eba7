"""The hours of all tours at once: what a visit of two ties together, and what it costs.

A job has one node, or two where two workers must come: one for whose visit it is, one for who goes
along. Nodes count from 1 in the order of the asks; 0 is the office; after them come the places
where somebody is already. Minutes are those of the short clock (see ``noon``). Ways are as long
there as back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from welfare.dispatch.routing.facts import Day
from welfare.dispatch.routing.noon import Noon
from welfare.dispatch.routing.solving import Ask, places_of
from welfare.dispatch.routing.ways import Ways

Routes = list[list[int]]
"""A row a worker of the day, nodes in order."""

OUT = -1


class Clockwork:
    """A day in numbers."""

    def __init__(self, day: Day, asks: Sequence[Ask], ways: Ways) -> None:
        noon = Noon(day.ground.lunch_minutes)
        self.first, places = places_of(day, asks)
        self.metres, self.ride = ways.lists(places)
        self.early = [0, *(ask.call.earliest for ask in asks)]
        self.late = [0, *(ask.call.latest for ask in asks)]
        self.stay = [0, *(ask.call.job.minutes for ask in asks)]
        self.starts = [noon.not_before(one.starts) for one in day.workers]
        self.ends = [noon.end(one.ends) for one in day.workers]
        self.most = [one.most for one in day.workers]
        self.rows = [[], *([row for row, one in enumerate(day.workers) if one.id in ask.may]
                           for ask in asks)]  # fmt: skip
        self.job = [0, *(ask.call.job.id for ask in asks)]
        self.nodes: dict[int, list[int]] = {}
        for node, ask in enumerate(asks, start=1):
            self.nodes.setdefault(ask.call.job.id, []).append(node)
        self.prize = {ask.call.job.id: ask.prize for ask in asks}
        self.mate = [0] * (len(asks) + 1)
        for nodes in self.nodes.values():
            if len(nodes) == 2:
                self.mate[nodes[0]], self.mate[nodes[1]] = nodes[1], nodes[0]

    def nearest(self) -> dict[int, list[int]]:
        """By job all jobs, the nearest first, itself before them."""
        found = {}
        for job, nodes in self.nodes.items():
            row = self.metres[nodes[0]]
            others = sorted(self.nodes, key=lambda other: row[self.nodes[other][0]])
            found[job] = [job, *(other for other in others if other != job)]
        return found

    def cost(self, routes: Routes, left: Iterable[int]) -> int:
        """Metres of all ways, and the worth of what is left out."""
        total = sum(self.prize[job] for job in left)
        for row, route in enumerate(routes):
            last = self.first[row]
            for node in route:
                total += self.metres[last][node]
                last = node
            total += self.metres[last][0]
        return total

    def soonest(self, routes: Routes) -> list[int] | None:
        """When each visit begins, as early as can be, pairs together; ``None`` where the tours
        cannot be kept. ``OUT`` for nodes in no tour."""
        at = [OUT] * len(self.job)
        step, waits = [0] * len(routes), {}
        todo, done = list(range(len(routes))), 0
        while todo:
            row = todo.pop()
            route, index = routes[row], step[row]
            last = route[index - 1] if index else self.first[row]
            now = at[last] + self.stay[last] if index else self.starts[row]
            for node in route[index:]:
                now = max(now + self.ride[last][node], self.early[node])
                if now > self.late[node]:
                    return None
                index += 1
                if other := self.mate[node]:
                    if other not in waits:
                        waits[node] = row
                        at[node], step[row] = now, index
                        break
                    now = at[other] = max(now, at[other])
                    todo.append(waits.pop(other))
                at[node] = now
                now += self.stay[node]
                last = node
            else:
                if route and now + self.ride[last][0] > self.ends[row]:
                    return None
                done += 1
        return at if done == len(routes) else None

    def latest(self, routes: Routes) -> list[int]:
        """How late each visit can begin so that all after it, in any tour, is still kept. For
        tours that can be kept."""
        until = [OUT] * len(self.job)
        step, waits = [len(route) for route in routes], {}
        todo = list(range(len(routes)))
        while todo:
            row = todo.pop()
            route, index = routes[row], step[row]
            after = route[index] if index < len(route) else 0
            bound = until[after] if after else self.ends[row]
            while index:
                index -= 1
                node = route[index]
                bound = min(self.late[node], bound - self.ride[node][after] - self.stay[node])
                if other := self.mate[node]:
                    if other not in waits:
                        waits[node] = row
                        until[node], step[row] = bound, index
                        break
                    bound = until[other] = min(bound, until[other])
                    todo.append(waits.pop(other))
                until[node] = bound
                after = node
        return until
