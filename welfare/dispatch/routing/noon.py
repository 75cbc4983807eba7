"""The day without its lunch: the solver plans on a clock from which the break is taken out.

On that short clock the afternoon follows the morning at noon. A visit that begins before noon
begins at the same minute in truth; one that begins at noon or later begins ``lunch`` minutes
later. Between the two always lie the way and the whole break, so lunch is a hard rule without
being a place: it is eaten after the last visit that began before noon.
"""

from __future__ import annotations

from dataclasses import dataclass

NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Noon:
    """Turns real minutes into those of the short clock and back."""

    lunch: int

    def real(self, short: int) -> int:
        """The real minute at which something begins."""
        return short if short < NOON else short + self.lunch

    def not_before(self, real: int) -> int:
        """The first short minute whose real one is not before this."""
        return real if real <= NOON else max(NOON, real - self.lunch)

    def not_after(self, real: int) -> int:
        """The last short minute whose real one is not after this."""
        if real >= NOON + self.lunch:
            return real - self.lunch
        return min(real, NOON - 1)

    def end(self, real: int) -> int:
        """When a working day ends on the short clock."""
        return real if real <= NOON else max(NOON, real - self.lunch)
