"""How much a search may think: seconds of some clock, and tries."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

LOOKS = 8
"""Tries from one look at the clock to the next."""


@dataclass(frozen=True, slots=True)
class Effort:
    """The whole of it: at most so many seconds, at most so many tries for each visit.

    ``clock`` is the wall's for somebody who waits; a measure on a busy machine counts the thread's
    processor time instead. ``cores``: on two, a large day is searched twice at once; who searched
    first waits ``patience`` seconds more for the other.
    """

    seconds: float
    tries: int
    clock: Callable[[], float] = time.monotonic
    cores: int = 1
    patience: float = 1.0

    def spell(self, share: float, visits: int) -> Spell:
        """A part of it, begun now."""
        return Spell(self.seconds * share, round(self.tries * share * visits) + 1, self.clock)


class Spell:
    """A search that has begun. Asked once a try; ended when either seconds or tries are used."""

    def __init__(self, seconds: float, tries: int, clock: Callable[[], float]) -> None:
        self._seconds, self._most, self._clock = seconds, tries, clock
        self._began, self._tries, self._elapsed = clock(), 0, 0.0

    def used(self) -> float:
        """The share that is used; 1 or more: enough. The clock is looked at now and then."""
        if self._tries % LOOKS == 0:
            self._elapsed = (self._clock() - self._began) / self._seconds
        self._tries += 1
        return max(self._elapsed, (self._tries - 1) / self._most)

    def __call__(self, best_cost: int) -> bool:
        """The same as the solver asks it."""
        return self.used() >= 1
