"""สถิติเรื่องร้องเรียนร้องทุกข์ of a month or a fiscal year, as ITA asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from welfare.core.pdf.layouts.charts import Bar, bars
from welfare.core.pdf.letterhead import Office

TEMPLATE = "documents/complaint_statistics.html"


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a table: its words, how many, and what part of all in per cent. ``number`` is a
    text where it is not told (น้อยกว่า 5)."""

    label: str
    number: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading and what its first column is called."""

    title: str
    first: str
    rows: Sequence[Share]


@dataclass(frozen=True, slots=True)
class ComplaintStatisticsOnPaper:
    """All that stands on it; figures as they were counted on ``counted_on``."""

    office: Office
    period: str
    counted_on: date
    headlines: tuple[Share, ...] = ()
    months: tuple[Bar, ...] = ()
    tables: tuple[Table, ...] = ()
    conduct: tuple[Share, ...] = ()
    how_counted: str = ""


def drawings(given: ComplaintStatisticsOnPaper) -> dict[str, bytes]:
    """The chart, by the name the template asks for."""
    return {"months": bars(given.months, label=120)}
