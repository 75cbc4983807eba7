"""Months as the reports count them: calendar months in Thailand, written ``2026-11``."""

from __future__ import annotations

import re

from welfare.core import clock

EARLIEST = "2010-01"
"""Nothing was counted before."""


def present_month() -> str:
    """The month that runs now."""
    return clock.today().strftime("%Y-%m")


def month_asked(text: str) -> str | None:
    """The month that an address asks for; ``None`` when it is no month or has not begun yet."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text):
        return None
    return text if EARLIEST <= text <= present_month() else None


def shifted(month: str, by: int) -> str:
    """The month so many months later (or earlier, for a negative number)."""
    year, place = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year:04d}-{place + 1:02d}"


def months_until(month: str, number: int) -> list[str]:
    """So many months, the last of them ``month``."""
    return [shifted(month, by) for by in range(1 - number, 1)]
