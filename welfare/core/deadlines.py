"""Deadlines of this office: the rule of ``core.workdays`` with the closed days of the database,
and their arithmetic in a few numbers that can be kept and shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from welfare.core import clock
from welfare.core.municipality import closures_between
from welfare.core.workdays import DayKind, DayStep, Pause, add_working_days

__all__ = ["Deadline", "Pause", "closures_for", "deadline", "deadlines", "reckoned"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and how it came about.

    ``start`` is the day that does not count. ``weekend_days``, ``closed`` and ``waited`` (working
    days on which the office waited for somebody else) are what was left out up to ``due_at``.
    ``waited_on`` names those days, each with whom for where the caller knows it.
    """

    start: date
    working_days: int
    due_at: datetime
    weekend_days: int = 0
    waited: int = 0
    closed: tuple[tuple[date, str], ...] = ()
    waited_on: tuple[tuple[date, str], ...] = ()

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
            "waited_on": [[day.isoformat(), whom] for day, whom in self.waited_on],
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
            waited_on=tuple(
                (date.fromisoformat(day), whom) for day, whom in data.get("waited_on", ())
            ),
        )


def closures_for(
    start: datetime, working_days: int, pauses: Iterable[Pause] = ()
) -> dict[date, str]:
    """The closed days that a deadline of so many working days may meet. One statement."""
    first, now = clock.local(start).date(), clock.now()
    waited = sum((((until or now) - since).days for since, until in pauses), 0)
    return closures_between(first, first + timedelta(days=working_days * 2 + 60 + waited))


def reckoned(
    start: datetime,
    working_days: int,
    closures: Mapping[date, str],
    pauses: Sequence[Pause] = (),
) -> Deadline:
    """The deadline this many (at least one) working days after ``start``, less the time waited.

    A pause without an end lasts until now.
    """
    days = max(working_days, 1)
    found = add_working_days(start, days, closures, pauses, now=clock.now())
    return _summary(clock.local(start).date(), days, found.due_at, found.steps)


def deadline(start: datetime, working_days: int, pauses: Iterable[Pause] = ()) -> Deadline:
    """As :func:`reckoned`, with the closed days of the database: reads them once."""
    days, waits = max(working_days, 1), list(pauses)
    return reckoned(start, days, closures_for(start, days, waits), waits)


def deadlines(start: datetime, *working_days: int) -> tuple[Deadline, ...]:
    """Several deadlines from one start, without pauses; reads the closed days once."""
    closures = closures_for(start, max((1, *working_days)))
    return tuple(reckoned(start, days, closures) for days in working_days)


def _summary(
    start: date, working_days: int, due_at: datetime, steps: Iterable[DayStep]
) -> Deadline:
    walked = tuple(steps)
    kinds = Counter(step.kind for step in walked)
    return Deadline(
        start=start,
        working_days=working_days,
        due_at=due_at.astimezone(UTC),
        weekend_days=kinds[DayKind.WEEKEND],
        waited=kinds[DayKind.PAUSED],
        closed=tuple((step.day, step.note) for step in walked if step.kind is DayKind.CLOSURE),
        waited_on=tuple((step.day, "") for step in walked if step.kind is DayKind.PAUSED),
    )
