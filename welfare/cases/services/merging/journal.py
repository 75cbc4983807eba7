"""The journal of a merge: which rows came, and which columns were set from what to what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import TypeDecorator, exists, func, inspect, select, update

from welfare.cases.joining import moving_columns, once_a_case
from welfare.cases.models import Case, CaseMerge, CaseMergeRow
from welfare.core.db import Base, db


class Journal:
    """Moves and sets, and writes down what it did; reads it again for the undo."""

    def __init__(self, merge: CaseMerge) -> None:
        self._merge = merge

    def put(self, thing: Any, **values: Any) -> None:
        """Set columns of a record; what changes nothing is not noted."""
        changed = {name: value for name, value in values.items() if getattr(thing, name) != value}
        if not changed:
            return
        before = {name: _plain(getattr(thing, name)) for name in changed}
        for name, value in changed.items():
            setattr(thing, name, value)
        after = {name: _plain(value) for name, value in changed.items()}
        self._note(thing.__tablename__, _id_of(thing), before, after)

    def note_change(self, thing: Any, before: dict[str, Any]) -> None:
        """Note what a record became since these values were read from it."""
        now = {name: _plain(getattr(thing, name)) for name in before}
        changed = {name for name in before if before[name] != now[name]}
        if changed:
            self._note(
                thing.__tablename__, _id_of(thing),
                {name: before[name] for name in changed}, {name: now[name] for name in changed},
            )  # fmt: skip

    def _note(
        self, table: str, row_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        db.session.add(
            CaseMergeRow(
                merge_id=self._merge.id, table_name=table, row_id=row_id, before=before, after=after
            )
        )

    def move_all(self, merged: Case, survivor: Case) -> dict[str, int]:
        """Let every row that belongs to one case belong to the other; how many of what."""
        counted: dict[str, int] = {}
        db.session.flush()
        for table, column in moving_columns():
            mine = select(table.c.id).where(column == merged.id)
            for key in once_a_case(table, column):
                ours = table.alias()
                same = [ours.c[column.name] == survivor.id]
                mine = mine.where(~exists().where(*same, *(ours.c[k.name] == k for k in key)))
            ids = list(db.session.scalars(mine))
            if not ids:
                continue
            for row_id in ids:
                self._note(table.name, row_id, None, None)
            moving = update(table).where(table.c.id.in_(ids))
            db.session.execute(moving.values({column: survivor.id}))
            counted[table.name] = counted.get(table.name, 0) + len(ids)
        db.session.flush()
        return counted

    def move_back(self, merged: Case, survivor: Case, along: dict[str, Iterable[int]]) -> int:
        """The rows that came, and those that belong to them, go back; how many."""
        db.session.flush()
        moved = 0
        for table, column in moving_columns():
            came = select(CaseMergeRow.row_id).where(
                CaseMergeRow.merge_id == self._merge.id,
                CaseMergeRow.table_name == table.name,
                CaseMergeRow.before.is_(None),
            )
            ids = {*db.session.scalars(came), *along.get(table.name, ())}
            if not ids:
                continue
            result = db.session.execute(
                update(table)
                .where(table.c.id.in_(ids), column == survivor.id)
                .values({column: merged.id})
            )
            moved += getattr(result, "rowcount", 0)
        return moved

    def was(self, table: str) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
        """What was set in a table, by row, with values as the columns hold them."""
        rows = db.session.execute(
            select(CaseMergeRow.row_id, CaseMergeRow.before, CaseMergeRow.after)
            .where(CaseMergeRow.merge_id == self._merge.id, CaseMergeRow.table_name == table)
            .where(CaseMergeRow.before.is_not(None))
            .order_by(CaseMergeRow.id)
        )
        model = _models()[table]
        return {row.row_id: (_valued(model, row.before), _valued(model, row.after)) for row in rows}

    def put_back(self, table: str) -> list[tuple[int, str]]:
        """Columns that still stand as the merge left them stand as before; the others are named."""
        kept: list[tuple[int, str]] = []
        model = _models()[table]
        for row_id, (before, after) in self.was(table).items():
            thing = db.session.get(model, row_id, with_for_update=True, populate_existing=True)
            if thing is None:
                continue
            for name, value in before.items():
                if getattr(thing, name) == after[name]:
                    setattr(thing, name, value)
                else:
                    kept.append((row_id, name))
        return kept

    def count(self) -> int:
        """How many rows were moved."""
        moved = select(func.count()).select_from(CaseMergeRow).where(
            CaseMergeRow.merge_id == self._merge.id, CaseMergeRow.before.is_(None)
        )  # fmt: skip
        return db.session.scalar(moved) or 0


def values_of(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    """Columns of a record in the plain form in which the journal keeps them."""
    return {name: _plain(getattr(thing, name)) for name in names}


def _id_of(thing: Any) -> int:
    return int(inspect(thing).identity[0])


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _valued(model: Any, kept: dict[str, Any]) -> dict[str, Any]:
    columns = inspect(model).columns
    return {name: _typed(columns[name], value) for name, value in kept.items()}


def _typed(column: Any, value: Any) -> Any:
    held = column.type
    kind = (held.impl_instance if isinstance(held, TypeDecorator) else held).python_type
    if value is None or isinstance(value, dict | list):
        return value
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, Enum) else value


@cache
def _models() -> dict[str, Any]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
