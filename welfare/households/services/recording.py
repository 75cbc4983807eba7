"""Keeping what one operation, merge or import changes, row by row.

Inside ``recorded`` every tracked record that is added, changed or deleted through the session is
noted; what goes past the session is noted by name (``repoint``, ``note_added``). At the end the
rows before and after are stored in the same transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table, event, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from welfare.core import clock
from welfare.core.db import Base, db
from welfare.core.security.permissions import Viewer
from welfare.households.models.changes import (
    Change,
    ChangeKind,
    ChangeSet,
    ChangeSubject,
    RowChange,
    tracked_models,
)
from welfare.households.models.finding import index_repointed
from welfare.households.services.freezing import content, frozen, frozen_row, table, to_json
from welfare.households.services.row_ids import give_ids

CHUNK = 500
_SUBJECTS = {"households": "household_id", "people": "person_id"}

Key = tuple[str, int]


@dataclass
class _Row:
    what: RowChange
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@dataclass
class Recording:
    """A change set that is being made. ``number`` is its public id."""

    number: str
    id: int
    rows: dict[Key, _Row] = field(default_factory=dict)

    def added(self, name: str, row_id: int) -> None:
        """A row is new; what it holds is read when the set is closed."""
        self.rows[name, row_id] = _Row(RowChange.ADDED)

    def edited(self, name: str, row_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        """A row has changed; the first ``before`` and the last ``after`` count."""
        row = self.rows.setdefault((name, row_id), _Row(RowChange.EDITED))
        if row.what is RowChange.EDITED:
            row.before = {**before, **row.before}
            row.after |= after

    def removed(self, name: str, row_id: int, values: dict[str, Any]) -> None:
        """A row is gone; one that this very set had added leaves no trace."""
        earlier = self.rows.pop((name, row_id), None)
        if earlier is None or earlier.what is RowChange.EDITED:
            before = {**values, **(earlier.before if earlier else {})}
            self.rows[name, row_id] = _Row(RowChange.REMOVED, before=before)

    def note_added(self, model: type[Base], ids: Collection[int]) -> None:
        """Rows were inserted past the session."""
        for row_id in ids:
            self.added(str(model.__tablename__), row_id)

    def repoint(self, of: Table, column: str, from_id: int, to_id: int) -> int:
        """Let the rows that refer to one record refer to another; how many did."""
        db.session.flush()
        ids = list(db.session.scalars(select(of.c.id).where(of.c[column] == from_id)))
        for chunk in chunks(ids):
            db.session.execute(update(of).where(of.c.id.in_(chunk)).values({column: to_id}))
        for row_id in ids:
            self.edited(of.name, row_id, {column: from_id}, {column: to_id})
        index_repointed(db.session.connection(), of, column, ids, (from_id, to_id))
        return len(ids)


_active: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recorded(
    actor: Viewer,
    kind: ChangeKind,
    *,
    day: date | None = None,
    reason: str = "",
    undoes_id: int | None = None,
) -> Iterator[Recording]:
    """Keep what the block changes as one change set; within another block, as part of that one."""
    outer = _active.get()
    if outer is not None:
        yield outer
        return
    db.session.flush()
    made = ChangeSet(
        number=secrets.token_hex(6),
        kind=kind,
        day=day,
        reason=reason,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by=actor.username,
        undoes_id=undoes_id,
    )
    db.session.add(made)
    db.session.flush()
    recording = Recording(made.number, made.id)
    token = _active.set(recording)
    try:
        yield recording
        db.session.flush()
    finally:
        _active.reset(token)
    _store(recording)


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in portions that fit into one statement."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def rows_by_id(of: Table, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Present rows of a table by their id, as JSON holds them."""
    found: dict[int, dict[str, Any]] = {}
    for chunk in chunks(ids):
        for row in db.session.execute(select(of).where(of.c.id.in_(chunk))).mappings():
            found[row["id"]] = frozen_row(dict(row))
    return found


