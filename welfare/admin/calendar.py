"""A year as twelve small months."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from welfare.core.calendar import ClosedDay


@dataclass(frozen=True, slots=True)
class Cell:
    """One day in a month; the name of the closed day, or none."""

    number: int
    closed: str
    weekend: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday to Sunday; ``None`` where a day belongs to another month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    working_days: int


def months_of(year: int, closed: Iterable[ClosedDay]) -> list[Month]:
    """All months of a year (ค.ศ.)."""
    names = {found.day: found.name_th for found in closed}
    return [_month(year, number, names) for number in range(1, 13)]


def _month(year: int, number: int, names: dict[date, str]) -> Month:
    weeks = []
    working = 0
    for week in calendar.Calendar().monthdatescalendar(year, number):
        cells: list[Cell | None] = []
        for day in week:
            if day.month != number:
                cells.append(None)
                continue
            cell = Cell(day.day, names.get(day, ""), day.weekday() >= 5)
            working += not cell.closed and not cell.weekend
            cells.append(cell)
        weeks.append(tuple(cells))
    return Month(date(year, number, 1), tuple(weeks), working)
