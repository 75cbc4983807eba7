"""รายงานผลการดำเนินงาน of a month or a year: figures, charts and what they mean."""

from dataclasses import dataclass
from datetime import date

from welfare.core.pdf.layouts.charts import Bar, Pair, bars, pairs
from welfare.core.pdf.letterhead import Office

TEMPLATE = "documents/management_report.html"
LABEL = 290
"""Room for the names of categories, in pixels."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that counts, with the same of the time before and what it means."""

    label: str
    value: str
    before: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village: what came in, what was closed, what is open, and what of it is late."""

    village: str
    new: int
    closed: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class ManagementReport:
    """All that stands in the report; figures as they were counted on `counted_on`."""

    office: Office
    period: str
    counted_on: date
    headlines: tuple[Headline, ...] = ()
    months: tuple[Pair, ...] = ()
    categories: tuple[Bar, ...] = ()
    outcomes: tuple[Bar, ...] = ()
    villages: tuple[VillageLine, ...] = ()
    explanation: str = ""
    unmet: str = ""
    proposals: str = ""
    how_counted: str = ""
    author: str = ""
    author_position: str = ""
    head: str = ""
    head_position: str = ""


def drawings(report: ManagementReport) -> dict[str, bytes]:
    """The charts, by the names the template asks for."""
    return {
        "months": pairs(report.months, ("รับใหม่", "ปิดแล้ว")),
        "categories": bars(report.categories, label=LABEL),
        "outcomes": bars(report.outcomes, label=LABEL),
    }
