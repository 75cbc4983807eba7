"""What stands in the database, as one hash a table: to show that something changed nothing."""

import hashlib

from flask import Flask
from sqlalchemy import select, text

from welfare.core.db import db

READS = frozenset({"audit_entries", "staff_sessions", "alembic_version"})
"""Tables in which a reading is noted: the audit, and when a session was last used."""


def fingerprint(app: Flask, *, without: frozenset[str] = READS) -> dict[str, str]:
    """The content of every table, hashed."""
    with app.app_context():
        found = {}
        for name in sorted(db.metadata.tables.keys() - without):
            rows = sorted(repr(tuple(row)) for row in db.session.execute(text(_all_of(name))))
            digest = hashlib.sha256("\n".join(rows).encode())
            found[name] = f"{len(rows)} rows {digest.hexdigest()[:16]}"
        db.session.rollback()
    return found


def _all_of(name: str) -> str:
    return f'SELECT * FROM "{name}"'  # as it lies there: nothing is decrypted


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
