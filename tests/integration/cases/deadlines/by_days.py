"""Counts a deadline day by day, from the words of the rule and nothing of the program.

Monday to Friday count, but not a closed day, and not a day in whose office hours (08:30 to 16:30)
the office waited for a single minute. The day on which the clock began does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

THAI = timezone(timedelta(hours=7))
SUNDAY = date(2023, 1, 1)
OFFICE_MINUTES = range(8 * 60 + 30, 16 * 60 + 30)

Wait = tuple[datetime, datetime]


def counted_day(
    began: datetime, days: int, closed: set[date], waits: Sequence[Wait]
) -> tuple[date, list[date]]:
    """The last day of a deadline, and the working days waited until then."""
    day = began.astimezone(THAI).date()
    waited: list[date] = []
    left = days
    while left:
        day = date.fromordinal(day.toordinal() + 1)
        if (day - SUNDAY).days % 7 in (0, 6) or day in closed:
            continue
        if waits_in_office_hours(day, waits):
            waited.append(day)
        else:
            left -= 1
    return day, waited


def waits_in_office_hours(day: date, waits: Sequence[Wait]) -> bool:
    """Whether the office waited in any minute of its hours on a day."""
    near = [
        wait
        for wait in waits
        if wait[0].astimezone(THAI).date() <= day <= wait[1].astimezone(THAI).date()
    ]
    if not near:
        return False
    midnight = datetime(day.year, day.month, day.day, tzinfo=THAI)
    for minute in OFFICE_MINUTES:
        moment = midnight + timedelta(minutes=minute)
        if any(begun <= moment < ended for begun, ended in near):
            return True
    return False
