"""Taking a change set back: exactly, or around what was written since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Table, delete, insert, select, update

from welfare.core import audit
from welfare.core.db import Base, db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.models import Household
from welfare.households.models.changes import (
    Change,
    ChangeKind,
    ChangeSet,
    ChangeSubject,
    RowChange,
)
from welfare.households.queries.duplicates.heads import Headless
from welfare.households.services.freezing import (
    content,
    from_json,
    table,
    thawed,
    thawed_row,
)
from welfare.households.services.recording import Recording, chunks, recorded, rows_by_id
from welfare.households.services.writing import must_edit


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was not taken back, because it has been written or leant on since.

    ``column`` is empty for a whole row that stays.
    """

    table_name: str
    row_id: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: its own change set, how many rows it restored, what it left."""

    number: str
    restored: int
    kept: tuple[Kept, ...]
    people: frozenset[int]
    households: frozenset[int]


class StandsOn(Refused):
    """An undo is refused for what has been done since. ``later``: the numbers of those change sets
    that must be undone first; ``leaning``: tables with rows that refer to what would go.
    ``heads``: households that would have none, with those who could become it."""

    def __init__(
        self,
        words: str = "",
        *,
        later: Collection[str] = (),
        leaning: Collection[str] = (),
        heads: Collection[Headless] = (),
    ) -> None:
        super().__init__(
            words or _("This cannot be undone: later changes stand on it. Undo those first.")
        )
        self.later = tuple(later)
        self.leaning = tuple(leaning)
        self.heads = tuple(heads)


Refresh = Callable[[frozenset[int], frozenset[int]], None]
_refresh: list[Refresh] = []


def after_restoring(follower: Refresh) -> None:
    """Call this with the ids of people and households whose rows an undo has put back or removed,
    in the same transaction, so that what is derived from them can follow."""
    if follower not in _refresh:
        _refresh.append(follower)


def follow_restored(people: frozenset[int], households: frozenset[int]) -> None:
    """Let everything that is derived from these people and households follow."""
    for follower in _refresh:
        follower(people, households)


class Restoring(Protocol):
    """What an undo of ``set_id`` is about to put back. ``present``: the rows as they stand;
    ``edits``: columns that go back; ``inserts``: removed rows that come back; ``kept``: what does
    not, to be told; ``staying``: rows that were added and stay."""

    set_id: int
    present: dict[tuple[str, int], dict[str, Any]]
    edits: dict[tuple[str, int], dict[str, Any]]
    inserts: dict[tuple[str, int], dict[str, Any]]
    kept: list[Kept]
    staying: set[tuple[str, int]]

    def added_keys(self) -> set[tuple[str, int]]:
        """Rows that the set had added."""
        ...


Spare = Callable[[Restoring], None]


def undo_changes(
    *,
    actor: Viewer,
    number: str,
    reason: str = "",
    keep_later: bool = False,
    spare: Spare | None = None,
) -> Undone:
    """Take a change set back, as a change set of its own.

    Strict by default: ``Refused`` when a row of the set has been changed, or is leant on, since.
    With ``keep_later`` every column that still stands as the set left it goes back, later edits
    stay, and rows that were added and have been edited or referred to since stay; ``kept`` names
    them. ``spare`` may leave more as it is, where rows that are not of the set stand in the way.
    ``NotFound``; ``Forbidden`` outside one's area; ``Refused`` when it is undone already.
    """
    must_edit(actor)
    past = db.session.scalar(select(ChangeSet).where(ChangeSet.number == number).with_for_update())
    if past is None:
        raise NotFound
    if past.undone_by_id is not None:
        raise Refused(_("This has been undone already."))
    must_cover(actor, past.id)
    with recorded(actor, ChangeKind.UNDO, day=past.day, reason=reason, undoes_id=past.id) as now:
        work = _Undo(past.id, now)
        work.read()
        if work.kept and not keep_later:
            raise StandsOn(leaning=leaning_tables(work.added_keys()))
        if spare is not None:
            spare(work)
        work.restore()
        past.undone_by_id = now.id
        people, households = work.touched()
        db.session.flush()
        db.session.expire_all()
        follow_restored(people, households)
    audit.record(
        actor, "registry.undone", "registry", number,
        {"kind": past.kind, "by": now.number, "rows": work.restored, "kept": len(work.kept)},
    )  # fmt: skip
    return Undone(now.number, work.restored, tuple(work.kept), people, households)


def must_cover(actor: Viewer, set_id: int) -> None:
    """``Forbidden`` where a household of the set lies outside the actor's area."""
    places = db.session.execute(
        select(Household.village_no)
        .join(ChangeSubject, ChangeSubject.household_id == Household.id)
        .where(ChangeSubject.change_set_id == set_id)
        .distinct()
    )
    if not all(policies.can_edit(actor, village_no) for (village_no,) in places):
        raise Forbidden


