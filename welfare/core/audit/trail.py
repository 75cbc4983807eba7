"""Recording: rows gather in the session and are chained at its commit, in its transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, event, insert, select
from sqlalchemy.orm import Session, scoped_session

from welfare.core import clock
from welfare.core.audit.chain import GENESIS, Link
from welfare.core.audit.changes import plain_changes
from welfare.core.audit.models import AuditEntry
from welfare.core.db import begin_writing, db
from welfare.core.security.permissions import Viewer

ADVISORY_LOCK = 0x57454C46
_PENDING = "audit_pending"
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
PORTION, MANY = 1000, 100
"""Entries written by one statement; an import has tens of thousands."""


class _Pending(NamedTuple):
    at: datetime
    actor_id: int
    actor: str
    action: str
    object_type: str
    object_ref: str
    changes: str


def record(
    actor: Viewer,
    action: str,
    object_type: str,
    object_ref: str,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Note a write; it is stored with the commit of the transaction, or not at all.

    ``action`` is ``thing.verb`` (``case.assigned``); ``changes`` from ``changes_of`` or plain
    details without personal data.
    """
    db.session.info.setdefault(_PENDING, []).append(
        _Pending(
            clock.now(),
            actor.user_id,
            actor.username,
            action,
            object_type,
            object_ref,
            _as_json(plain_changes(changes)) if changes else "{}",
        )
    )


def read(actor: Viewer, object_type: str, object_ref: str, what: str = "read") -> None:
    """Note that a person's file was read, and commit it: nothing is shown unless this is stored.

    Call it last in a GET view, with plain values in hand: it ends the reading transaction.
    """
    begin_writing(db.session)
    record(actor, f"{object_type}.{what}", object_type, object_ref)
    db.session.commit()


def read_several(actor: Viewer, object_type: str, refs: Sequence[str]) -> None:
    """The same for a page that shows several files side by side."""
    begin_writing(db.session)
    for ref in refs:
        record(actor, f"{object_type}.read", object_type, ref)
    db.session.commit()


def install_audit(session: scoped_session[Any]) -> None:
    """Chain what is pending into every commit of this session; forget it on a rollback."""

    @event.listens_for(session, "before_commit")
    def _chain(opened: Session) -> None:
        if opened.in_nested_transaction():
            return
        pending: list[_Pending] = opened.info.pop(_PENDING, [])
        if pending:
            opened.flush()
            _append(opened, pending)

    @event.listens_for(session, "after_soft_rollback")
    def _forget(opened: Session, _previous: object) -> None:
        if not opened.in_nested_transaction():
            opened.info.pop(_PENDING, None)


_LOCKED_LAST = (
    f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK});"  # noqa: S608 - a constant
    " SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1"
)
_LAST = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
_ADD = insert(AuditEntry)


def _append(session: Session, pending: list[_Pending]) -> None:
    connection = session.connection()
    seq, previous = _last(connection)
    rows = []
    for entry in pending:
        seq += 1
        link = Link(seq, *entry)
        digest = link.hash_after(previous)
        rows.append({"seq": seq, **entry._asdict(), "prev_hash": previous, "hash": digest})
        previous = digest
        if len(rows) == PORTION:
            _add(connection, rows)
            rows = []
    if rows:
        _add(connection, rows)


def _add(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """A few through SQLAlchemy, many past it: what it does for each row takes longer than the
    database does, and on SQLite everybody else waits."""
    if len(rows) < MANY:
        connection.execute(_ADD, rows)
        return
    dialect = connection.dialect
    columns = AuditEntry.__table__.columns
    names = list(rows[0])
    steps = [columns[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    values = [
        tuple(
            step(value) if step is not None and not isinstance(value, bytes) else value
            for step, value in zip(steps, row.values(), strict=True)
        )
        for row in rows
    ]
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join([mark] * len(names))
    connection.exec_driver_sql(
        f"INSERT INTO {AuditEntry.__tablename__} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608
        values,
    )


def _last(connection: Connection) -> tuple[int, bytes]:
    """Number and hash of the last row, which stays the last until this transaction ends.

    SQLite has one writer at a time. PostgreSQL takes the lock and reads in one trip, as two
    statements: each sees what was committed when it began, so the second sees the last writer's.
    """
    if connection.dialect.name == "postgresql":
        both = connection.exec_driver_sql(_LOCKED_LAST)
        both.cursor.nextset()
        row = both.cursor.fetchone()
        both.close()
    else:
        row = connection.execute(_LAST).first()
    return (int(row[0]), bytes(row[1])) if row else (0, GENESIS)
