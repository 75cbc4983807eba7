"""Alembic's environment: the application's own engine and metadata, SQLite in batch mode."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from welfare.core.db import UTCDateTime, db
from welfare.core.db.engine import expect_writes
from welfare.core.security.crypto import EncryptedText

config = context.config


def _render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as the plain ones beneath them: a migration outlives the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, EncryptedText):
        return "sa.LargeBinary()"
    return False


def _ours(_item: object, name: str | None, _kind: str, reflected: bool, _other: object) -> bool:
    """Leave alone what only a migration knows: the search table of SQLite and its shadows, the
    trigram index of PostgreSQL."""
    return not (reflected and (name or "").startswith(("case_search", "complaint_search")))


def _engine() -> Engine:
    return current_app.extensions["migrate"].db.engine


def run_offline() -> None:
    """Write the SQL instead of running it."""
    url = _engine().url.render_as_string(hide_password=False)
    context.configure(url=url, target_metadata=db.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def _references_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which references to its rows forbid. They are put
    to sleep meanwhile, as SQLite's manual says (ALTER TABLE, section 7), and looked through after.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    database: Any = connection.connection.dbapi_connection
    database.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"a migration left references to rows that are gone: {broken[:5]}")
    finally:
        database.execute("PRAGMA foreign_keys=ON")


def run_online() -> None:
    """Run the migrations in one transaction."""
    expect_writes(True)
    with _engine().connect() as connection, _references_at_rest(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transaction_per_migration=True,
            render_item=_render_item,
            include_object=_ours,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
