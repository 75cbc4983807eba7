"""Statements made ready ahead of the transaction that runs them, kept on disk until then.

While rows are read, encrypted and put together nobody waits; the transaction only writes. What is
kept is what the database holds afterwards: secret columns are encrypted in it already. The file
has no name, so that a killed worker leaves nothing behind.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, Dialect, LargeBinary, Numeric, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

from welfare.core.security.crypto import EncryptedText
from welfare.core.storage import files
from welfare.households.services.freezing import frozen, table

Row = dict[str, Any]


class Raced(Exception):
    """The registry has changed since the statements were made ready."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One statement for many rows. ``of_set``: the id of the change set goes before each row.
    ``exact``: every row must meet one of the database."""

    sql: str
    rows: list[tuple[Any, ...]]
    of_set: bool = False
    exact: bool = False


class Spool:
    """Batches in the order in which they are to be run."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(dir=files.root())  # noqa: SIM115 - closed below

    def add(self, batch: Batch) -> None:
        """Keep a batch; one without rows is nothing."""
        if batch.rows:
            pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[Batch]:
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield pickle.load(self._file)  # noqa: S301 - our own file, which has no name

    def close(self) -> None:
        """Let the disk have its room back."""
        self._file.close()


class Form:
    """A statement over some columns of a table, and the values as the driver takes them."""

    def __init__(self, of: Table, columns: Sequence[str], dialect: Dialect) -> None:
        self.of, self.columns, self._dialect = of, tuple(columns), dialect
        self.mark = "?" if dialect.paramstyle == "qmark" else "%s"
        self._steps = [(name, _step(of.c[name].type, dialect)) for name in self.columns]

    def sealed(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a row: encrypted where the column is, in the order of the columns."""
        return tuple(step(row[name]) if step else row[name] for name, step in self._steps)

    def quoted(self, name: str) -> str:
        """A name as the database wants it."""
        return self._dialect.identifier_preparer.quote(name)

    def insertion(self, *, first: str = "", missing_only: bool = False) -> str:
        """INSERT of these columns; ``first`` is one more, before them."""
        names = [name for name in (first, *self.columns) if name]
        columns = ", ".join(self.quoted(name) for name in names)
        marks = ", ".join([self.mark] * len(names))
        rest = " ON CONFLICT DO NOTHING" if missing_only else ""
        return f"INSERT INTO {self.quoted(self.of.name)} ({columns}) VALUES ({marks}){rest}"  # noqa: S608

    def change(self, *, versioned: bool = True) -> str:
        """UPDATE of these columns; id and version follow in each row, and the version is raised."""
        columns = ", ".join(f"{self.quoted(name)} = {self.mark}" for name in self.columns)
        if not versioned:
            return f"UPDATE {self.quoted(self.of.name)} SET {columns} WHERE id = {self.mark}"  # noqa: S608
        where = f"id = {self.mark} AND version = {self.mark}"
        return (
            f"UPDATE {self.quoted(self.of.name)} SET {columns}, version = version + 1 WHERE {where}"  # noqa: S608
        )

    def removal(self) -> str:
        """DELETE; id follows in each row, and the version where the table has one."""
        held = f" AND version = {self.mark}" if "version" in self.of.c else ""
        return f"DELETE FROM {self.quoted(self.of.name)} WHERE id = {self.mark}{held}"  # noqa: S608


def _step(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """How a value of this type becomes what the driver takes; bytes are taken as they are."""
    if isinstance(kind, EncryptedText):
        return lambda value: kind.process_bind_param(value, dialect)
    if isinstance(kind, LargeBinary):
        return None
    return kind.dialect_impl(dialect).bind_processor(dialect)


def filled(of: Table, row: Row) -> Row:
    """The row with what its columns hold where nothing is said."""
    return {**_nothing_said(of.name), **row}


def standing(of: Table, row: Row) -> dict[str, Any]:
    """What a row will say when it is read again, as change sets keep it."""
    found = {name: frozen(value) for name, value in row.items()}
    for name, scale in _read_otherwise(of.name):
        if scale is None:
            found[name] = found[name] or None
        elif row[name] is not None:
            found[name] = frozen(round(row[name], scale))
    return found


@cache
def _nothing_said(name: str) -> Row:
    return {column.name: _default(column) for column in table(name).columns}


@cache
def _read_otherwise(name: str) -> list[tuple[str, int | None]]:
    """Columns that do not give back just what they were given: secret ones take an empty text for
    nothing (no scale), amounts are rounded."""
    found: list[tuple[str, int | None]] = []
    for column in table(name).columns:
        if isinstance(column.type, EncryptedText):
            found.append((column.name, None))
        elif isinstance(column.type, Numeric) and column.type.asdecimal:
            found.append((column.name, column.type.scale or 0))
    return found


def _default(column: Column[Any]) -> Any:
    default = column.default
    return default.arg if isinstance(default, ScalarElementColumnDefault) else None
