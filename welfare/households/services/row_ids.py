"""Ids of rows that can be brought back.

SQLite gives the id of the last row again when that row is gone. An undo would then find another row
in the place of the one it has to bring back, so here no id that was ever kept is given twice.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from welfare.households.models.changes import Change, tracked_models
from welfare.households.services.freezing import table


def give_ids(session: Session, going: Collection[tuple[str, int]]) -> None:
    """Name the new tracked rows of a flush. ``going``: rows that are kept by the change set at
    hand, which is not stored yet. PostgreSQL, and tables that count on, need none of it."""
    new: dict[str, list[Any]] = {}
    for record in session.new:
        if type(record) in tracked_models and record.id is None:
            new.setdefault(str(record.__tablename__), []).append(record)
    if not new or session.connection().dialect.name != "sqlite":
        return
    for name, records in new.items():
        of = table(name)
        if of.dialect_options["sqlite"]["autoincrement"]:
            continue
        there = session.scalar(select(func.max(of.c.id))) or 0
        kept = session.scalar(select(func.max(Change.row_id)).where(Change.table_name == name)) or 0
        last = max(there, kept, *(row_id for of_name, row_id in going if of_name == name), 0)
        for record in records:
            last += 1
            record.id = last
