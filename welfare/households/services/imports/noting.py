"""Rows of the registry made ready for an import, each with its line in the change set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from welfare.core.audit import masked
from welfare.core.db import Base
from welfare.households.models.changes import Change, ChangeSubject, RowChange
from welfare.households.services.freezing import content, frozen_row, table, to_json
from welfare.households.services.imports.identities import Identities
from welfare.households.services.imports.spool import Batch, Form, Row, Spool, filled, standing

CHUNK = 500
Edit = tuple[Row, Row]
"""A row as it stands, and what changes of it."""
_OWN = {"households": "household_id", "people": "person_id"}
_CHANGE = ("position", "table_name", "row_id", "what", "before", "after")
_UNSAID = frozenset({"search_key", "identifier_index", "phone_index", "updated_at", "version"})


class Notes:
    """Puts rows and their changes into the spool, in the order in which they must be written."""

    def __init__(self, connection: Connection, spool: Spool) -> None:
        self.dialect, self.spool = connection.dialect, spool
        self.identities = Identities(connection)
        self._position = 0
        self._subjects: dict[tuple[str, int], None] = {}
        self._forms: dict[tuple[str, tuple[str, ...]], Form] = {}
        self._change = Form(table(Change.__tablename__), _CHANGE, self.dialect)

    def named(self, model: type[Base], row: Row) -> Row:
        """The row with an id of its own."""
        return {"id": self.identities.take(table(str(model.__tablename__))), **row}

    def add(self, model: type[Base], rows: Sequence[Row]) -> None:
        """New rows, which have their ids."""
        of = table(str(model.__tablename__))
        form = self._form(of, tuple(column.name for column in of.columns))
        for chunk in chunks(rows):
            whole = [filled(of, row) for row in chunk]
            self.spool.add(Batch(form.insertion(), [form.sealed(row) for row in whole]))
            self._note(
                (of.name, row["id"], RowChange.ADDED, None, standing(of, row)) for row in whole
            )
            for row in whole:
                self._subject(of, row)

    def edit(self, model: type[Base], edits: Sequence[Edit]) -> None:
        """Rows that change. Whoever has saved one of them meanwhile is not overwritten."""
        of = table(str(model.__tablename__))
        alike: dict[tuple[str, ...], list[Edit]] = {}
        for before, after in edits:
            changed = {name: value for name, value in after.items() if value != before[name]}
            if changed:
                alike.setdefault(tuple(sorted(changed)), []).append((before, changed))
        for columns, group in alike.items():
            form = self._form(of, columns)
            for chunk in chunks(group):
                self.spool.add(
                    Batch(
                        form.change(),
                        [(*form.sealed(new), old["id"], old["version"]) for old, new in chunk],
                        exact=True,
                    )
                )
                self._note(self._edited(of, old, new) for old, new in chunk)
                for old, new in chunk:
                    self._subject(of, old)
                    self._subject(of, {**old, **new})

    def insert(self, model: type[Base], rows: Sequence[Row], *, missing_only: bool = False) -> None:
        """Derived rows, of which no change set speaks."""
        of = table(str(model.__tablename__))
        form = self._form(of, tuple(rows[0]) if rows else ())
        for chunk in chunks(rows):
            self.spool.add(
                Batch(
                    form.insertion(missing_only=missing_only), [form.sealed(row) for row in chunk]
                )
            )

    def finish(self) -> None:
        """Say whom the change set touches."""
        of = table(ChangeSubject.__tablename__)
        form = self._form(of, ("household_id", "person_id"))
        rows = [
            (
                row_id if column == "household_id" else None,
                row_id if column == "person_id" else None,
            )
            for column, row_id in self._subjects
        ]
        for chunk in chunks(rows):
            self.spool.add(Batch(form.insertion(first="change_set_id"), chunk, of_set=True))

    def form(self, model: type[Base], columns: tuple[str, ...]) -> Form:
        """A statement over columns of a table of which no change set speaks."""
        return self._form(table(str(model.__tablename__)), columns)

    def _form(self, of: Table, columns: tuple[str, ...]) -> Form:
        found = self._forms.get((of.name, columns))
        if found is None:
            found = self._forms[of.name, columns] = Form(of, columns, self.dialect)
        return found

    def _edited(self, of: Table, old: Row, new: Row) -> tuple[Any, ...]:
        before = content(frozen_row({name: old[name] for name in new}))
        return of.name, old["id"], RowChange.EDITED, before, content(frozen_row(new))

    def _note(self, changes: Iterable[tuple[Any, ...]]) -> None:
        rows = []
        for name, row_id, what, before, after in changes:
            values = (self._position, name, row_id, what, to_json(before), to_json(after))
            rows.append(self._change.sealed(dict(zip(_CHANGE, values, strict=True))))
            self._position += 1
        self.spool.add(Batch(self._change.insertion(first="change_set_id"), rows, of_set=True))

    def _subject(self, of: Table, row: Mapping[str, Any]) -> None:
        if of.name in _OWN:
            self._subjects[_OWN[of.name], row["id"]] = None
        for column in _OWN.values():
            if row.get(column):
                self._subjects[column, row[column]] = None


def audited(model: type[Base], before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """Old and new of what changed, personal values as keyed hashes."""
    of, found = table(str(model.__tablename__)), {}
    for name, new in after.items():
        old = before[name]
        if old == new or name in _UNSAID:
            continue
        if "personal" in of.c[name].info:
            old, new = masked(old), masked(new)
        found[name] = (old, new)
    return found


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterable[list[Any]]:
    """Portions that one statement bears."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])
