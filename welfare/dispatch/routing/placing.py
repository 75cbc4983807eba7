"""Putting visits into tours where they add the shortest way and everything is still kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from welfare.dispatch.routing.clockwork import OUT, Clockwork, Routes

TRIED = 20
"""Places looked at for each of a pair, and couples of places tried."""
SECOND_BEST = 0.06
"""How often the second best place is taken, so that the search meets something new."""
PASSED_OVER = 0.35
"""How often a couple of places is passed over for the next: the hour at which two meet is seldom
found by going to the nearest."""

Spot = tuple[int, int, int, int, int]
"""Added metres, tour, place in it, the first and the last minute to begin there."""


class Placing:
    """Tours being filled. For each visit it is known how soon and how late it can begin, so that
    most places need one comparison each."""

    def __init__(self, work: Clockwork, routes: Routes, chance: Callable[[], float]) -> None:
        at = work.soonest(routes)
        if at is None:
            raise ValueError("these tours cannot be kept")
        self._work, self.routes, self._chance = work, routes, chance
        self.soonest, self.latest = at, work.latest(routes)
        self._row = [OUT] * len(at)
        for row, route in enumerate(routes):
            for node in route:
                self._row[node] = row

    def place(self, job: int) -> bool:
        """Put a job in; ``False`` where it fits nowhere that was tried."""
        nodes = self._work.nodes[job]
        if len(nodes) == 2:
            return self._place_two(nodes)
        spots = self._spots(nodes[0])
        if not spots:
            return False
        best = min(spots)
        if len(spots) > 1 and self._chance() < SECOND_BEST:
            spots.remove(best)
            best = min(spots)
        self._insert(nodes[0], best)
        return True

    def _spots(self, node: int) -> list[Spot]:
        """Where a visit can go."""
        work, at, until = self._work, self.soonest, self.latest
        to, ride, stay = work.metres[node], work.ride[node], work.stay
        early, late, mine = work.early[node], work.late[node], work.stay[node]
        found = []
        for row in work.rows[node]:
            route = self.routes[row]
            if len(route) >= work.most[row]:
                continue
            last, now = work.first[row], work.starts[row]
            for place, after in enumerate(route):
                arrive = now + ride[last]
                if arrive > late:
                    break
                if arrive < early:
                    arrive = early
                bound = until[after] - ride[after] - mine
                if arrive <= bound:
                    added = to[last] + to[after] - work.metres[last][after]
                    found.append((added, row, place, arrive, min(bound, late)))
                last, now = after, at[after] + stay[after]
            else:
                arrive = max(now + ride[last], early)
                bound = min(late, work.ends[row] - ride[0] - mine)
                if arrive <= bound:
                    added = to[last] + to[0] - work.metres[last][0]
                    found.append((added, row, len(route), arrive, bound))
        return found

    def _insert(self, node: int, spot: Spot) -> None:
        """Put it there; the hours of what comes before and after it follow."""
        row, place = spot[1], spot[2]
        self.routes[row].insert(place, node)
        self._row[node] = row
        self._delay(row, place)
        self._hurry(row, place)

    def _delay(self, row: int, place: int) -> None:
        """Reckon anew how soon visits can begin, from a place on."""
        work, at = self._work, self.soonest
        todo = [(row, place)]
        while todo:
            row, place = todo.pop()
            route = self.routes[row]
            last = route[place - 1] if place else work.first[row]
            now = at[last] + work.stay[last] if place else work.starts[row]
            for node in route[place:]:
                now = max(now + work.ride[last][node], work.early[node])
                other = work.mate[node]
                if other:
                    now = max(now, at[other])
                if now == at[node]:
                    break
                at[node] = now
                if other and at[other] < now:
                    at[other] = now
                    theirs = self._row[other]
                    todo.append((theirs, self.routes[theirs].index(other) + 1))
                now += work.stay[node]
                last = node

    def _hurry(self, row: int, place: int) -> None:
        """Reckon anew how late visits can begin, from a place back."""
        work, until = self._work, self.latest
        todo = [(row, place)]
        while todo:
            row, place = todo.pop()
            route = self.routes[row]
            after = route[place + 1] if place + 1 < len(route) else 0
            bound = until[after] if after else work.ends[row]
            for node in route[place::-1] if place >= 0 else ():
                bound = min(work.late[node], bound - work.ride[node][after] - work.stay[node])
                other = work.mate[node]
                if other:
                    bound = min(bound, until[other])
                if bound == until[node]:
                    break
                until[node] = bound
                if other and until[other] > bound:
                    until[other] = bound
                    theirs = self._row[other]
                    todo.append((theirs, self.routes[theirs].index(other) - 1))
                after = node

    def _place_two(self, nodes: Sequence[int]) -> bool:
        """Put the two of a pair into two tours."""
        lead, join = (sorted(self._spots(node))[:TRIED] for node in nodes)
        couples = sorted(
            (one[0] + two[0], one, two)
            for one in lead
            for two in join
            if one[1] != two[1] and one[3] <= two[4] and two[3] <= one[4]
        )
        for _added, one, two in couples[:TRIED]:
            if self._chance() < PASSED_OVER:
                continue
            first, second = self.routes[one[1]], self.routes[two[1]]
            first.insert(one[2], nodes[0])
            second.insert(two[2], nodes[1])
            if (at := self._work.soonest(self.routes)) is not None:
                self.soonest, self.latest = at, self._work.latest(self.routes)
                self._row[nodes[0]], self._row[nodes[1]] = one[1], two[1]
                return True
            del first[one[2]]
            del second[two[2]]
        return False
