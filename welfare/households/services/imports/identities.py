"""Ids and running numbers set aside for rows that are not written yet."""

from __future__ import annotations

from collections import deque

from sqlalchemy import Connection, Table, func, select, text

from welfare.core.db import db
from welfare.core.numbers import RunningNumber, take_numbers
from welfare.households.services.freezing import table
from welfare.households.services.imports.spool import Raced

GAP = 1000
"""On SQLite ids are taken this far beyond the last one, so that others can write meanwhile."""
PORTION = 500


class Identities:
    """What the rows of one import will be called. PostgreSQL hands ids out for good; on SQLite
    they are only looked out, and looked at again by :meth:`confirm`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._free: dict[str, deque[int]] = {}
        self._next: dict[str, int] = {}
        self._begin: dict[str, int] = {}
        self._numbers: dict[str, range] = {}

    def take(self, of: Table) -> int:
        """An id for one row of this table."""
        if self._sqlite:
            if of.name not in self._next:
                self._begin[of.name] = self._next[of.name] = _last(self._connection, of) + GAP
            self._next[of.name] += 1
            return self._next[of.name]
        free = self._free.setdefault(of.name, deque())
        if not free:
            sequence = func.pg_get_serial_sequence(of.name, "id")
            rows = select(func.nextval(sequence)).select_from(func.generate_series(1, PORTION))
            free.extend(self._connection.scalars(rows))
        return free.popleft()

    def numbers(self, kind: str, count: int) -> range:
        """The running numbers that these many new ones of a kind will have."""
        last = db.session.scalar(
            select(RunningNumber.last).where(
                RunningNumber.kind == kind, RunningNumber.fiscal_year == 0
            )
        )
        self._numbers[kind] = range((last or 0) + 1, (last or 0) + 1 + count)
        return self._numbers[kind]

    def confirm(self, connection: Connection) -> None:
        """Take what was set aside, in the transaction that writes. ``Raced`` when others were
        faster."""
        for kind, numbers in self._numbers.items():
            if numbers and take_numbers(kind, len(numbers)) != numbers:
                raise Raced
        for name, begin in self._begin.items():
            if _last(connection, table(name)) > begin:
                raise Raced


def _last(connection: Connection, of: Table) -> int:
    """The last id given, also to a row that is gone again."""
    last = int(connection.scalar(select(func.max(of.c.id))) or 0)
    if of.dialect_options["sqlite"]["autoincrement"]:
        ever = connection.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": of.name}
        ).scalar()
        last = max(last, int(ever or 0))
    return last
