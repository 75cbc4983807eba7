"""Deadlines in working days: counted, and with their arithmetic to show.

The day something is filed is not counted (Civil and Commercial Code, section 193/3); Saturdays,
Sundays and the closed days of the municipality are not; neither are working days on which the
office waits for somebody else. The last day counts whole, to midnight in Thailand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from welfare.core import clock
from welfare.core.municipality import closures_between

SATURDAY = 5
LONGEST = 3660
"""No deadline lies further off than ten years of days: a guard, not a rule."""

Pause = tuple[datetime, datetime | None]
"""From when to when the office waited; ``None``: it still does."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and how it came about.

    ``weekend_days`` and ``closed`` are the days left out between ``start`` and ``due_on``;
    ``waited`` counts working days on which the office waited.
    """

    start: date
    working_days: int
    due_on: date
    weekend_days: int = 0
    waited: int = 0
    closed: tuple[tuple[date, str], ...] = ()

    @property
    def due_at(self) -> datetime:
        """The last moment of the last day, in UTC."""
        return end_of(self.due_on)

    def as_data(self) -> dict[str, Any]:
        """The same as plain values, for the history of a record."""
        return {
            "start": self.start.isoformat(),
            "days": self.working_days,
            "due": self.due_on.isoformat(),
            "weekend": self.weekend_days,
            "waited": self.waited,
            "closed": [[day.isoformat(), name] for day, name in self.closed],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Deadline:
        """Read what :meth:`as_data` wrote."""
        return cls(
            start=date.fromisoformat(data["start"]),
            working_days=int(data["days"]),
            due_on=date.fromisoformat(data["due"]),
            weekend_days=int(data["weekend"]),
            waited=int(data["waited"]),
            closed=tuple((date.fromisoformat(day), name) for day, name in data["closed"]),
        )


def end_of(day: date) -> datetime:
    """The last second of a day in Thailand, in UTC."""
    return datetime.combine(day, time(23, 59, 59), clock.BANGKOK).astimezone(UTC)


def deadline(start: datetime, working_days: int, pauses: Iterable[Pause] = ()) -> Deadline:
    """The deadline that many working days after ``start``, without the time waited in between.

    A wait leaves out the working days from the day after it began to the day before it ended.
    Reads the closed days once. Zero days means the day itself.
    """
    first = clock.local(start).date()
    waits = [_days_of(pause) for pause in pauses]
    reach = working_days * 2 + 40 + sum((last - since).days for since, last in waits)
    closures = closures_between(first, first + timedelta(days=reach))
    return _count(first, working_days, waits, closures)


def _days_of(pause: Pause) -> tuple[date, date]:
    since, until = pause
    return clock.local(since).date(), clock.local(until or clock.now()).date()


def _count(
    first: date,
    working_days: int,
    waits: list[tuple[date, date]],
    closures: Mapping[date, str],
) -> Deadline:
    day, left, weekend, waited = first, working_days, 0, 0
    closed: list[tuple[date, str]] = []
    for _ in range(LONGEST):
        if left <= 0:
            break
        day += timedelta(days=1)
        if day.weekday() >= SATURDAY:
            weekend += 1
        elif day in closures:
            closed.append((day, closures[day]))
        elif any(since < day < until for since, until in waits):
            waited += 1
        else:
            left -= 1
    return Deadline(first, working_days, day, weekend, waited, tuple(closed))
