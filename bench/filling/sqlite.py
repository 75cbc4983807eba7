"""Filling SQLite: indexes and triggers off, rows in, indexes and search tables made at once."""

import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

from bench.filling.ground import Ground
from bench.filling.rows import COLUMNS, Maker


def fill(base: Path, target: Path, ground: Ground, count: int, now: datetime) -> None:
    """A copy of the base with so many cases more."""
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    shutil.copyfile(base, draft)
    sqlite3.register_adapter(datetime, _moment)
    sqlite3.register_adapter(date, date.isoformat)
    connection = sqlite3.connect(draft, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE",
                   "cache_size=-1000000", "temp_store=MEMORY", "foreign_keys=OFF"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND"
        f" (type = 'index' AND tbl_name IN ({_marks(COLUMNS)}) OR type = 'trigger' AND"
        " tbl_name IN ('cases', 'complaints'))",
        list(COLUMNS),
    ).fetchall()
    for kind, name, _sql in made:
        connection.execute(f'DROP {kind} "{name}"')
    maker = Maker(ground, count, now)
    connection.execute("BEGIN")
    for batch in maker.batches():
        for table, rows in batch.items():
            names = ", ".join(COLUMNS[table])
            marks = _marks(COLUMNS[table])
            connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    connection.executemany(
        "INSERT INTO running_numbers VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET last = excluded.last",
        [(*key, last) for key, last in maker.numbers.items()],
    )
    connection.execute("COMMIT")
    for _kind, _name, sql in sorted(made):
        connection.execute(sql)
    for table in ("case_search", "complaint_search"):
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
    connection.close()
    draft.rename(target)


def _marks(names: object) -> str:
    return ", ".join("?" for _ in names)  # type: ignore[attr-defined]


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