Key = tuple[str, int]


@dataclass
class _Undo:
    set_id: int
    recording: Recording
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)
    present: dict[Key, dict[str, Any]] = field(default_factory=dict)
    edits: dict[Key, dict[str, Any]] = field(default_factory=dict)
    inserts: dict[Key, dict[str, Any]] = field(default_factory=dict)
    staying: set[Key] = field(default_factory=set)

    def read(self) -> None:
        """What the set did, what stands there now, and what of it can go back."""
        self.changes = db.session.scalars(
            select(Change).where(Change.change_set_id == self.set_id).order_by(Change.position)
        ).all()
        by_table: dict[str, list[int]] = {}
        for change in self.changes:
            by_table.setdefault(change.table_name, []).append(change.row_id)
        self.present = {
            (name, row_id): row
            for name, ids in by_table.items()
            for row_id, row in rows_by_id(table(name), ids).items()
        }
        self.staying = self._added_that_stay()
        self.edits = {}
        self.inserts = {}
        for change in self.changes:
            self._judge(change)

    def _judge(self, change: Change) -> None:
        key = change.table_name, change.row_id
        if change.what is RowChange.ADDED:
            if key in self.staying:
                self.kept.append(Kept(*key))
        elif change.what is RowChange.REMOVED:
            if key in self.present:
                self.kept.append(Kept(*key))
            else:
                self.inserts[key] = from_json(change.before)
        else:
            self._judge_edit(key, from_json(change.before), from_json(change.after))

    def _judge_edit(self, key: Key, before: dict[str, Any], after: dict[str, Any]) -> None:
        now = self.present.get(key)
        if now is None:
            self.kept.append(Kept(*key))
            return
        back = {}
        for column, value in before.items():
            if now.get(column) == after.get(column):
                back[column] = value
            elif now.get(column) != value:
                self.kept.append(Kept(*key, column))
        if back:
            self.edits[key] = back

    def _added_that_stay(self) -> set[Key]:
        """Rows the set added that were edited since or leant on, or that belong to such a row."""
        added = {
            (change.table_name, change.row_id): from_json(change.after)
            for change in self.changes
            if change.what is RowChange.ADDED
        }
        stay = {
            key
            for key, after in added.items()
            if key in self.present and content(self.present[key]) != content(after)
        }
        stay |= leant_on(added.keys())
        return closed(stay, {key: self.present[key] for key in added if key in self.present})

    def added_keys(self) -> set[Key]:
        """Rows that the set had added."""
        return {(c.table_name, c.row_id) for c in self.changes if c.what is RowChange.ADDED}

    def restore(self) -> None:
        """Put everything back, the last change first: unique indexes bear no other order."""
        going: list[Key] = []
        for change in reversed(self.changes):
            key = change.table_name, change.row_id
            if change.what is RowChange.ADDED:
                if key in self.present and key not in self.staying:
                    going.append(key)
                continue
            self._delete(going)
            going = []
            if change.what is RowChange.REMOVED:
                self._insert(change)
            elif key in self.edits:
                self._update(key, self.edits[key])
        self._delete(going)

    def _insert(self, change: Change) -> None:
        key = change.table_name, change.row_id
        if key not in self.inserts:
            return
        of = table(change.table_name)
        db.session.execute(insert(of).values(thawed_row(of, self.inserts[key])))
        self.recording.added(*key)
        self.restored += 1

    def _update(self, key: Key, values: dict[str, Any]) -> None:
        of = table(key[0])
        new = {column: thawed(of, column, value) for column, value in values.items()}
        if "version" in of.c:
            new["version"] = of.c.version + 1
        db.session.execute(update(of).where(of.c.id == key[1]).values(new))
        was = {column: self.present[key][column] for column in values}
        self.recording.edited(*key, was, values)
        self.restored += 1

    def _delete(self, keys: list[Key]) -> None:
        """In the order given, neighbours of one table together."""
        portion: list[int] = []
        for place, (name, row_id) in enumerate(keys):
            portion.append(row_id)
            self.recording.removed(name, row_id, self.present[name, row_id])
            if place + 1 == len(keys) or keys[place + 1][0] != name:
                for chunk in chunks(portion):
                    db.session.execute(delete(table(name)).where(table(name).c.id.in_(chunk)))
                portion = []
        self.restored += len(keys)

    def touched(self) -> tuple[frozenset[int], frozenset[int]]:
        """People and households whose own rows or belongings the undo changed."""
        keys = {(change.table_name, change.row_id) for change in self.changes}
        rows = [*self.present.values(), *(from_json(c.before) for c in self.changes)]

        def named(principal: str, column: str) -> frozenset[int]:
            own = {row_id for name, row_id in keys if name == principal}
            return frozenset(own | {row[column] for row in rows if row.get(column)})

        return named("people", "person_id"), named("households", "household_id")


