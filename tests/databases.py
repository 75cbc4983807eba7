"""A migrated database for each test, on either kind, at the price of a copy or a few deletes.

Migrations run once a test run and kind; every process of the run works on its own copy, which is
put back to the freshly migrated state between tests.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from tests import postgres

Migrate = Callable[[str], None]


class Database(Protocol):
    """A database that can be put back to how the migrations left it."""

    url: str

    def reset(self) -> None:
        """Undo what the last test wrote; no connection may be in use."""

    def close(self) -> None:
        """Let go of what this object itself holds."""


class SqliteDatabase:
    """A file, copied anew from the migrated one."""

    def __init__(self, template: Path, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        self._template = template
        self._path = path
        self.reset()

    def reset(self) -> None:
        for suffix in ("-wal", "-shm", "-journal"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        # A new file, not the old one written over: a failed test may hold the old one open.
        fresh = self._path.with_suffix(".fresh")
        shutil.copyfile(self._template, fresh)
        fresh.replace(self._path)

    def close(self) -> None:
        """Nothing is held."""


class PostgresDatabase:
    """A clone of the migrated one; rows go, but for those that the migrations made."""

    def __init__(self, cluster: postgres.Cluster, template: str, name: str) -> None:
        cluster.create(name, template=template)
        self.url = cluster.url(name)
        self._connection = cluster.connect(name)
        # Rows go without asking triggers: those that forbid it (the audit's) are not on trial.
        self._connection.execute("SET session_replication_role = replica")
        self._connection.execute("SET lock_timeout = '5s'")
        self._tables = [
            row[0]
            for row in self._connection.execute(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
                " AND tablename <> 'alembic_version'"
            )
        ]
        self._made = {table: self._rows(table) for table in self._filled()}

    def reset(self) -> None:
        filled = self._filled()
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for table in filled:
                cursor.execute(f"DELETE FROM {table}")
            for table, rows in self._made.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
            self._restart_numbers(cursor)

    def close(self) -> None:
        self._connection.close()

    def _restart_numbers(self, cursor: psycopg.Cursor) -> None:
        cursor.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,"
            " start_value, false)"
            " FROM pg_sequences WHERE last_value IS NOT NULL"
            " AND sequencename <> ALL (%s)",
            [[f"{table}_id_seq" for table in self._made]],
        )

    def _filled(self) -> list[str]:
        if not self._tables:
            return []
        question = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in self._tables
        )
        return [row[0] for row in self._connection.execute(question)]

    def _rows(self, table: str) -> bytes:
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
            return b"".join(bytes(part) for part in copy)


def open_sqlite(shared: Path, own: Path, migrate: Migrate) -> SqliteDatabase:
    """A database of this process's own, copied from one migrated for the whole run."""
    template = shared / "template.sqlite"
    with _alone(shared / "sqlite.lock"):
        if not template.exists():
            fresh = shared / "fresh.sqlite"
            _once(shared / "sqlite.failed", migrate, f"sqlite:///{fresh}")
            _fold_log(fresh)
            fresh.rename(template)
    return SqliteDatabase(template, own / "welfare.db")


def open_postgres(shared: Path, name: str, migrate: Migrate) -> PostgresDatabase:
    """A database of this process's own in the cluster of the whole run."""
    with _alone(shared / "postgres.lock"):
        cluster = _cluster(shared, migrate)
        return PostgresDatabase(cluster, "welfare_template", name)


def run_cluster(shared: Path) -> postgres.Cluster:
    """The run's cluster, empty or not, for tests that want databases of their own making."""
    with _alone(shared / "postgres.lock"):
        return _started(shared)


def _cluster(shared: Path, migrate: Migrate) -> postgres.Cluster:
    cluster = _started(shared)
    done = shared / "postgres.migrated"
    if not done.exists():
        if not (shared / "postgres.failed").exists():
            cluster.create("welfare_template")
        _once(shared / "postgres.failed", migrate, cluster.url("welfare_template"))
        done.touch()
    return cluster


def _once(failed: Path, migrate: Migrate, url: str) -> None:
    """Migrate; what failed once is not tried again for every test of the run."""
    if failed.exists():
        raise RuntimeError(f"the migrations failed before: {failed.read_text()}")
    try:
        migrate(url)
    except BaseException as error:
        failed.write_text(repr(error))
        raise


def _started(shared: Path) -> postgres.Cluster:
    note = shared / "postgres.json"
    if not note.exists():
        cluster = postgres.start(watched=_run_pid())
        note.write_text(json.dumps({"port": cluster.port}))
    return postgres.Cluster(**json.loads(note.read_text()))


def _run_pid() -> int:
    """The process that lasts as long as the run: xdist's workers are its children."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _fold_log(path: Path) -> None:
    """Fold a write-ahead log into its file, so that copying the file alone is enough."""
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that the other processes of the run respect."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
