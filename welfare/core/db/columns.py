"""Column types shared by all domains."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

Purpose = Literal["identity", "contact", "address", "health", "welfare", "narrative", "staff"]


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment; kept in UTC, given back in UTC. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into the form the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Baht(TypeDecorator[Decimal]):
    """An amount of money, kept as whole satang: sums and comparisons inside SQL are exact.

    SQLite keeps a Numeric as a float; a budget must not be compared in floats.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Turn baht into satang."""
        return None if value is None else int((Decimal(value) * 100).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn satang into baht with two decimals."""
        return None if value is None else Decimal(int(value)) / 100


_MARKS, _LETTERS = "็่้๊๋์๎", "აბგდევზ"
_TO_LETTERS = str.maketrans(_MARKS, _LETTERS)
_TO_MARKS = str.maketrans(_LETTERS, _MARKS)


class SearchText(TypeDecorator[str]):
    """Text that trigrams search. In PostgreSQL tones and the silencer are kept as other letters.

    To pg_trgm these marks are no part of a word: it cuts รั่ว into รั and ว, which stand together
    in many texts. As letters of a script nobody writes here they make trigrams like all others.
    Give values that are compared with such a column this type too.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Turn text into the form the database keeps."""
        if value is None or dialect.name != "postgresql":
            return value
        return value.translate(_TO_LETTERS)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give the text back as it was."""
        if value is None or dialect.name != "postgresql":
            return value
        return value.translate(_TO_MARKS)


def str_enum(kind: type[StrEnum], *, length: int = 24) -> Enum:
    """A StrEnum kept as its value in a VARCHAR with a CHECK, alike on both databases."""
    return Enum(
        kind,
        native_enum=False,
        length=length,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
        create_constraint=False,
    )


def personal(purpose: Purpose, *, retention: str = "case+10y") -> dict[str, Any]:
    """Column ``info`` that marks personal data.

    Masking in the audit, access packages, retention and the register of processing read it.
    ``retention`` names a rule, such as ``case+10y`` (official documents are kept ten years:
    Regulation on Records 2526, item 57), or ``papers``: as long as the paper that says it.
    """
    return {"personal": purpose, "retention": retention}
