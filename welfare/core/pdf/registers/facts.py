"""What a register is made of, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from welfare.core.pdf.letterhead import Office

Value = str | int | Decimal | None
"""What stands in a cell; `None` leaves it empty, to be filled by hand."""


class Kind(StrEnum):
    """What a column holds, and so how it is set."""

    TEXT = "text"
    CENTRED = "centred"
    NUMBER = "number"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and its share of the width. `total`: summed by group and over all."""

    head: str
    width: float
    kind: Kind = Kind.TEXT
    total: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are summed together (a village); each row as long as there are columns."""

    title: str
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Register:
    """A whole list. Rows are numbered through; `wide` turns the paper.

    `unit` counts what a row is (ราย). `signers`: who signs at the end, a part or a position each.
    """

    office: Office
    title: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    printed_at: datetime
    printed_by: str
    subtitle: tuple[str, ...] = ()
    unit: str = "ราย"
    wide: bool = False
    signers: tuple[str, ...] = ()
    verify: Mapping[str, str] | None = None
    """Of one that is issued: what its last page says of how to verify it."""
    drawings: Mapping[str, bytes] = field(default_factory=dict)
    """The QR code of that, as ``verify``."""
