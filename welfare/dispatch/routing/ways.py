"""Ways between the places of a day, each reckoned once however often a day is searched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from welfare.dispatch.routing.facts import Ground, Place


class Ways:
    """Metres and minutes between places."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._known: dict[tuple[Place, Place], tuple[int, int]] = {}

    def lists(self, places: Sequence[Place]) -> tuple[list[list[int]], list[list[int]]]:
        """Metres and minutes from each to each."""
        both = [[self._way(start, end) for end in places] for start in places]
        return [[way[0] for way in row] for row in both], [[way[1] for way in row] for row in both]

    def arrays(self, places: Sequence[Place]) -> tuple[np.ndarray, np.ndarray]:
        """The same as the solver wants it."""
        metres, minutes = self.lists(places)
        return np.array(metres, dtype=np.int64), np.array(minutes, dtype=np.int64)

    def _way(self, start: Place, end: Place) -> tuple[int, int]:
        key = (start, end)
        if key not in self._known:
            metres = 0 if start == end else self._ground.metres(start, end)
            self._known[key] = metres, self._ground.minutes(metres)
        return self._known[key]
