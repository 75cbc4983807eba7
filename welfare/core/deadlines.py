"""Deadlines of this office: the rule of ``core.workdays`` with the closed days of the database,
and their arithmetic in a few numbers that can be kept and shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from welfare.core import clock
from welfare.core.municipality import closures_between
from welfare.core.workdays import DayKind, DayStep, Pause, add_working_days

__all__ = ["Deadline", "Pause", "deadline"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and how it came about.

    ``start`` is the day that does not count. ``weekend_days``, ``closed`` and ``waited`` (working
    days on which the office waited for somebody else) are what was left out up to ``due_at``.
    """

    start: date
    working_days: int
    due_at: datetime
    weekend_days: int = 0
    waited: int = 0
    closed: tuple[tuple[date, str], ...] = ()

    @property
    def due_on(self) -> date:
        """The last day, in Thailand."""
        return clock.local(self.due_at).date()

    def as_data(self) -> dict[str, Any]:
        """The same as plain values, for the history of a record."""
        return {
            "start": self.start.isoformat(),
            "days": self.working_days,
            "due": self.due_at.isoformat(),
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
            due_at=datetime.fromisoformat(data["due"]),
            weekend_days=int(data["weekend"]),
            waited=int(data["waited"]),
            closed=tuple((date.fromisoformat(day), name) for day, name in data["closed"]),
        )


def deadline(start: datetime, working_days: int, pauses: Iterable[Pause] = ()) -> Deadline:
    """The deadline this many (at least one) working days after ``start``, less the time waited.

    A pause without an end lasts until now. Reads the closed days once.
    """
    days, waits, now = max(working_days, 1), list(pauses), clock.now()
    first = clock.local(start).date()
    waited = sum((((until or now) - since).days for since, until in waits), 0)
    closures = closures_between(first, first + timedelta(days=days * 2 + 60 + waited))
    reckoned = add_working_days(start, days, closures, waits, now=now)
    return _summary(first, days, reckoned.due_at, reckoned.steps)


def deadlines(start: datetime, *working_days: int) -> tuple[Deadline, ...]:
    """Several deadlines from one start, without pauses; reads the closed days once."""
    first, longest = clock.local(start).date(), max((1, *working_days))
    closures = closures_between(first, first + timedelta(days=longest * 2 + 60))
    found = []
    for days in (max(asked, 1) for asked in working_days):
        reckoned = add_working_days(start, days, closures, [], now=clock.now())
        found.append(_summary(first, days, reckoned.due_at, reckoned.steps))
    return tuple(found)


def _summary(
    start: date, working_days: int, due_at: datetime, steps: Iterable[DayStep]
) -> Deadline:
    kinds = Counter(step.kind for step in steps)
    return Deadline(
        start=start,
        working_days=working_days,
        due_at=due_at.astimezone(UTC),
        weekend_days=kinds[DayKind.WEEKEND],
        waited=kinds[DayKind.PAUSED],
        closed=tuple((step.day, step.note) for step in steps if step.kind is DayKind.CLOSURE),
    )
