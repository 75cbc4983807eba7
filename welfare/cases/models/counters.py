"""Kept counters, so that the manager's page does not count a million rows."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, str_enum

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""The mark before the first roll: every overdue case is counted live."""


class Measure(StrEnum):
    """What is counted. ``opened`` and ``closed`` are kept by month (``2026-11``)."""

    OPEN = "open"
    OVERDUE = "overdue"
    OPENED = "opened"
    CLOSED = "closed"


class CaseCount(Base):
    """Number of cases of one cell: measure, month, village, category, worker.

    Villages, categories and workers that are not known are 0. Restricted cases are counted too:
    a number says nothing of anybody.
    """

    __tablename__ = "case_counts"

    measure: Mapped[Measure] = mapped_column(str_enum(Measure), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True, default="")
    village_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dimension: Mapped[str] = mapped_column(String(8), primary_key=True)
    """``category`` or ``worker``; the village totals are the sum over ``category``."""
    value_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(default=0)


class CountMark(Base):
    """Until which moment overdue cases have been moved into their counter (one row).

    What fell due since is counted live, so the figures are right even when the worker stands.
    """

    __tablename__ = "count_marks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    overdue_until: Mapped[datetime] = mapped_column(UTCDateTime)
