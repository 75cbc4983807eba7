"""Registries of so many people in both databases: kept until migrations or the filling change."""

import hashlib
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from bench.cluster import Cluster
from bench.filling.base import make_app
from bench.places import DATA, PASSWORD, ROOT
from bench.registry.rows import COLUMNS, DERIVED, Maker


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted([
        *(ROOT / "migrations/versions").glob("*.py"), *(ROOT / "bench/registry").glob("*.py"),
        ROOT / "welfare/households/models/finding.py", ROOT / "welfare/core/thai/sounds.py",
        ROOT / "welfare/households/models/keys.py",
    ]):  # fmt: skip
        if path.name not in ("__main__.py", "ask.py", "queries.py"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def sqlite_registry(people: int) -> str:
    """The address of a SQLite database with so many people."""
    target = DATA / f"registry-{_fingerprint()}-{people}.db"
    if not target.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".draft")
        for suffix in ("", "-wal", "-shm"):
            Path(f"{draft}{suffix}").unlink(missing_ok=True)
        url = f"sqlite:///{draft}"
        _prepare(url)
        _said(f"filling SQLite with {people:,} people", lambda: _fill_sqlite(draft, people))
        _said("letting the search find them", lambda: _index(url))
        draft.rename(target)
        for suffix in ("-wal", "-shm"):
            Path(f"{draft}{suffix}").unlink(missing_ok=True)
    return f"sqlite:///{target}"


def postgres_registry(cluster: Cluster, people: int) -> str:
    """The address of a PostgreSQL database with the same people: copied out of SQLite's."""
    source = Path(sqlite_registry(people).removeprefix("sqlite:///"))
    name = f"registry_{_fingerprint()}_{people}"
    if name not in cluster.databases():
        draft = f"{name}_draft"
        with cluster.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{draft}"')
            connection.execute(f'CREATE DATABASE "{draft}" TEMPLATE template0')
        _prepare(cluster.url(draft))
        _said(f"copying {people:,} people to PostgreSQL",
              lambda: _copy(source, cluster, draft))  # fmt: skip
        with cluster.connect() as connection:
            connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return cluster.url(name)


def _prepare(url: str) -> None:
    """Migrations, villages, staff."""
    from flask_migrate import upgrade

    from bench.limited import ensure_limited_officer
    from welfare.core.db import db
    from welfare.demo.staff import ensure_accounts
    from welfare.setup import ensure_basics

    app = make_app(url)
    with app.app_context():
        upgrade()
        ensure_basics()
        ensure_accounts(db.session(), PASSWORD)
        db.session.flush()
        ensure_limited_officer()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@cache
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%F %T.%f")


def _fill_sqlite(path: Path, people: int) -> None:
    sqlite3.register_adapter(datetime, _moment)
    sqlite3.register_adapter(date, date.isoformat)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-500000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    for batch in Maker(people).batches():
        for table, rows in batch.items():
            marks = ", ".join("?" for _ in COLUMNS[table])
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(COLUMNS[table])}) VALUES ({marks})", rows
            )
    connection.execute("COMMIT")
    connection.close()


def _copy(source: Path, cluster: Cluster, database: str) -> None:
    """Every row, the derived ones too, with the indexes made afterwards."""
    with sqlite3.connect(source) as rows, cluster.connect(database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '512MB'")
        made = connection.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s)"
            " AND i.indexname NOT IN (SELECT conname FROM pg_constraint)",
            [[*COLUMNS, *DERIVED]],
        ).fetchall()
        for index, _definition in made:
            connection.execute(f'DROP INDEX "{index}"')
        for table in (*COLUMNS, *DERIVED):
            read = rows.execute(f"SELECT * FROM {table}")
            names = ", ".join(f'"{column[0]}"' for column in read.description)
            with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in read:
                    copy.write_row(row)
        for _index_name, definition in made:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE")


def _index(url: str) -> None:
    from sqlalchemy import text

    from welfare.core.db import db
    from welfare.households.services import reindex

    app = make_app(url)
    with app.app_context():
        if url.startswith("sqlite"):
            db.session.execute(text("PRAGMA cache_size=-1500000"))
        reindex()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def _said(what: str, act: Callable[[], None]) -> None:
    started = time.monotonic()
    print(f"  {what} …", end=" ", flush=True)
    act()
    print(f"{time.monotonic() - started:.0f} s", flush=True)
