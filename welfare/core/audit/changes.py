"""What changed in a record, with personal values masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect

from welfare.core.security.crypto import keyed_hash

Change = tuple[Any, Any]


def masked(value: object) -> str | None:
    """A personal value as the audit may hold it: a keyed hash that shows change, not content."""
    if value is None or value == "":
        return None
    return "#" + keyed_hash(str(value), purpose="audit-mask").hex()[:12]


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return value


def changes_of(record: Any) -> dict[str, Change]:
    """Old and new of every changed column of a mapped object; call it before the flush.

    Columns that say they are personal appear as keyed hashes only.
    """
    state = inspect(record)
    changes: dict[str, Change] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if not history.has_changes():
            continue
        column = attribute.columns[0]
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if old == new or column.primary_key:
            continue
        if "personal" in column.info:
            old, new = masked(old), masked(new)
        changes[attribute.key] = (_plain(old), _plain(new))
    return changes


def plain_changes(changes: Mapping[str, Any] | None) -> dict[str, Any]:
    """Free-form details made ready for JSON."""
    return {
        key: [_plain(part) for part in value] if isinstance(value, tuple) else _plain(value)
        for key, value in (changes or {}).items()
    }
