"""Writing many rows at once through Core."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from welfare.core.db import Base

Row = dict[str, Any]
AT_ONCE = 5_000


def table_of(model: type[Base]) -> Table:
    """Return the table of a mapped class."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} has no table of its own")
    return table


def insert_all(session: Session, model: type[Base], rows: list[Row]) -> int:
    """Insert rows (all with the same keys) by executemany; returns how many."""
    statement = insert(table_of(model))
    for start in range(0, len(rows), AT_ONCE):
        session.execute(statement, rows[start : start + AT_ONCE])
    return len(rows)


def settle_sequences(session: Session, *models: type[Base]) -> None:
    """Let PostgreSQL's sequences go on after ids that were given by hand; nothing on SQLite."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for model in models:
        table = table_of(model)
        highest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, "id")
        session.execute(select(func.setval(sequence, highest, False)))
