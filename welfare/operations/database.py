"""Copying a whole database out and in, for both kinds."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import URL, func, inspect, select, text
from sqlalchemy.engine import Engine

from welfare.core.audit.models import AuditEntry
from welfare.core.db import db


class CommandFailed(Exception):
    """An outside program (pg_dump, pg_restore) said no."""


def table_counts(engine: Engine) -> dict[str, int]:
    """Rows by table."""
    names = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in db.metadata.sorted_tables
            if table.name in names
        }


def audit_head(engine: Engine) -> str:
    """``seq:hash`` of the newest audit row, or empty."""
    statement = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    return f"{row.seq}:{bytes(row.hash).hex()}" if row else ""


def schema_revision(engine: Engine) -> str:
    """The migration that the database stands at."""
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def is_empty(engine: Engine) -> bool:
    """Whether nothing has been put into the database yet."""
    tables = inspect(engine).get_table_names()
    if "audit_entries" not in tables:
        return not tables
    return sum(table_counts(engine).values()) == 0


def dump(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the database while the program runs."""
    if engine.dialect.name == "sqlite":
        source = sqlite3.connect(str(engine.url.database))
        copy = sqlite3.connect(target)
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
    else:
        _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"], engine.url)


def load(engine: Engine, source: Path) -> None:
    """Put a copy in the place of the (empty) database."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(source, path)
    else:
        command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"]
        name = engine.url.database or ""
        _run([*command, f"--dbname={name}", str(source)], engine.url)


def _run(command: list[str], url: URL) -> None:
    environment = {
        **os.environ,
        "PGHOST": url.query.get("host", url.host) or "",
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
    }
    wanted = {key: str(value) for key, value in environment.items() if value}
    done = subprocess.run(  # noqa: S603 - fixed words, no shell; values go by environment
        command, env=wanted, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise CommandFailed(f"{command[0]}: {last}")
