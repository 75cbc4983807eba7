"""What stands in the database, as one hash a table: to show that something changed nothing."""

import hashlib
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select
from sqlalchemy.engine.interfaces import DBAPICursor

from welfare.core.db import db

READS = frozenset({"audit_entries", "staff_sessions", "alembic_version"})
"""Tables in which a reading is noted: the audit, and when a session was last used."""


def fingerprint(app: Flask, *, without: frozenset[str] = READS) -> dict[str, str]:
    """The content of every table, hashed, as it lies there: nothing is decrypted."""
    names = sorted(db.metadata.tables.keys() - without)
    with app.app_context():
        cursor = db.session.connection().connection.cursor()
        read = _by_server if db.engine.dialect.name == "postgresql" else _by_rows
        found = dict(read(cursor, names))
        cursor.close()
        db.session.rollback()
    return found


def _by_rows(cursor: DBAPICursor, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        cursor.execute(f'SELECT * FROM "{name}"')
        rows = sorted(map(repr, cursor.fetchall()))
        digest = hashlib.sha256("\n".join(rows).encode()) if rows else _NOTHING
        yield name, f"{len(rows)} rows {digest.hexdigest()[:16]}"


def _by_server(cursor: DBAPICursor, names: list[str]) -> list[tuple[str, str]]:
    """One question for all tables: a hundred small ones cost more in asking than in reading."""
    cursor.execute(
        " UNION ALL ".join(
            f"SELECT '{name}', count(*) || ' rows ' || md5(coalesce("
            f"string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{name}\" t"
            for name in names
        )
    )
    return [(name, told) for name, told in cursor.fetchall()]


_NOTHING = hashlib.sha256()


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The tables whose content differs."""
    return {
        name: (before.get(name, "-"), after.get(name, "-"))
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }


def audit_rows(app: Flask) -> int:
    """How many rows the audit has."""
    from welfare.core.audit.models import AuditEntry

    with app.app_context():
        count = db.session.scalar(select(db.func.count()).select_from(AuditEntry)) or 0
        db.session.rollback()
    return count
