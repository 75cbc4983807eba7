"""Closed lists of papers."""

from __future__ import annotations

from enum import StrEnum


class PaperStatus(StrEnum):
    """Where a paper stands. A draft has no number; what was issued stays, even taken back."""

    DRAFT = "draft"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class Secrecy(StrEnum):
    """How carefully a paper is shown: whoever reads a sensitive one stands on every page of it."""

    NORMAL = "normal"
    SENSITIVE = "sensitive"


class Keep(StrEnum):
    """How long what was issued is kept (Regulation on Records 2526, item 57)."""

    ONE_YEAR = "1y"
    FIVE_YEARS = "5y"
    TEN_YEARS = "10y"
    FOREVER = "forever"


YEARS: dict[Keep, int | None] = {
    Keep.ONE_YEAR: 1,
    Keep.FIVE_YEARS: 5,
    Keep.TEN_YEARS: 10,
    Keep.FOREVER: None,
}
"""How many years a paper is kept at least, from the end of the calendar year of its day on."""
BASIS = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 ข้อ 57"
"""Why papers are kept so long, where the municipality has set nothing else."""


class ListStatus(StrEnum):
    """How far a list of papers to be destroyed is."""

    DRAWN = "drawn"
    APPROVED = "approved"
    DESTROYED = "destroyed"
    DROPPED = "dropped"


class Fate(StrEnum):
    """What becomes of a paper on such a list."""

    WAITING = "waiting"
    KEPT = "kept"
    DESTROYED = "destroyed"
    DROPPED = "dropped"


class Archives(StrEnum):
    """Why the National Archives do not stand against it (items 69.2 and 70)."""

    AGREED = "agreed"
    SILENT = "silent"
    BEFOREHAND = "beforehand"


class Layout(StrEnum):
    """How a paper is laid out: written here as letter or memo, or by the domain it comes from."""

    LETTER = "letter"
    MEMO = "memo"
    OWN = "own"


class AssetKind(StrEnum):
    """What the municipality puts in the place of ours."""

    SEAL = "seal"
    GARUDA = "garuda"


class KeySource(StrEnum):
    """Where a certificate comes from."""

    OWN = "own"
    UPLOADED = "uploaded"


class BatchStatus(StrEnum):
    """How far a batch is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    STOPPED = "stopped"


class ItemStatus(StrEnum):
    """What became of one paper of a batch."""

    WAITING = "waiting"
    ISSUED = "issued"
    FAILED = "failed"


class PackageForm(StrEnum):
    """As what all papers of a batch are taken: the signed files together, or one to be printed."""

    ZIP = "zip"
    PDF = "pdf"


class PackageStatus(StrEnum):
    """How far that is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


PACKAGE_OPEN = (PackageStatus.WAITING, PackageStatus.WORKING)
"""A package that is still to be made."""

LETTERS, MEMOS, ORDERS, VOUCHERS = "letter", "memo", "order", "voucher"
REPORTS = "report"
"""Series of running numbers: the books of outgoing letters, of memos, of orders, of vouchers, of
reports and registers."""
SERIES = (LETTERS, MEMOS, ORDERS, VOUCHERS, REPORTS)
PREFIXES = {MEMOS: "บข.", ORDERS: "คส.", VOUCHERS: "ใบสำคัญ", REPORTS: "รง."}
"""What stands before the numbers of a book of which nobody said it: each book has a mark of its
own, so that no number names two papers. Letters: as the municipality writes its letters."""
