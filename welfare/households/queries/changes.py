"""Who changed what of a household or a person when: words, values before and after as far as the
viewer may know them. Two or three statements a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import desc, or_, select, union_all

from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import labels
from welfare.households.models import Household, Membership, Person
from welfare.households.models.changes import Change, RowChange
from welfare.households.parts import Happened
from welfare.households.policies import can_see_village
from welfare.households.queries.edits import (
    FactChange,
    about,
    fact_changes,
    row_changes,
    row_words,
    set_words,
    verb,
)
from welfare.households.queries.loading import load_household, load_person
from welfare.households.queries.rows import full_name
from welfare.households.queries.strands import change_sets, edited
from welfare.households.queries.timeline import Cursor

PAGE = 30
TABLES = ("memberships", "people", "households")
SAME_ACT = timedelta(seconds=1)
"""An entry of the audit this close to a change set of the same person tells of the same act."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one record: ``subject`` is whose, empty for the record of the page itself."""

    subject: str
    what: str
    changes: tuple[FactChange, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. ``day`` is when it took effect, ``at`` when it was written down."""

    at: datetime
    who: str
    title: str
    reason: str
    day: date | None
    undone: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A page of it, newest first; ``older`` is the cursor of the next page, if there is one."""

    entries: tuple[Entry, ...]
    older: str


@dataclass(frozen=True, slots=True)
class Titled:
    """A record by what it is called."""

    id: int
    number: str
    name: str


def titled_household(number: str, *, viewer: Viewer) -> Titled:
    """The household of this number; ``NotFound`` outside the viewer's area."""
    house = load_household(number, viewer=viewer)
    called = labels.address(house.house_no, house.village_no, house.lane, house.road)
    return Titled(house.id, house.number, called or house.number)


def titled_person(number: str, *, viewer: Viewer) -> Titled:
    """The person of this number; ``NotFound`` outside the viewer's area."""
    one = load_person(number, viewer=viewer)
    called = full_name(one.title, one.first_name, one.middle_name, one.last_name)
    return Titled(one.id, one.number, called)


def change_history(
    *,
    viewer: Viewer,
    household_id: int | None = None,
    person_id: int | None = None,
    cursor: Cursor | None = None,
) -> History:
    """The history of a record that was loaded by right; either id is given."""
    of = {"household_id": household_id, "person_id": person_id, "viewer": viewer}
    every = union_all(edited(**of), change_sets(**of)).subquery()  # type: ignore[arg-type]
    asked = select(every).order_by(desc(every.c.at), every.c.strand, desc(every.c.id))
    if cursor is not None:
        asked = asked.where(every.c.at <= cursor.at).offset(cursor.skip)
    rows = [Happened(*row) for row in db.session.execute(asked.limit(PAGE + 1))]
    shown = rows[:PAGE]
    details = _rows_of([row.id for row in shown if row.strand == "sets"], household_id, person_id)
    words = _Words(
        viewer, household_id, person_id, [one for each in details.values() for one in each]
    )
    entries = tuple(
        _entry(row, words.rows(details.get(row.id, ())))
        for row in shown
        if not _told_twice(row, shown, details)
    )
    older = _cursor(shown, cursor).as_text() if len(rows) > PAGE else ""
    return History(entries, older)


def _cursor(shown: Sequence[Happened], cursor: Cursor | None) -> Cursor:
    last = shown[-1].at
    before = cursor.skip if cursor is not None and cursor.at == last else 0
    return Cursor(last, sum(1 for row in shown if row.at == last) + before)


def _told_twice(
    row: Happened, shown: Iterable[Happened], details: Mapping[int, Sequence[Change]]
) -> bool:
    """A line of the audit that a change set tells better: it holds the values."""
    own = {"household": "households", "person": "people"}.get(row.what.partition(".")[0])
    if row.what == "household.member_edited":
        own = "memberships"
    return row.strand == "edited" and any(
        other.strand == "sets"
        and other.who == row.who
        and abs(other.at - row.at) < SAME_ACT
        and any(change.table_name == own for change in details.get(other.id, ()))
        for other in shown
    )


def _entry(row: Happened, rows: tuple[Row, ...]) -> Entry:
    if row.strand == "sets":
        day, _bar, undone = row.more.partition("|")
        return Entry(
            at=row.at,
            who=row.who,
            title=set_words(row.what),
            reason=row.text,
            day=date.fromisoformat(day[:10]) if day else None,
            undone=bool(undone),
            rows=rows,
        )
    changes = fact_changes(row.text)
    told = (Row("", "", changes),) if changes else ()
    return Entry(row.at, row.who, verb(row.what), about(row.what, row.text), None, False, told)


def _rows_of(
    ids: Sequence[int], household_id: int | None, person_id: int | None
) -> dict[int, list[Change]]:
    """The rows of these change sets that concern the record of the page."""
    if not ids:
        return {}
    found: dict[int, list[Change]] = {}
    mine = (
        Membership.household_id == household_id
        if household_id is not None
        else Membership.person_id == person_id
    )
    places = select(Membership.id).where(mine)
    people = (
        select(Membership.person_id).where(mine)
        if household_id is not None
        else select(Person.id).where(Person.id == person_id)
    )
    here = or_(
        (Change.table_name == "memberships") & Change.row_id.in_(places),
        (Change.table_name == "people") & Change.row_id.in_(people),
        (Change.table_name == "households") & (Change.row_id == (household_id or 0)),
    )
    rows = db.session.scalars(
        select(Change)
        .where(Change.change_set_id.in_(ids), here)
        .order_by(Change.change_set_id, Change.position)
        .limit(PAGE * 20)
    )
    for row in rows:
        found.setdefault(row.change_set_id, []).append(row)
    return found


class _Words:
    """Whose record each row is, read for the whole page in one statement."""

    def __init__(
        self, viewer: Viewer, household_id: int | None, person_id: int | None, rows: list[Change]
    ) -> None:
        self.of_person = person_id is not None
        self.names: dict[tuple[str, int], str] = {}
        ids = {name: [row.row_id for row in rows if row.table_name == name] for name in TABLES}
        if not any(ids.values()):
            return
        found = db.session.execute(
            select(
                Membership.id, Membership.person_id, Person.title, Person.first_name,
                Person.middle_name, Person.last_name, Household.house_no, Household.village_no,
            )
            .join(Person, Person.id == Membership.person_id)
            .join(Household, Household.id == Membership.household_id)
            .where(
                or_(Membership.id.in_(ids["memberships"]), Membership.person_id.in_(ids["people"]))
            )
        )  # fmt: skip
        for one in found:
            name = full_name(one.title, one.first_name, one.middle_name, one.last_name)
            seen = can_see_village(viewer, one.village_no)
            house = (
                _("House %(no)s", no=one.house_no) if seen else _("A household outside your area")
            )
            self.names["memberships", one.id] = house if self.of_person else name
            self.names["people", one.person_id] = "" if self.of_person else name

    def rows(self, changes: Iterable[Change]) -> tuple[Row, ...]:
        """The rows of one change set in words; what the program keeps for itself is left out."""
        told = []
        for change in changes:
            before = _values(change.before)
            after = _values(change.after)
            facts = row_changes(before, after) if change.what != RowChange.REMOVED else ()
            if change.what == RowChange.ADDED:
                facts = tuple(replace(fact, before="") for fact in facts if fact.after != "–")
            subject = self.names.get((change.table_name, change.row_id), "")
            what = row_words(change.what)
            if facts or what:
                told.append(Row(subject, what, facts))
        return tuple(told)


def _values(stored: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stored) if stored else {}
    return found


__all__ = [
    "Entry", "History", "Row", "Titled", "change_history", "titled_household", "titled_person",
]  # fmt: skip
