"""Rows as JSON and back, by the types of their columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import Date, Enum, LargeBinary, Numeric, Table

from welfare.core.db import Base, UTCDateTime

HOUSEKEEPING = frozenset({"version", "created_at", "updated_at"})
"""Columns that say when and how often, not what: they never stand against an undo."""

_AS_THEY_ARE = frozenset({str, int, bool, float})


def table(name: str) -> Table:
    """The table of this name. ``KeyError``."""
    return Base.metadata.tables[name]


def frozen(value: Any) -> Any:
    """A value of a column as JSON holds it."""
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, PythonEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bytes):
        return value.hex()
    return value


def thawed(of: Table, column: str, value: Any) -> Any:
    """The value that ``frozen`` was given."""
    if value is None:
        return None
    kind = of.c[column].type
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, Numeric) and isinstance(value, str):
        return Decimal(value)
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(value)
    return value


def frozen_row(values: Mapping[str, Any]) -> dict[str, Any]:
    """All values of a row."""
    return {name: frozen(value) for name, value in values.items()}


def thawed_row(of: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The row that ``frozen_row`` was given; columns that no longer exist are left out."""
    return {name: thawed(of, name, value) for name, value in values.items() if name in of.c}


def content(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says, without its housekeeping."""
    return {name: value for name, value in values.items() if name not in HOUSEKEEPING}


def to_json(values: Mapping[str, Any] | None) -> str | None:
    """As the column keeps it."""
    return None if values is None else json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | None) -> dict[str, Any]:
    """What ``to_json`` was given; empty for nothing."""
    found: dict[str, Any] = json.loads(text) if text else {}
    return found
