"""Taking a whole import back: all of it in one transaction, or nothing.

As with applying, nearly all of the work is done beside the lock: what the import did is read, held
against what stands there now, and what goes back is made ready as statements. The transaction then
makes sure that nobody has written meanwhile, and runs them. The rules are those of ``undoing``:
what was edited or leant on since stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from welfare.core import audit
from welfare.core.audit import last_entry, written_since
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Relation
from welfare.households.models.changes import (
    Change,
    ChangeKind,
    ChangeSet,
    ChangeSubject,
    RowChange,
)
from welfare.households.services.freezing import content, from_json, table, thawed, to_json
from welfare.households.services.imports.noting import chunks
from welfare.households.services.imports.spool import Batch, Form, Raced, Spool
from welfare.households.services.imports.writing import run
from welfare.households.services.recording import recorded, rows_by_id
from welfare.households.services.undoing import (
    Kept,
    Key,
    Undone,
    closed,
    follow_restored,
    leant_on,
    must_cover,
)
from welfare.households.services.writing import must_edit

PORTION = 1000
REGISTRY = frozenset({"household", "person", "registry", "village"})
_STAYS = "memberships"
_NOTED = ("position", "table_name", "row_id", "what", "before", "after")
_OWN = {"people": "person_id", "households": "household_id"}
Row = dict[str, Any]


class _Deed(NamedTuple):
    """What the import did to a row, and what of it goes back (columns; empty for a new row)."""

    key: Key
    added: bool
    version: int | None
    back: Row


@dataclass
class Looked:
    """An undo that is ready to be written. ``seen``: the last line of the audit before it was
    looked at."""

    set_id: int
    seen: int
    spool: Spool
    noted: Spool
    staying: set[Key] = field(default_factory=set)
    kept: list[Kept] = field(default_factory=list)
    touched: dict[str, set[int]] = field(
        default_factory=lambda: {"person_id": set(), "household_id": set()}
    )
    restored: int = 0

    def close(self) -> None:
        """Let the disk have its room back."""
        self.spool.close()
        self.noted.close()


def look(number: str, tell: Callable[[int, int], None]) -> Looked:
    """Read what a change set did, and make ready what takes it back. Writes nothing."""
    set_id = db.session.execute(select(ChangeSet.id).where(ChangeSet.number == number)).scalar_one()
    looked = Looked(set_id, last_entry(), Spool(), Spool())
    _Looking(looked, tell).look()
    return looked


class _Looking:
    """Goes through the changes in portions, so that memory does not grow with what they hold."""

    def __init__(self, looked: Looked, tell: Callable[[int, int], None]) -> None:
        self.looked, self.tell = looked, tell
        self.dialect = db.session.connection().dialect
        self.deeds: list[_Deed] = []
        self.changed: set[Key] = set()
        self.parents: dict[Key, Row] = {}
        self.heads: dict[int, Key] = {}
        self.note = Form(table(Change.__tablename__), _NOTED, self.dialect)
        self.total = 0

    def look(self) -> None:
        """All of it."""
        changes = select(func.count()).where(Change.change_set_id == self.looked.set_id)
        self.total = db.session.scalar(changes) or 0
        done = 0
        for portion in _changes(self.looked.set_id):
            self._judge(portion)
            done += len(portion)
            self.tell(done, self.total)
        added = {deed.key for deed in self.deeds if deed.added}
        stay = closed(self.changed | leant_on(added), self.parents)
        while more := self._heads_needed(added, stay):
            stay = closed(stay | more, self.parents)
        self.looked.staying = stay
        self.looked.kept += [
            Kept(*deed.key) for deed in self.deeds if deed.added and deed.key in self.looked.staying
        ]
        self._make_ready()

    def _heads_needed(self, added: set[Key], staying: set[Key]) -> set[Key]:
        """The stays of heads who came with the import to households in which others live on: whom
        somebody joined by hand since, or who have been edited. Without them nobody would be head;
        as after the undo of a merge, who is head then stays who is head."""
        going = {
            house: key for house, key in self.heads.items() if key in added and key not in staying
        }
        left: dict[int, list[str]] = {}
        of = table(_STAYS)
        for portion in chunks(sorted(going)):
            living = db.session.execute(
                select(of.c.id, of.c.household_id, of.c.relation).where(
                    of.c.household_id.in_(portion), of.c.to_day.is_(None), of.c.de_facto
                )
            )
            for row in living:
                if (_STAYS, row.id) not in added or (_STAYS, row.id) in staying:
                    left.setdefault(row.household_id, []).append(row.relation)
        return {going[house] for house, relations in left.items() if Relation.HEAD not in relations}

    def _judge(self, portion: list[Any]) -> None:
        by_table: dict[str, list[int]] = {}
        for change in portion:
            by_table.setdefault(change.table_name, []).append(change.row_id)
        present = {
            (name, row_id): row
            for name, ids in by_table.items()
            for row_id, row in rows_by_id(table(name), ids).items()
        }
        noted = []
        for change in portion:
            key = change.table_name, change.row_id
            now, before, after = present.get(key), from_json(change.before), from_json(change.after)
            self._touch(key, now or {}, before)
            if change.what is RowChange.ADDED:
                if now is not None:
                    self._added(key, now, after)
                    noted.append((key, self._line(change, RowChange.REMOVED, now, None)))
            elif now is None:
                self.looked.kept.append(Kept(*key))
            else:
                back = self._back(key, now, before, after)
                if back:
                    self.deeds.append(_Deed(key, False, now.get("version"), back))
                    was = {column: now[column] for column in back}
                    noted.append((key, self._line(change, RowChange.EDITED, was, back)))
        self.looked.noted.add(Batch("", noted))

    def _added(self, key: Key, now: Row, after: Row) -> None:
        self.deeds.append(_Deed(key, True, now.get("version"), {}))
        if content(now) != content(after):
            self.changed.add(key)
        if key[0] == _STAYS and now["relation"] == Relation.HEAD and now["to_day"] is None:
            self.heads[now["household_id"]] = key
        # What the row refers to is all that is asked of it later.
        names = {column.parent.name for column in table(key[0]).foreign_keys}
        self.parents[key] = {name: now[name] for name in names if now.get(name)}

    def _back(self, key: Key, now: Row, before: Row, after: Row) -> Row:
        back = {}
        for column, value in before.items():
            if now.get(column) == after.get(column):
                back[column] = value
            elif now.get(column) != value:
                self.looked.kept.append(Kept(*key, column))
        return back

    def _touch(self, key: Key, *rows: Row) -> None:
        touched = self.looked.touched
        if key[0] in _OWN:
            touched[_OWN[key[0]]].add(key[1])
        for column, ids in touched.items():
            ids.update(row[column] for row in rows if row.get(column))

    def _line(self, change: Any, what: RowChange, before: Row, after: Row | None) -> Any:
        """The change that this will be; the last that was done is the first that goes back."""
        values = (
            self.total - change.position, change.table_name, change.row_id, what,
            to_json(before), to_json(after),
        )  # fmt: skip
        return self.note.sealed(dict(zip(_NOTED, values, strict=True)))

    def _make_ready(self) -> None:
        """The statements, the last change first: unique indexes bear no other order."""
        staying, backs = self.looked.staying, _joined(self.deeds)
        run_of: list[_Deed] = []
        for deed in reversed(self.deeds):
            if deed.added and deed.key in staying:
                continue
            if not deed.added:
                if deed.key not in backs:
                    continue
                deed = deed._replace(back=backs.pop(deed.key))
            if run_of and _form(run_of[0]) != _form(deed):
                self._put(run_of)
                run_of = []
            run_of.append(deed)
        self._put(run_of)

    def _put(self, deeds: list[_Deed]) -> None:
        if not deeds:
            return
        self.looked.restored += len(deeds)
        first = deeds[0]
        of = table(first.key[0])
        form = Form(of, tuple(sorted(first.back)), self.dialect)
        sql = form.removal() if first.added else form.change(versioned="version" in of.c)
        for chunk in chunks(deeds):
            rows = []
            for deed in chunk:
                values = {name: thawed(of, name, value) for name, value in deed.back.items()}
                held = () if deed.version is None else (deed.version,)
                rows.append((*form.sealed(values), deed.key[1], *held))
            self.looked.spool.add(Batch(sql, rows, exact=True))


def _joined(deeds: list[_Deed]) -> dict[Key, Row]:
    """What goes back of each edited row: of a column that was edited twice, what stood first."""
    found: dict[Key, Row] = {}
    for deed in deeds:
        if not deed.added:
            found[deed.key] = {**deed.back, **found.get(deed.key, {})}
    return found


def _form(deed: _Deed) -> tuple[Any, ...]:
    return deed.key[0], deed.added, tuple(sorted(deed.back))


def _changes(set_id: int) -> Iterator[list[Any]]:
    last = -1
    columns = (
        Change.position, Change.table_name, Change.row_id, Change.what, Change.before, Change.after,
    )  # fmt: skip
    while True:
        rows = db.session.execute(
            select(*columns)
            .where(Change.change_set_id == set_id, Change.position > last)
            .order_by(Change.position)
            .limit(PORTION)
        ).all()
        if not rows:
            return
        last = rows[-1].position
        yield list(rows)


def take_back(looked: Looked, *, actor: Viewer, number: str, reason: str) -> Undone | None:
    """Write what was made ready, as a change set of its own; ``None`` when it is undone already.
    ``Raced`` when somebody has written meanwhile; the caller rolls back and looks anew."""
    must_edit(actor)
    past = db.session.execute(
        select(ChangeSet).where(ChangeSet.id == looked.set_id).with_for_update()
    ).scalar_one()
    if past.undone_by_id is not None:
        return None
    must_cover(actor, past.id)
    if written_since(looked.seen, REGISTRY):
        raise Raced
    people, houses = (frozenset(looked.touched[name]) for name in ("person_id", "household_id"))
    with recorded(
        actor, ChangeKind.UNDO, day=past.day, reason=reason, undoes_id=past.id
    ) as changes:
        connection = db.session.connection()
        try:
            for batch in looked.spool:
                run(connection, batch, changes.id)
        except IntegrityError as leant:
            raise Raced from leant
        _note(connection, looked, changes.id)
        past.undone_by_id = changes.id
        db.session.flush()
        db.session.expire_all()
        follow_restored(people, houses)
    audit.record(
        actor, "registry.undone", "registry", number,
        {"kind": past.kind, "by": changes.number, "rows": looked.restored,
         "kept": len(looked.kept)},
    )  # fmt: skip
    return Undone(changes.number, looked.restored, tuple(looked.kept), people, houses)


def _note(connection: Connection, looked: Looked, set_id: int) -> None:
    form = Form(table(Change.__tablename__), _NOTED, connection.dialect)
    sql = form.insertion(first="change_set_id")
    for batch in looked.noted:
        rows = [line for key, line in batch.rows if key not in looked.staying]
        if rows:
            run(connection, Batch(sql, rows, of_set=True), set_id)
    subjects = Form(
        table(ChangeSubject.__tablename__), ("household_id", "person_id"), connection.dialect
    )
    rows = [
        *((one, None) for one in sorted(looked.touched["household_id"])),
        *((None, one) for one in sorted(looked.touched["person_id"])),
    ]
    for chunk in chunks(rows):
        run(
            connection,
            Batch(subjects.insertion(first="change_set_id"), chunk, of_set=True),
            set_id,
        )
