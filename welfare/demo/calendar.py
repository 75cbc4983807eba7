"""Office hours of the demonstration: Bangkok time, working days, quiet nights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from welfare.core import workdays
from welfare.core.workdays import Pause, is_working_day, thai_holidays

BANGKOK = ZoneInfo("Asia/Bangkok")


@cache
def closures(year: int) -> dict[date, str]:
    """Return the holidays of that year (CE) and the next."""
    return {holiday.day: holiday.name_th for holiday in thai_holidays([year, year + 1])}


def is_working(day: date) -> bool:
    """Whether the office is open that day."""
    return is_working_day(day, closures(day.year))


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`; count 0: `day` or the next open day."""
    while not is_working(day) or count > 0:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def due_on(start: datetime, days: int, waits: Sequence[Pause] = ()) -> date:
    """Return the day of the deadline `days` working days after `start`, waits left out."""
    return workdays.add_working_days(start, days, closures(start.year), waits).due_at.date()


def office_time(rng: random.Random, day: date) -> datetime:
    """Draw a moment in office hours (08:30-16:25, lunch spared) of the next open day."""
    day = add_working_days(day, 0)
    minutes = rng.choice((rng.randint(0, 205), rng.randint(275, 475)))
    start = datetime.combine(day, time(8, 30), BANGKOK)
    return start + timedelta(minutes=minutes, seconds=rng.randint(0, 59))


def any_time(rng: random.Random, day: date) -> datetime:
    """Draw a moment when people write from home: any day, mostly 7-22 o'clock."""
    hour = rng.choices(
        range(24), (1, 0, 0, 0, 0, 1, 3, 6, 8, 9, 9, 8, 8, 7, 7, 6, 6, 6, 7, 8, 8, 6, 4, 2)
    )
    clock = time(hour[0], rng.randint(0, 59), rng.randint(0, 59))
    return datetime.combine(day, clock, BANGKOK)


def after(rng: random.Random, moment: datetime, low: int, high: int) -> datetime:
    """Draw office time `low` to `high` days after `moment`, always later than it."""
    drawn = office_time(rng, (moment + timedelta(days=rng.randint(low, high))).date())
    if drawn > moment:
        return drawn
    in_hours = is_working(moment.date()) and time(8, 20) <= moment.time() <= time(15, 50)
    if in_hours:
        return moment + timedelta(minutes=rng.randint(4, 40))
    if moment.time() < time(8, 20):
        return office_time(rng, moment.date())
    return office_time(rng, moment.date() + timedelta(days=1))