def _store(recording: Recording) -> None:
    _read_added(recording)
    rows = [
        {
            "change_set_id": recording.id,
            "position": position,
            "table_name": name,
            "row_id": row_id,
            "what": row.what,
            "before": to_json(row.before or None),
            "after": to_json(row.after or None),
        }
        for position, ((name, row_id), row) in enumerate(recording.rows.items())
        if row.what is not RowChange.EDITED or row.before != row.after
    ]
    if rows:
        db.session.execute(insert(Change), rows)
    subjects = _subjects(recording)
    if subjects:
        db.session.execute(insert(ChangeSubject), subjects)


def _read_added(recording: Recording) -> None:
    by_table: dict[str, list[int]] = {}
    for (name, row_id), row in recording.rows.items():
        if row.what is RowChange.ADDED:
            by_table.setdefault(name, []).append(row_id)
    for name, ids in by_table.items():
        for row_id, values in rows_by_id(table(name), ids).items():
            recording.rows[name, row_id].after = values


def _subjects(recording: Recording) -> list[dict[str, int | None]]:
    """Every household and person that a changed row is, or belongs or belonged to."""
    found: dict[tuple[str, int], None] = {}
    links: dict[str, list[int]] = {}
    for (name, row_id), row in recording.rows.items():
        if name in _SUBJECTS:
            found[_SUBJECTS[name], row_id] = None
        elif row.what is RowChange.EDITED:
            links.setdefault(name, []).append(row_id)
        for values in (row.before, row.after):
            found |= _named(values)
    for name, ids in links.items():
        columns = [table(name).c[c] for c in _SUBJECTS.values() if c in table(name).c]
        for chunk in chunks(ids) if columns else ():
            for mapping in db.session.execute(
                select(*columns).where(table(name).c.id.in_(chunk))
            ).mappings():
                found |= _named(mapping)
    return [
        {
            "change_set_id": recording.id,
            "household_id": row_id if column == "household_id" else None,
            "person_id": row_id if column == "person_id" else None,
        }
        for column, row_id in found
    ]


def _named(values: Any) -> dict[tuple[str, int], None]:
    return {(column, values[column]): None for column in _SUBJECTS.values() if values.get(column)}


@event.listens_for(Session, "before_flush")
def _name_new(session: Session, _context: UOWTransaction, _instances: object) -> None:
    recording = _active.get()
    give_ids(session, recording.rows.keys() if recording is not None else ())


@event.listens_for(Session, "before_flush")
def _note_edits(session: Session, _context: UOWTransaction, _instances: object) -> None:
    recording = _active.get()
    if recording is None:
        return
    for record in session.dirty:
        if type(record) in tracked_models and session.is_modified(record):
            name, row_id = _key(record)
            recording.edited(name, row_id, *_edit_of(session, record))
    for record in session.deleted:
        if type(record) in tracked_models:
            name, row_id = _key(record)
            of = table(name)
            row = session.connection().execute(select(of).where(of.c.id == row_id)).mappings().one()
            recording.removed(name, row_id, frozen_row(dict(row)))


@event.listens_for(Session, "after_flush")
def _note_new(session: Session, _context: UOWTransaction) -> None:
    recording = _active.get()
    if recording is not None:
        for record in session.new:
            if type(record) in tracked_models:
                recording.added(*_key(record))


def _key(record: Any) -> Key:
    return str(record.__tablename__), int(record.id)


def _edit_of(session: Session, record: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    state = inspect(record)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if not history.has_changes():
            continue
        name = attribute.columns[0].name
        after[name] = frozen(history.added[0]) if history.added else None
        before[name] = (
            frozen(history.deleted[0]) if history.deleted else _stored(session, record, name)
        )
    return content(before), content(after)


def _stored(session: Session, record: Any, column: str) -> Any:
    """What the database holds, for a value that was set without having been read."""
    of = table(str(record.__tablename__))
    statement = select(of.c[column]).where(of.c.id == record.id)
    return frozen(session.connection().execute(statement).scalar())
