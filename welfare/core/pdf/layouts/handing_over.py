"""ใบสำคัญรับเงินและใบรับความช่วยเหลือ: what was handed over, to whom, and who signs for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from welfare.core.pdf.letterhead import Office

TEMPLATE = "documents/aid_receipt.html"


@dataclass(frozen=True, slots=True)
class Given:
    """A line: what, how much of it, and its amount in baht where it is money."""

    what: str
    quantity: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AidReceipt:
    """All that stands in the voucher; `witnesses` have a line each, as thumbprints need two."""

    office: Office
    number: str = ""
    given_on: date | None = None
    receiver: str = ""
    id_number: str = ""
    address: str = ""
    on_behalf_of: str = ""
    case_number: str = ""
    fund: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    lines: tuple[Given, ...] = ()
    payer: str = ""
    payer_position: str = ""
    witnesses: tuple[str, ...] = ("", "")
    return_by: date | None = None
    """Until when what was lent is brought back; nothing where it was given for good."""
    remark: str = ""
    total: Decimal | None = None
    """The money in all, `None` where nothing of it is money; `total_of` reckons it."""


def total_of(lines: tuple[Given, ...]) -> Decimal | None:
    """The money of these lines in all."""
    amounts = [line.amount for line in lines if line.amount is not None]
    return sum(amounts, Decimal(0)) if amounts else None
