"""The manager's page as plain values: every number with the address of the cases behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from welfare.cases.queries import Counts, Tally, categories, counts, villages
from welfare.core.security.permissions import Viewer
from welfare.reports.queries.months import months_until, present_month, shifted
from welfare.reports.queries.periods import Period

LIST = "/desk/cases"
TREND_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where the cases stand that it counts (empty when there are none)."""

    n: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One village, category or worker: open, overdue, new, closed.

    ``key``: 0 is the village, category or worker that is not known. ``name`` is empty where the
    words depend on the language (villages, categories).
    """

    key: int
    name: str
    open: Number
    overdue: Number
    new: Number
    closed: Number


@dataclass(frozen=True, slots=True)
class Month:
    """New and closed cases of one month."""

    month: str
    new: Number
    closed: Number


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole page. Open and overdue are those of this moment, whatever the month."""

    month: str
    running: bool
    total: Line
    before: Tally
    villages: tuple[Line, ...]
    categories: tuple[Line, ...]
    workers: tuple[Line, ...]
    trend: tuple[Month, ...]


def figures(viewer: Viewer, month: str) -> Figures:
    """The numbers of a month in the viewer's area; ``Forbidden`` without the right to them."""
    trend = months_until(month, TREND_MONTHS)
    found = counts(viewer, month, also=[*trend, shifted(month, -1)])
    return Figures(
        month=month,
        running=month == present_month(),
        total=_line(0, "", "", found.total, month),
        before=found.months[shifted(month, -1)],
        villages=_villages(found, viewer),
        categories=_categories(found),
        workers=_workers(found),
        trend=tuple(_month(name, found.months[name]) for name in trend),
    )


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """New and closed of a month or a fiscal year, open and overdue of this moment: the numbers of
    the page, summed by the same counters. ``before`` is as long and ends where it begins."""

    period: Period
    total: Line
    before: Tally
    villages: tuple[Line, ...]
    categories: tuple[Line, ...]
    trend: tuple[Month, ...]


def period_figures(viewer: Viewer, period: Period) -> PeriodFigures:
    """The numbers of a month or a fiscal year in the viewer's area; ``Forbidden`` without the
    right to them. The trend of a month is that of the year until then, of a year its months."""
    trend = period.months if period.year is not None else months_until(period.key, TREND_MONTHS)
    earlier = period.before.months
    found = counts(viewer, also=sorted({*trend, *earlier}), months=period.months, names=False)
    found = replace(found, month="" if period.year is not None else period.key)
    return PeriodFigures(
        period=period,
        total=_line(0, "", "", found.total, found.month),
        before=Tally(
            new=sum(found.months[name].new for name in earlier),
            closed=sum(found.months[name].closed for name in earlier),
        ),
        villages=_villages(found, viewer),
        categories=_categories(found),
        trend=tuple(_month(name, found.months[name]) for name in trend),
    )


def _villages(found: Counts, viewer: Viewer) -> tuple[Line, ...]:
    known = [row.village_no for row in villages() if viewer.covers(row.village_no)]
    keys = [*known, *(key for key in sorted(found.by_village) if key and key not in known), 0]
    return tuple(
        _line(key, "", f"village={key}", found.by_village.get(key, Tally()), found.month)
        for key in keys
        if key or key in found.by_village
    )


def _categories(found: Counts) -> tuple[Line, ...]:
    lines = [
        _line(row.id, "", urlencode({"category": row.code}), tally, found.month)
        for row in categories(active_only=False)
        if (tally := found.by_category.get(row.id))
    ]
    return _busiest_first(lines)


def _workers(found: Counts) -> tuple[Line, ...]:
    lines = [
        _line(key, name, urlencode({"assignee": username}), found.by_worker[key], found.month)
        for key, username in found.worker_usernames.items()
        if (name := found.worker_names[key])
    ]
    if 0 in found.by_worker:
        lines.append(_line(0, "", "assignee=none", found.by_worker[0], found.month))
    return _busiest_first(lines)


def _busiest_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.open.n, -line.new.n - line.closed.n)))


def _line(key: int, name: str, filters: str, tally: Tally, month: str) -> Line:
    also = f"&{filters}" if filters else ""
    return Line(
        key,
        name,
        _number(tally.open, f"{LIST}?status=open{also}"),
        _number(tally.overdue, f"{LIST}?overdue=1{also}"),
        _number(tally.new, f"{LIST}?opened={month}{also}" if month else ""),
        _number(tally.closed, f"{LIST}?closed={month}{also}" if month else ""),
    )


def _month(month: str, tally: Tally) -> Month:
    return Month(
        month,
        _number(tally.new, f"{LIST}?opened={month}"),
        _number(tally.closed, f"{LIST}?closed={month}"),
    )


def _number(n: int, url: str) -> Number:
    return Number(n, url if n else "")
