"""The record of a household on paper (ทะเบียนครัวเรือน): for the file, and to take along.

Plain values only, already cut down to what its reader may see. Everything is Thai: the paper is the
office's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from welfare.core import pdf
from welfare.core.pdf.letterhead import Office


@dataclass(frozen=True, slots=True)
class MemberOnPaper:
    """Somebody of the house; ``age`` in years."""

    name: str
    relation: str
    sex: str
    age: int | None
    lives_here: bool
    registered: bool
    since: date | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class NeedOnPaper:
    """A problem or a strength, in words."""

    kind: str
    dimension: str
    text: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class HelpOnPaper:
    """Help that was given; ``amount`` in baht, absent where it was not money."""

    on: date
    what: str
    fund: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class YearOnPaper:
    """Help of one fiscal year (พ.ศ.)."""

    year: int
    times: int
    baht: Decimal


@dataclass(frozen=True, slots=True)
class CaseOnPaper:
    """A case of the house: its state or its outcome in words."""

    number: str
    title: str
    category: str
    opened_on: date
    state: str


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    """All that stands in the record of one household. ``facts``: pairs of a label and a value."""

    office: Office
    number: str
    address: str
    printed_at: datetime
    printed_by: str
    facts: tuple[tuple[str, str], ...]
    members: tuple[MemberOnPaper, ...] = ()
    needs: tuple[NeedOnPaper, ...] = ()
    years: tuple[YearOnPaper, ...] = ()
    help: tuple[HelpOnPaper, ...] = ()
    cases: tuple[CaseOnPaper, ...] = ()
    notes: str = ""
    left_out: tuple[str, ...] = field(default=())
    """What the paper does not hold because it would grow too long, in words."""


TEMPLATE = "documents/household_record.html"


def household_record_pdf(record: HouseholdRecord) -> bytes:
    """The record as PDF, A4: one or two pages for most houses."""
    return pdf.render(TEMPLATE, record)
