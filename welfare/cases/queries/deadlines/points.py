"""At what time a rule comes to its point: so many working days before or after a deadline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.workdays import OPENS, working_days_between

FARTHEST = 400
"""Days, in either direction, within which a point is looked for."""


def reached_until(offset: int, day: date, closures: Mapping[date, str]) -> date:
    """The latest deadline whose point has come on ``day``.

    ``offset`` is in working days: -1 comes to its point on the working day before the deadline,
    0 on its day, 3 on the third working day after it.
    """
    closed = frozenset(closures)
    due = day
    if offset >= 0:
        while working_days_between(due, day, closed) < offset and (day - due).days < FARTHEST:
            due -= timedelta(days=1)
        return due
    while (
        working_days_between(day, due + timedelta(days=1), closed) <= -offset
        and (due - day).days < FARTHEST
    ):
        due += timedelta(days=1)
    return due


def working_today(now: datetime) -> date:
    """The day whose points have come: today from the hour on which the office opens."""
    local = clock.local(now)
    return local.date() if local.time() >= OPENS else local.date() - timedelta(days=1)


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of a day after ``first`` to the end of ``last``, as moments."""
    return (
        datetime.combine(first + timedelta(days=1), time(), clock.BANGKOK),
        datetime.combine(last + timedelta(days=1), time(), clock.BANGKOK),
    )


def point_words(offset: int) -> str:
    """When a rule comes to its point."""
    if offset == 0:
        return _("on the last day")
    if offset < 0:
        return _("%(n)s working days before", n=-offset)
    return _("%(n)s working days after", n=offset)
