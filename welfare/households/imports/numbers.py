"""Amounts, ages, scores and degrees in cells."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.money import parse_baht
from welfare.core.thai.text import clean_line
from welfare.households.imports.findings import Read, Unreadable
from welfare.households.imports.reading import Cell

_LARGEST: Final = Decimal("9999999999.99")
_OLDEST: Final = 125


def read_money(cell: Cell) -> Read:
    """An amount in baht; at most two decimals."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unreadable("money_unreadable", "1,500")
    text = f"{cell:.2f}" if isinstance(cell, int | float) else clean_line(cell)
    text = re.sub(r"\s*(บาท)?\s*(/|ต่อ)?\s*(เดือน|ปี)?\s*$", "", text) or text
    try:
        amount = parse_baht(text)
    except InputFault as fault:
        raise Unreadable(fault.code, "1,500") from None
    if amount > _LARGEST:
        raise Unreadable("money_too_large", "1,500")
    return Read(amount)


def read_years(cell: Cell) -> Read:
    """Completed years: 65, ``65 ปี``, ``๖๕ ปี 3 เดือน``."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unreadable("age", "65")
    if isinstance(cell, str):
        found = re.match(r"(\d{1,3})(?:\.0)?(?!\d)", to_arabic(clean_line(cell)))
        years = int(found[1]) if found else -1
    else:
        years = int(cell)
    if not 0 <= years <= _OLDEST:
        raise Unreadable("age", "65")
    return Read(years)


def read_score(cell: Cell) -> Read:
    """The Barthel index in the Thai form, 0 to 20."""
    text = to_arabic(clean_line(str(cell))) if not isinstance(cell, float) else f"{cell:g}"
    if not re.fullmatch(r"\d{1,2}", text) or int(text) > 20:
        raise Unreadable("adl", "0–20")
    return Read(int(text))


def read_metres(cell: Cell) -> Read:
    """How exact a place is, in whole metres; 0 to 100,000."""
    try:
        metres = round(float(to_arabic(str(cell)).replace(",", "").strip()))
    except (ValueError, OverflowError):
        raise Unreadable("metres", "10") from None
    if not 0 <= metres <= 100_000:
        raise Unreadable("metres", "10")
    return Read(metres)


def read_degrees(cell: Cell, name: str) -> float | None:
    """Degrees (WGS 84), or ``None`` for what is something else (UTM metres)."""
    try:
        degrees = float(to_arabic(str(cell)).replace(",", "").strip())
    except ValueError:
        return None
    most = 90 if name == "lat" else 180
    return degrees if -most <= degrees <= most else None
