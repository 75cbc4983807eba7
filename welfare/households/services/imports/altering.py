"""What an import changes of houses, people and memberships that are there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from welfare.core.db import Base, db
from welfare.core.thai.identity import IdKind
from welfare.households.kinds import FactKind
from welfare.households.models import Household, Membership, Person, PersonFact, PersonName
from welfare.households.models.keys import (
    identifier_index,
    name_words,
    person_key,
    phone_index,
)
from welfare.households.services.freezing import table
from welfare.households.services.imports.fact_histories import FactHistory
from welfare.households.services.imports.noting import Edit, audited, chunks
from welfare.households.services.imports.plan import Alteration, RowPlan
from welfare.households.services.imports.spool import Row
from welfare.households.services.projecting import kinds_of

if TYPE_CHECKING:
    from welfare.households.services.imports.composing import Composing

NAMES = ("title", "first_name", "middle_name", "last_name")
Follow = tuple[str, str, str, int]
"""Which record has other words now (``person_id``, ``household_id``), before, after, its id."""


class Altering:
    """Works on the plans for :class:`Composing`, which keeps what comes of it."""

    def __init__(self, composing: Composing) -> None:
        self.all, self.notes = composing, composing.notes

    def houses(self, plans: list[RowPlan]) -> None:
        """Facts of houses."""
        from welfare.households.services.imports.composing import key_of_house

        wanted = {
            plan.household_id: changes
            for plan in plans
            if plan.household_id is not None and (changes := _of(plan, "house"))
        }
        for chunk in chunks(sorted(wanted)):
            edits: list[Edit] = []
            for house in rows_of(Household, chunk):
                after: Row = {change.name: change.after for change in wanted[house["id"]]}
                if after.get("village_no", house["village_no"]) != house["village_no"]:
                    self.all.words.moved_houses.add(house["id"])
                after |= {"search_key": key_of_house({**house, **after})}
                after |= {"updated_at": self.all.now}
                self._say(Household, "household.edited", "household", house, after)
                self._follow("household_id", house, after)
                edits.append((house, after))
            self.notes.edit(Household, edits)
            self.all.report["houses_changed"] += len(edits)

    def people(self, plans: list[RowPlan]) -> None:
        """Facts of people, with what they were before kept as history."""
        wanted = {
            plan.person_id: (plan, changes)
            for plan in plans
            if plan.person_id is not None
            and plan.person != "new"
            and (changes := _of(plan, "person", "health"))
        }
        for place, chunk in enumerate(chunks(sorted(wanted))):
            after = {person_id: self._after(*wanted[person_id]) for person_id in chunk}
            kinds = {person_id: kinds_of(new.keys()) for person_id, new in after.items()}
            facts = _facts_of(kinds)
            people, histories = [], []
            for person in rows_of(Person, chunk):
                new = after[person["id"]]
                history = FactHistory(self.all, person, facts[person["id"]])
                history.follow(kinds[person["id"]], new)
                histories.append(history)
                people.append((person, self._finished(person, new)))
            self._rename(people)
            self.notes.edit(Person, people)
            self.notes.add(PersonFact, [row for history in histories for row in history.added])
            self.notes.edit(PersonFact, [edit for history in histories for edit in history.edits()])
            self.all.report["people_changed"] += len(people)
            self.all.tell(place * len(chunk))

    def _after(self, plan: RowPlan, changes: list[Alteration]) -> Row:
        after: Row = {change.name: change.after for change in changes}
        if "birth_date" in after:
            after["birth_precision"] = plan.values.person["birth_precision"]
        if "identifier" in after:
            after["id_kind"] = plan.values.person.get("id_kind", IdKind.NATIONAL)
            after["identifier_index"] = identifier_index(after["identifier"])
        if "phone" in after:
            after["phone_index"] = phone_index(after["phone"])
        if "adl_score" in after:
            after.setdefault("adl_on", self.all.today)
        return after

    def _finished(self, person: Row, after: Row) -> Row:
        renamed = _renamed(after)
        if renamed:
            now = {**person, **after}
            after["search_key"] = person_key(
                now["first_name"], now["middle_name"], now["last_name"], [person["search_key"]]
            )
            self._follow("person_id", person, after)
        if "phone" in after:
            self.all.words.again(person=person["id"])
        after["updated_at"] = self.all.now
        self._say(Person, "person.renamed" if renamed else "person.edited", "person", person, after)
        return after

    def _rename(self, people: list[Edit]) -> None:
        """End the present names of those who have others now, and begin the new ones."""
        renamed = [(person, after) for person, after in people if _renamed(after)]
        names = _present_names([person["id"] for person, _after in renamed])
        rows, ended = [], []
        for person, after in renamed:
            present = names.get(person["id"])
            was = {name: person[name] for name in NAMES}
            base = {"person_id": person["id"], "reason": "", "version": 1}
            if present is None:
                row = {**base, **was, "to_day": self.all.today}
                rows.append(self.notes.named(PersonName, row))
            else:
                ended.append((present, {"to_day": self.all.today}))
            now = {name: after.get(name, person[name]) for name in NAMES}
            parts = [str(now[name] or "") for name in NAMES if name != "title"]
            self.all.words.names.update(name_words(*parts))
            row = {**base, **now, "from_day": self.all.today}
            rows.append(self.notes.named(PersonName, row))
        self.notes.edit(PersonName, ended)
        self.notes.add(PersonName, rows)

    def links(self, plans: list[RowPlan]) -> None:
        """Facts of who lives where."""
        wanted = {
            (plan.household_id, plan.person_id): changes
            for plan in plans
            if not plan.join and plan.person_id is not None and (changes := _of(plan, "link"))
        }
        people = {person_id for _house, person_id in wanted if person_id}
        edits: list[Edit] = []
        for link in open_links(Membership.person_id, people):
            told = wanted.get((link["household_id"], link["person_id"]))
            if told:
                edits.append((link, {change.name: change.after for change in told}))
        self.notes.edit(Membership, edits)
        self.all.report["links_changed"] += len(edits)

    def _say(self, model: type[Base], action: str, kind: str, before: Row, after: Row) -> None:
        self.all.say(action, kind, before["number"], audited(model, before, after))

    def _follow(self, column: str, before: Row, after: Row) -> None:
        """Let the search, and whoever repeats these words, follow."""
        person = column == "person_id"
        self.all.words.again(
            person=before["id"] if person else None, house=None if person else before["id"]
        )
        if before["search_key"] != after["search_key"]:
            self.all.follows.append(
                (column, before["search_key"], after["search_key"], before["id"])
            )


def _of(plan: RowPlan, *scopes: str) -> list[Alteration]:
    return [one for one in plan.alterations if one.scope in scopes]


def _renamed(after: Row) -> bool:
    return not after.keys().isdisjoint(NAMES)


def rows_of(model: type[Base], ids: Collection[int]) -> list[Row]:
    """Rows of a table as they stand, by id, with all their columns."""
    of = table(str(model.__tablename__))
    rows = db.session.execute(select(of).where(of.c.id.in_(sorted(ids))).order_by(of.c.id))
    return [dict(row) for row in rows.mappings()]


def open_links(column: Any, ids: Collection[int]) -> list[Row]:
    """Memberships that have not ended, of these people or houses."""
    of, found = table(Membership.__tablename__), []
    for chunk in chunks(sorted(ids)):
        rows = select(of).where(column.in_(chunk), of.c.to_day.is_(None)).order_by(of.c.id)
        found += [dict(row) for row in db.session.execute(rows).mappings()]
    return found


def _facts_of(kinds: dict[int, list[FactKind]]) -> dict[int, list[Row]]:
    people = [person_id for person_id, some in kinds.items() if some]
    every = sorted({kind for some in kinds.values() for kind in some})
    of = table(PersonFact.__tablename__)
    found: dict[int, list[Row]] = defaultdict(list)
    if people:
        rows = select(of).where(of.c.person_id.in_(people), of.c.kind.in_(every)).order_by(of.c.id)
        for row in db.session.execute(rows).mappings():
            found[row["person_id"]].append(dict(row))
    return found


def _present_names(people: list[int]) -> dict[int, Row]:
    of = table(PersonName.__tablename__)
    rows = select(of).where(of.c.person_id.in_(people), of.c.to_day.is_(None)).order_by(of.c.id)
    return {row["person_id"]: dict(row) for row in db.session.execute(rows).mappings()}
