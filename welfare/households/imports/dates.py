"""Dates in cells: text in every form, numbers, true dates, in either era."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from welfare.core.thai.dateinput import ParsedDate, parse_date
from welfare.core.thai.dates import BE_OFFSET, Precision, format_short
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import clean_line
from welfare.households.imports.findings import Read, Unreadable
from welfare.households.imports.reading import Cell

_SERIAL_START: Final = date(1899, 12, 30)
_FIRST_BE: Final = 2400
_TIME: Final = re.compile(r"[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*น\.?)?\s*$")
_UNKNOWN: Final = re.compile(r"(?:0{1,2}|-{1,2}|x{1,2}|\?{1,2}|)", re.I)
_PARTS: Final = re.compile(r"([^/.\s]*)[/.\s-]([^/.\s]*)[/.\s-](\d{4})")
_YEAR_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
_US: Final = re.compile(r"(\d{1,2})[/\-.](1[3-9]|2\d|3[01])[/\-.](\d{4})")
EXAMPLE: Final = "4 ม.ค. 2509"


def read_date(cell: Cell) -> Read:
    """A date with what is known of it: ``Read.value`` is a :class:`ParsedDate`."""
    if isinstance(cell, bool):
        raise Unreadable("date_unreadable", EXAMPLE)
    if isinstance(cell, date):
        return _true_date(cell)
    if isinstance(cell, int | float):
        return _number(float(cell))
    return _text(clean_line(str(cell)))


def same_day(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same day, as exactly as the one that says less. A cell that cannot
    be read says no day."""
    try:
        a, b = read_date(one).value, read_date(other).value
    except Unreadable:
        return False
    if "year" in (a.precision, b.precision):
        return bool(a.date.year == b.date.year)
    if "month" in (a.precision, b.precision):
        return bool(a.date.replace(day=1) == b.date.replace(day=1))
    return bool(a.date == b.date)


def _true_date(day: date) -> Read:
    """A true date; the office types พ.ศ. and the spreadsheet takes it for the Christian year."""
    if day.year >= _FIRST_BE:
        return Read(_dated(_shift(day)), "date_be_true")
    if not 1850 <= day.year <= 2100:
        raise Unreadable("date_year", EXAMPLE)
    return Read(_dated(day))


def _shift(day: date) -> date:
    try:
        return day.replace(year=day.year - BE_OFFSET)
    except ValueError:
        raise Unreadable("date_day", EXAMPLE) from None


def _dated(day: date, precision: Precision = "day") -> ParsedDate:
    return ParsedDate(day, precision)


def _number(number: float) -> Read:
    whole = int(number)
    if whole == number and (_FIRST_BE <= whole <= 2700 or 1850 <= whole <= 2100):
        return Read(_parsed(str(whole)))
    if 10_000_000 > whole >= 1_000_000 or 99_999_999 >= whole >= 10_000_000:
        return _run_together(f"{whole:08d}")
    if 1 <= whole <= 300_000:
        return _true_date(_SERIAL_START + timedelta(days=whole))
    raise Unreadable("date_unreadable", EXAMPLE)


def _run_together(digits: str) -> Read:
    """04012509 or 25090104."""
    for year, month, day in (
        (digits[4:], digits[2:4], digits[:2]),
        (digits[:4], digits[4:6], digits[6:]),
    ):
        try:
            found = _parsed(f"{int(day)}/{int(month)}/{year}")
        except Unreadable:
            continue
        return Read(found, "date_digits")
    raise Unreadable("date_unreadable", EXAMPLE)


def _text(text: str) -> Read:
    plain = _TIME.sub("", to_arabic(text).lstrip("'")).strip()
    if plain.isascii() and plain.isdecimal() and len(plain) in (7, 8):
        return _run_together(plain.rjust(8, "0"))
    if parts := _YEAR_MONTH.fullmatch(plain):
        return Read(_parsed(f"{parts[2]}/{parts[1]}"))
    parts = _PARTS.fullmatch(plain)
    if parts and _UNKNOWN.fullmatch(parts[1]):
        if _UNKNOWN.fullmatch(parts[2]):
            return Read(_parsed(parts[3]), "date_partial")
        return Read(
            _parsed(f"{parts[2]}/{parts[3]}" if parts[2].isdecimal() else f"{parts[2]} {parts[3]}"),
            "date_partial",
        )
    return Read(_parsed(plain))


def _parsed(text: str) -> ParsedDate:
    try:
        return parse_date(text)
    except InputFault as fault:
        raise Unreadable(fault.code, _advice(text)) from None


def _advice(text: str) -> str:
    """What would be right, as far as it can be told."""
    if swapped := _US.fullmatch(text):
        try:
            return format_short(parse_date(f"{swapped[2]}/{swapped[1]}/{swapped[3]}").date)
        except InputFault:
            return EXAMPLE
    return EXAMPLE
