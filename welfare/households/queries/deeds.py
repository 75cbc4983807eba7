"""The rows of an operation as sentences: who came, who left, who became what to the head."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, select
from sqlalchemy.engine import Row

from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import labels, policies
from welfare.households.models import Household, Membership, Person
from welfare.households.models.changes import Change, RowChange
from welfare.households.queries.rows import full_name

Values = dict[str, Any]


class House(NamedTuple):
    """A household by its number and what it is called."""

    number: str
    address: str


class Deeds:
    """Sentences of several change sets, with the names they need read in one statement; two more
    where a membership is gone again.

    Whoever has nothing to do with the household of the page and lies outside the viewer's area is
    not named.
    """

    def __init__(self, household_id: int | None, viewer: Viewer, set_ids: Sequence[int]) -> None:
        self.here = household_id
        self.rows: list[tuple[int, str, int, RowChange, Values, Values]] = []
        self.links: dict[int, Values] = {}
        self.houses: dict[int, House] = {}
        self.unseen: set[int] = set()
        self.names: dict[int, tuple[str, bool]] = {}
        for row in db.session.execute(_statement(set_ids, viewer)) if set_ids else ():
            self._take(row)
        self.names = self._gone() | self.names
        self._complete(viewer)
        own = {x["person_id"] for x in self.links.values() if x["household_id"] == household_id}
        self.named = own | {row_id for row_id, (_name, seen) in self.names.items() if seen}

    def _take(self, row: Row[*tuple[Any, ...]]) -> None:
        before, after = _values(row.before), _values(row.after)
        self.rows.append((row.change_set_id, row.table_name, row.row_id, row.what, before, after))
        if row.person is not None:
            self.names[row.person] = (_name(dict(row._mapping)), bool(row.person_seen))
        if row.house is not None:
            if row.house_seen:
                called = labels.address(row.house_no, row.village_no, row.lane, row.road)
                self.houses[row.house] = House(row.number, called)
            else:
                self.unseen.add(row.house)
        if row.table_name != "memberships":
            return
        whole = {**before, **after}
        if "person_id" in whole and "household_id" in whole:
            self.links.setdefault(row.row_id, whole)
        elif row.house is not None:
            self.links.setdefault(row.row_id, {"person_id": row.person, "household_id": row.house})

    def _complete(self, viewer: Viewer) -> None:
        """People and houses of memberships that are gone again: asked for only where there are
        any."""
        people = {link["person_id"] for link in self.links.values()} - self.names.keys()
        self.names |= _names(people, viewer) if people else {}
        if any(link["household_id"] != self.here for link in self.links.values()):
            known = self.houses.keys() | {self.here}
            houses = {link["household_id"] for link in self.links.values()} - known - self.unseen
            self.houses |= _houses(houses, viewer) if houses else {}

    def _gone(self) -> dict[int, tuple[str, bool]]:
        """People whose record an undo has taken away again."""
        return {
            row_id: (_name(values), False)
            for _set, table, row_id, what, before, after in self.rows
            if table == "people" and what is not RowChange.EDITED
            for values in (after or before,)
        }

    def of(self, set_id: int) -> tuple[str, ...]:
        """The sentences of one change set."""
        told = []
        for row_set, table, row_id, what, before, after in self.rows:
            if row_set == set_id:
                told.append(_TELLERS[table](self, row_id, what, before, after))
        return tuple(dict.fromkeys(sentence for sentence in told if sentence))

    def page_of(self, set_id: int) -> str:
        """The number of a household on whose page this change set stands; empty for none."""
        for row_set, table, row_id, *_rest in self.rows:
            link = self.links.get(row_id) if table == "memberships" else None
            if row_set == set_id and link and link["household_id"] in self.houses:
                return self.houses[link["household_id"]].number
        return ""

    def name(self, person_id: int) -> str:
        """The person as the viewer may know them."""
        if person_id in self.named and person_id in self.names:
            return self.names[person_id][0]
        return _("Somebody outside your area")

    def house(self, household_id: int) -> str:
        """The house as the viewer may know it."""
        if household_id == self.here:
            return _("this household")
        found = self.houses.get(household_id)
        return (found.address or found.number) if found else _("another household")

    def others(self, set_id: int) -> tuple[House, ...]:
        """The other households that one change set was about, as far as the viewer sees them."""
        found = dict.fromkeys(
            self.links[row_id]["household_id"]
            for row_set, table, row_id, *_rest in self.rows
            if row_set == set_id and table == "memberships" and row_id in self.links
        )
        return tuple(self.houses[one] for one in found if one != self.here and one in self.houses)

    def membership(self, row_id: int, what: RowChange, before: Values, after: Values) -> str:
        """Came, left, or became something else."""
        link = self.links.get(row_id)
        if link is None:
            return ""
        who, where = self.name(link["person_id"]), self.house(link["household_id"])
        if what is RowChange.ADDED:
            if not after.get("de_facto", True):
                return _("%(who)s stays in the register of %(house)s.", who=who, house=where)
            relation = labels.word(labels.RELATION, after.get("relation"))
            return _(
                "%(who)s comes to %(house)s (%(relation)s).",
                who=who, house=where, relation=relation,
            )  # fmt: skip
        if what is RowChange.REMOVED:
            return _("%(who)s no longer counts as having come to %(house)s.", who=who, house=where)
        if after.get("to_day"):
            return _("%(who)s leaves %(house)s.", who=who, house=where)
        if "to_day" in after:
            return _("%(who)s belongs to %(house)s again.", who=who, house=where)
        if "relation" in after:
            return _(
                "%(who)s in %(house)s: from %(before)s to %(after)s.",
                who=who, house=where, before=labels.word(labels.RELATION, before.get("relation")),
                after=labels.word(labels.RELATION, after["relation"]),
            )  # fmt: skip
        return _("How %(who)s belongs to %(house)s was put right.", who=who, house=where)

    def person(self, row_id: int, what: RowChange, before: Values, after: Values) -> str:
        """Added, died, renamed, married."""
        who = self.name(row_id)
        if what is RowChange.ADDED:
            return _("%(who)s is new in the registry.", who=who)
        if what is RowChange.REMOVED:
            return _("%(who)s is taken out of the registry again.", who=who)
        if "deceased_on" in after:
            if after["deceased_on"]:
                return _("%(who)s has died.", who=who)
            return _("%(who)s is not noted as deceased any more.", who=who)
        if {"title", "first_name", "last_name"} & after.keys():
            return _("%(who)s: the name changes.", who=who)
        if "marital_status" in after:
            status = labels.word(labels.MARITAL, after["marital_status"])
            return _("%(who)s: marital status %(status)s.", who=who, status=status)
        return ""

    def household(self, row_id: int, what: RowChange, _before: Values, _after: Values) -> str:
        """A new one, or one that is gone again."""
        if what is RowChange.ADDED:
            return _("A new household: %(house)s.", house=self.house(row_id))
        if what is RowChange.REMOVED:
            return _("A household that was new is taken out again.")
        return ""

    def nothing(self, _row_id: int, _what: RowChange, _before: Values, _after: Values) -> str:
        """Told by another row."""
        return ""


_TELLERS: dict[str, Callable[[Deeds, int, RowChange, Values, Values], str]] = {
    "memberships": Deeds.membership,
    "people": Deeds.person,
    "households": Deeds.household,
    "parentages": Deeds.nothing,
}


def _statement(set_ids: Sequence[int], viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """The rows of these sets that sentences are made of, with the person and the house of each as
    far as they are still there."""
    person = case((Change.table_name == "people", Change.row_id), else_=Membership.person_id)
    house = case((Change.table_name == "households", Change.row_id), else_=Membership.household_id)
    return (
        select(
            Change.change_set_id, Change.table_name, Change.row_id, Change.what, Change.before,
            Change.after, Person.id.label("person"), Person.title, Person.first_name,
            Person.middle_name, Person.last_name,
            policies.person_in_area(viewer).label("person_seen"),
            Household.id.label("house"), Household.number, Household.house_no,
            Household.village_no, Household.lane, Household.road,
            policies.in_area(viewer).label("house_seen"),
        )
        .outerjoin(
            Membership,
            and_(Change.table_name == "memberships", Membership.id == Change.row_id),
        )
        .outerjoin(Person, Person.id == person)
        .outerjoin(Household, Household.id == house)
        .where(
            Change.change_set_id.in_(set_ids),
            Change.table_name.in_(("memberships", "people", "households", "parentages")),
        )
        .order_by(Change.change_set_id, Change.position)
    )  # fmt: skip


def _values(stored: str | None) -> Values:
    found: Values = json.loads(stored) if stored else {}
    return found


def _name(values: Values) -> str:
    return full_name(
        values.get("title") or "", values.get("first_name") or "",
        values.get("middle_name") or "", values.get("last_name") or "",
    )  # fmt: skip


def _names(ids: Iterable[int], viewer: Viewer) -> dict[int, tuple[str, bool]]:
    rows = db.session.execute(
        select(
            Person.id, Person.title, Person.first_name, Person.middle_name, Person.last_name,
            policies.person_in_area(viewer).label("seen"),
        ).where(Person.id.in_(list(ids)))
    )  # fmt: skip
    return {row.id: (_name(dict(row._mapping)), bool(row.seen)) for row in rows}


def _houses(ids: Iterable[int], viewer: Viewer) -> dict[int, House]:
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road,
        ).where(Household.id.in_(list(ids)), policies.in_area(viewer))
    )  # fmt: skip
    return {
        row.id: House(row.number, labels.address(row.house_no, row.village_no, row.lane, row.road))
        for row in rows
    }
