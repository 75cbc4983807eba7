"""Deadlines in working days, with the arithmetic to show for them.

A *working day* is Monday to Friday and not a closure. A working day *counts* towards a deadline
unless the office was waiting (a pause) at any time during that day's office hours. The day a
request comes in never counts; the deadline is closing time of the last day that counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, NamedTuple

import holidays

from welfare.core.clock import BANGKOK

OPENS: Final = time(8, 30)
CLOSES: Final = time(16, 30)

#: Longest pause or run of closures between two counted days, in days: beyond it the input is wrong.
_HORIZON: Final = 20_000

Pause = tuple[datetime, datetime | None]


class DayKind(StrEnum):
    """Why a day counts towards a deadline or does not."""

    COUNTED = "counted"
    WEEKEND = "weekend"
    CLOSURE = "closure"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class DayStep:
    """One calendar day on the way to a deadline.

    ``number`` is which working day it is (1, 2, …) where it counts; ``note`` the closure's name.
    """

    day: date
    kind: DayKind
    number: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due and how that was reckoned, day by day after the start day.

    ``provisional`` says that a pause is still open: the time is right if work went on at once.
    """

    due_at: datetime
    steps: tuple[DayStep, ...]
    provisional: bool = False


class Holiday(NamedTuple):
    """A day on which government offices are closed."""

    day: date
    name_th: str
    name_en: str


def add_working_days(
    start: datetime,
    days: int,
    closures: Mapping[date, str],
    pauses: Sequence[Pause] = (),
    *,
    tz: tzinfo = BANGKOK,
    now: datetime | None = None,
) -> Deadline:
    """Closing time of the ``days``-th counted day after the day of ``start`` (aware).

    ``days`` is at least 1. Pauses are half-open, begin inclusive; one without an end is taken to
    last until ``now`` (at least until it began), and makes the deadline provisional.
    """
    if start.tzinfo is None or days < 1:
        raise ValueError("a deadline needs an aware start and at least one day")
    spans = [(begin, _end(begin, end, now)) for begin, end in pauses]
    day = start.astimezone(tz).date()
    steps: list[DayStep] = []
    counted = 0
    for _ in range(_HORIZON + 7 * days):
        day += timedelta(days=1)
        step = _classify(day, closures, spans, tz)
        if step.kind is DayKind.COUNTED:
            counted += 1
            step = DayStep(day, DayKind.COUNTED, counted)
        steps.append(step)
        if counted == days:
            due_at = datetime.combine(day, CLOSES, tz)
            open_pause = any(end is None and begin < due_at for begin, end in pauses)
            return Deadline(due_at, tuple(steps), provisional=open_pause)
    raise ValueError("no working day is left before the horizon")


def is_working_day(day: date, closures: Mapping[date, str] | frozenset[date]) -> bool:
    """Whether the office is open: Monday to Friday and not a closure."""
    return day.weekday() < 5 and day not in closures


def working_days_between(
    after: date, until: date, closures: Mapping[date, str] | frozenset[date]
) -> int:
    """Working days after one day up to and including another; negative when ``until`` is before."""
    if until < after:
        return -working_days_between(until, after, closures)
    weeks, rest = divmod((until - after).days, 7)
    days = weeks * 5 + sum((after + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
    return days - sum(after < day <= until and day.weekday() < 5 for day in closures)


def thai_holidays(years: Iterable[int]) -> list[Holiday]:
    """Days on which Thai government offices are closed in these CE years, to pre-fill closures.

    From the ``holidays`` package: public and government holidays with their substitutes, without
    Labour Day (private employers only) and Children's Day (a Saturday, no day off). Special days
    the cabinet announces later are added by hand. Unknown years give what is fixed by date.
    """
    wanted = sorted(set(years))
    kinds = (holidays.PUBLIC, holidays.GOVERNMENT)
    thai = holidays.country_holidays("TH", years=wanted, language="th", categories=kinds)
    english = holidays.country_holidays("TH", years=wanted, language="en_US", categories=kinds)
    found = []
    for day in sorted(english):
        kept = _days_off(thai[day].split("; "), english[day].split("; "))
        if day.year in wanted and kept:
            found.append(Holiday(day, "; ".join(kept), "; ".join(kept.values())))
    return found


_OPEN_ALL_THE_SAME: Final = ("National Labor Day", "National Children's Day")


def _days_off(thai: list[str], english: list[str]) -> dict[str, str]:
    """Thai names with their English ones, of what closes government offices."""
    pairs = zip(thai, english, strict=True)
    return {th: en for th, en in pairs if not en.startswith(_OPEN_ALL_THE_SAME)}


def _end(begin: datetime, end: datetime | None, now: datetime | None) -> datetime:
    return end if end is not None else max(begin, now or begin)


def _classify(
    day: date,
    closures: Mapping[date, str],
    pauses: Sequence[tuple[datetime, datetime]],
    tz: tzinfo,
) -> DayStep:
    if day in closures:
        return DayStep(day, DayKind.CLOSURE, note=closures[day])
    if day.weekday() >= 5:
        return DayStep(day, DayKind.WEEKEND)
    opens, closes = datetime.combine(day, OPENS, tz), datetime.combine(day, CLOSES, tz)
    if any(begin < closes and end > opens and begin < end for begin, end in pauses):
        return DayStep(day, DayKind.PAUSED)
    return DayStep(day, DayKind.COUNTED)