def _references(of: Table) -> Iterable[tuple[Table, str]]:
    """Columns of any table that refer to the id of this one. What goes with it (``ON DELETE
    CASCADE``: derived rows) does not hold it."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is of and "id" in other.c and key.ondelete != "CASCADE":
                yield other, key.parent.name


def leaning_tables(added: Iterable[Key]) -> list[str]:
    """The tables with rows outside of these that refer to one of them."""
    own = set(added)
    return sorted({other for _key, other in _leaning(own)})


def leant_on(added: Iterable[Key]) -> set[Key]:
    """Those of these rows to which a row outside of them refers."""
    return {key for key, _other in _leaning(set(added))}


def _leaning(own: set[Key]) -> set[tuple[Key, str]]:
    by_table: dict[str, list[int]] = {}
    for name, row_id in own:
        by_table.setdefault(name, []).append(row_id)
    found: set[tuple[Key, str]] = set()
    for name, ids in by_table.items():
        for other, column in _references(table(name)):
            for chunk in chunks(ids):
                rows = db.session.execute(
                    select(other.c.id, other.c[column]).where(other.c[column].in_(chunk))
                )
                found |= {
                    ((name, to), other.name)
                    for row_id, to in rows
                    if (other.name, row_id) not in own
                }
    return found


def closed(stay: set[Key], added: dict[Key, dict[str, Any]]) -> set[Key]:
    """What stays, with what it refers to and, for a person who stays, what belongs to them."""
    grown = set(stay)
    while True:
        more = set()
        for key, row in added.items():
            parents = parents_of(key[0], row)
            if key in grown:
                more |= {parent for parent in parents if parent in added}
            elif any(parent[0] == "people" and parent in grown for parent in parents):
                more.add(key)
        if more <= grown:
            return grown
        grown |= more


def parents_of(name: str, row: dict[str, Any]) -> list[Key]:
    """The rows to which a row of this table refers."""
    return [
        (key.column.table.name, row[key.parent.name])
        for key in table(name).foreign_keys
        if row.get(key.parent.name) and key.column.name == "id"
    ]
