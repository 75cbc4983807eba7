"""The one clock. Everything that asks for the time asks here, so that tests can set it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

_frozen: datetime | None = None


def freeze(moment: datetime | None) -> None:
    """Stop the clock at an aware moment, or let it run again with ``None``."""
    global _frozen
    if moment is not None and moment.tzinfo is None:
        raise ValueError("the clock stops only at a moment with a time zone")
    _frozen = moment.astimezone(UTC) if moment is not None else None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen if _frozen is not None else datetime.now(UTC)


def today() -> date:
    """The present day in Thailand."""
    return now().astimezone(BANGKOK).date()


def local(moment: datetime) -> datetime:
    """The same moment on the wall clock of Thailand."""
    return moment.astimezone(BANGKOK)
