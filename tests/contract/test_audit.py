"""Whoever owns the database can change the audit; nobody can do it unseen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.contract.town import Town
from welfare.core.audit import verify
from welfare.core.audit.chain import GENESIS, Link
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db

ROW = "(SELECT max(seq) / 2 FROM audit_entries)"
COLUMNS = "at, actor_id, actor, action, object_type, object_ref, changes, prev_hash, hash"


def run(*statements: str) -> Callable[[], None]:
    """These statements, one after the other."""

    def tamper() -> None:
        for statement in statements:
            db.session.execute(text(statement))

    return tamper


def rewrite_all() -> None:
    """Change a row and make all hashes anew, as only an owner with our code can."""
    previous = GENESIS
    for entry in db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.seq)):
        values: list[Any] = [
            entry.seq, entry.at, entry.actor_id, entry.actor, entry.action, entry.object_type,
            entry.object_ref, entry.changes,
        ]  # fmt: skip
        if entry.seq == 3:
            values[3] = "somebody.else"
        digest = Link(*values).hash_after(previous)
        db.session.execute(
            text(
                "UPDATE audit_entries SET actor = :actor, prev_hash = :before, hash = :hash"
                " WHERE seq = :seq"
            ),
            {"actor": values[3], "before": previous, "hash": digest, "seq": entry.seq},
        )
        previous = digest


TAMPERS: dict[str, Callable[[], None]] = {
    "an actor edited": run(f"UPDATE audit_entries SET actor = 'x' WHERE seq = {ROW}"),
    "an action edited": run(f"UPDATE audit_entries SET action = 'x' WHERE seq = {ROW}"),
    "details edited": run(f"UPDATE audit_entries SET changes = '{{}} ' WHERE seq = {ROW}"),
    "a moment edited": run(
        f"UPDATE audit_entries SET at = '2026-01-01 00:00:00.000000' WHERE seq = {ROW}"
    ),
    "the first edited": run("UPDATE audit_entries SET object_ref = 'x' WHERE seq = 1"),
    "the last edited": run(
        "UPDATE audit_entries SET object_ref = 'x' WHERE seq = (SELECT max(seq) FROM audit_entries)"
    ),
    "a row deleted": run(f"DELETE FROM audit_entries WHERE seq = {ROW}"),
    "the first deleted": run("DELETE FROM audit_entries WHERE seq = 1"),
    "deleted and closed up": run(
        "DELETE FROM audit_entries WHERE seq = 5",
        "UPDATE audit_entries SET seq = -seq WHERE seq > 5",
        "UPDATE audit_entries SET seq = -seq - 1 WHERE seq < 0",
    ),
    "a row inserted": run(
        "UPDATE audit_entries SET seq = -seq WHERE seq > 5",
        "UPDATE audit_entries SET seq = -seq + 1 WHERE seq < 0",
        f"INSERT INTO audit_entries (seq, {COLUMNS}) SELECT 6, {COLUMNS} FROM audit_entries"
        " WHERE seq = 5",
    ),
    "two exchanged": run(
        "UPDATE audit_entries SET seq = -4 WHERE seq = 4",
        "UPDATE audit_entries SET seq = 4 WHERE seq = 5",
        "UPDATE audit_entries SET seq = 5 WHERE seq = -4",
    ),
    "the tail cut off": run("DELETE FROM audit_entries WHERE seq > 10"),
    "one row cut off": run(
        "DELETE FROM audit_entries WHERE seq = (SELECT max(seq) FROM audit_entries)"
    ),
    "emptied": run("DELETE FROM audit_entries"),
    "written anew": rewrite_all,
}
ONLY_BY_ANCHOR = {"the tail cut off", "one row cut off", "emptied", "written anew"}


@contextmanager
def as_owner() -> Iterator[None]:
    """Past the triggers, as whoever owns the database can; all of it is undone."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        for (name,) in db.session.execute(
            text(
                "SELECT name FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = 'audit_entries'"
            )
        ).all():
            db.session.execute(text(f"DROP TRIGGER {name}"))
    try:
        yield
    finally:
        db.session.rollback()


def test_every_tamper_is_found(app: Flask, town: Town) -> None:
    with app.app_context():
        before = verify()
        db.session.rollback()
        assert before.sound
        assert before.entries > 20
        anchor = f"{before.entries}:{before.head}"
        for name, tamper in TAMPERS.items():
            with as_owner():
                tamper()
                db.session.expire_all()
                assert not verify(anchor).sound, name
                if name in ONLY_BY_ANCHOR:
                    assert verify().sound, f"{name}: a chain alone cannot know, and no test says so"
                else:
                    assert not verify().sound, name
        assert verify(anchor).sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'x' WHERE seq = 3",
        "DELETE FROM audit_entries WHERE seq = 3",
    ],
)
def test_the_database_itself_refuses_to_change_the_audit(
    app: Flask, town: Town, statement: str
) -> None:
    with app.app_context():
        with pytest.raises(DBAPIError):
            db.session.execute(text(statement))
        db.session.rollback()
        assert verify().sound
