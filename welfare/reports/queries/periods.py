"""Spans of time that lists and reports are made for: a fiscal year, or a month of the calendar.

Written ``fy2570`` (1 October 2569 to 30 September 2570, named in พ.ศ.) or ``2026-11``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from welfare.core import clock
from welfare.core.thai.dates import BE_OFFSET, MONTHS, MONTHS_EN, fiscal_year, fiscal_year_range
from welfare.reports.queries.months import EARLIEST, month_asked, months_until, present_month

YEARS = 5
MONTHS_OFFERED = 24


@dataclass(frozen=True, slots=True)
class Period:
    """From its first to its last day; ``months`` as the reports name them, those to come left
    out."""

    key: str
    first: date
    last: date
    months: tuple[str, ...]

    @property
    def year(self) -> int | None:
        """The fiscal year, in พ.ศ., where it is one."""
        return int(self.key[2:]) if self.key.startswith("fy") else None

    @property
    def running(self) -> bool:
        """Whether it is not over yet."""
        return self.last >= clock.today()

    def words(self, lang: str = "th") -> str:
        """``พฤศจิกายน 2569``, ``ปีงบประมาณ พ.ศ. 2570``."""
        if self.year is not None:
            return f"fiscal year {self.year}" if lang == "en" else f"ปีงบประมาณ พ.ศ. {self.year}"
        place = self.first.month - 1
        if lang == "en":
            return f"{MONTHS_EN[place]} {self.first.year}"
        return f"{MONTHS[place]} {self.first.year + BE_OFFSET}"

    @property
    def before(self) -> Period:
        """The one before it, as long."""
        if self.year is not None:
            return of_year(self.year - 1)
        return of_month((self.first - timedelta(days=1)).strftime("%Y-%m"))

    @property
    def as_far_before(self) -> Period:
        """The one before it as far as this one has come: what running numbers are compared with.
        Its whole when this one is over."""
        before = self.before
        if not self.running:
            return before
        days = (clock.today() - self.first).days
        return replace(before, last=min(before.last, before.first + timedelta(days=days)))


def present_year() -> int:
    """The fiscal year that runs, in พ.ศ."""
    return fiscal_year(clock.today())


def of_year(year: int) -> Period:
    """A fiscal year named in พ.ศ."""
    first, last = fiscal_year_range(year)
    months = [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in _counted(first, 12)]
    return Period(f"fy{year}", first, last, tuple(m for m in months if m <= present_month()))


def _counted(first: date, number: int) -> range:
    begin = first.year * 12 + first.month - 1
    return range(begin, begin + number)


def of_month(month: str) -> Period:
    """A month of the calendar."""
    first = date.fromisoformat(f"{month}-01")
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Period(month, first, last, (month,))


def period_asked(text: str) -> Period | None:
    """The span that an address or a form asks for; ``None`` when it is none, or has not begun."""
    if re.fullmatch(r"fy2[56][0-9]{2}", text):
        year = int(text[2:])
        begun = int(EARLIEST[:4]) + BE_OFFSET
        return of_year(year) if begun <= year <= present_year() else None
    month = month_asked(text)
    return of_month(month) if month else None


def periods_offered(also: Period | None = None) -> list[Period]:
    """Those to choose from: fiscal years, then months, the newest first."""
    years = [of_year(present_year() - ago) for ago in range(YEARS)]
    months = [of_month(name) for name in reversed(months_until(present_month(), MONTHS_OFFERED))]
    offered = [*years, *months]
    if also is not None and also not in offered:
        offered.append(also)
    return offered


def years_offered() -> list[Period]:
    """The fiscal years alone."""
    return [of_year(present_year() - ago) for ago in range(YEARS)]
