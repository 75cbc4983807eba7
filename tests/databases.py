"""A migrated database for each test, on either kind, at the price of a copy or a few deletes.

Migrations run once a test run and kind; every process of the run works on its own copy, which is
put back between tests: to the freshly migrated state, or to a later one that was kept by name.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests import postgres

Migrate = Callable[[str], None]


MIGRATED = "migrated"
"""The state that the migrations leave, which every database keeps from the start."""


class Database(Protocol):
    """A database that can be put back to a state it was in."""

    url: str

    def keep(self, state: str) -> None:
        """Remember how it stands now; no connection may be in use."""

    def reset(self, state: str = MIGRATED) -> None:
        """Undo what was written since that state; no connection may be in use."""

    def close(self) -> None:
        """Let go of what this object itself holds."""


class SqliteDatabase:
    """A file, copied anew from the migrated one."""

    def __init__(self, template: Path, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        self._path = path
        self._kept = {MIGRATED: template}
        self.reset()

    def keep(self, state: str) -> None:
        _fold_log(self._path)
        self._kept[state] = self._path.with_suffix(f".{state}")
        shutil.copyfile(self._path, self._kept[state])

    def reset(self, state: str = MIGRATED) -> None:
        for suffix in ("-wal", "-shm", "-journal"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        # A new file, not the old one written over: a failed test may hold the old one open.
        fresh = self._path.with_suffix(".fresh")
        shutil.copyfile(self._kept[state], fresh)
        fresh.replace(self._path)

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class _Rows:
    """All rows of a database, as COPY writes them, and the next numbers of its sequences."""

    tables: dict[str, bytes]
    sequences: list[tuple[str, int | None, int]]
    """Name, last value (None: not used yet), first value."""


class PostgresDatabase:
    """A clone of the migrated one; rows go, but for those of the state that is asked for."""

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
        self._kept: dict[str, _Rows] = {}
        self.keep(MIGRATED)

    def keep(self, state: str) -> None:
        tables = {table: self._rows(table) for table in self._filled()}
        self._kept[state] = _Rows(tables, self._sequences())

    def reset(self, state: str = MIGRATED) -> None:
        filled, kept = self._filled(), self._kept[state]
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for table in filled:
                cursor.execute(f"DELETE FROM {table}")
            for table, rows in kept.tables.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
            now = {name: last for name, last, _first in self._sequences()}
            for name, last, first in kept.sequences:
                if now.get(name) != last:
                    cursor.execute(
                        "SELECT setval(%s::regclass, %s, %s)",
                        [name, first if last is None else last, last is not None],
                    )

    def close(self) -> None:
        self._connection.close()

    def _sequences(self) -> list[tuple[str, int | None, int]]:
        return self._connection.execute(
            "SELECT format('%I.%I', schemaname, sequencename), last_value, start_value"
            " FROM pg_sequences"
        ).fetchall()

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
