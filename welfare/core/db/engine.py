"""Rules of the two engines: what SQLite must be told on every connection, and how work begins."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, scoped_session

_writing: ContextVar[bool] = ContextVar("writing", default=True)

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-32000",
    "PRAGMA mmap_size=268435456",
)


def expect_writes(writing: bool) -> None:
    """Say whether the transactions that follow in this context are going to write.

    SQLite's write transactions begin IMMEDIATE: one that starts as a reader and then writes
    is refused at once when another has written meanwhile, whatever the busy timeout.
    """
    _writing.set(writing)


def begin_writing(session: Session | scoped_session[Any]) -> None:
    """End a reading transaction and let the next one begin as a writer (the audit of a read)."""
    session.rollback()
    expect_writes(True)


def install_engine_rules(engine: Engine) -> None:
    """Attach the rules to an engine; called once for each."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
