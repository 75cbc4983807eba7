"""The rows of an operation as sentences: who came, who left, who became what to the head."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import select

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
    """Sentences of several change sets, with the names they need read in two statements.

    Whoever has nothing to do with the household of the page and lies outside the viewer's area is
    not named.
    """

    def __init__(self, household_id: int | None, viewer: Viewer, changes: Iterable[Change]) -> None:
        self.here = household_id
        self.rows = [
            (change.change_set_id, change.table_name, change.row_id, change.what,
             _values(change.before), _values(change.after))
            for change in changes
        ]  # fmt: skip
        self.links = self._links()
        people = {row_id for _set, table, row_id, *_ in self.rows if table == "people"}
        people |= {link["person_id"] for link in self.links.values()}
        houses = {link["household_id"] for link in self.links.values()}
        self.houses = _houses(houses, viewer)
        self.names = _names(people, viewer) | self._gone()
        own = {x["person_id"] for x in self.links.values() if x["household_id"] == household_id}
        self.named = own | {row_id for row_id, (_name, seen) in self.names.items() if seen}

    def _links(self) -> dict[int, Values]:
        """Memberships by id: of the rows themselves, and of those that stand today."""
        found: dict[int, Values] = {}
        missing = set()
        for _set, table, row_id, _what, before, after in self.rows:
            if table == "memberships":
                whole = {**before, **after}
                if "person_id" in whole and "household_id" in whole:
                    found.setdefault(row_id, whole)
                else:
                    missing.add(row_id)
        if missing - found.keys():
            statement = select(Membership.id, Membership.person_id, Membership.household_id)
            for row in db.session.execute(statement.where(Membership.id.in_(missing))):
                found.setdefault(row.id, dict(row._mapping))
        return found

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
