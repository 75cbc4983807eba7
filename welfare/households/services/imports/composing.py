"""Everything an import will write, put together before anything is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.references import HOUSEHOLD, PERSON, format_reference
from welfare.households.facts import COLUMNS, HouseholdFacts, PersonFacts
from welfare.households.kinds import DatePrecision, EndReason, FactSource, Relation
from welfare.households.models import (
    Household,
    ImportedColumns,
    ImportRow,
    Membership,
    Person,
    PersonFact,
    PersonName,
)
from welfare.households.models.keys import (
    household_key,
    identifier_index,
    person_key,
    phone_index,
)
from welfare.households.services.imports.altering import (
    NAMES,
    Altering,
    Follow,
    open_links,
    rows_of,
)
from welfare.households.services.imports.finding import Words, make_found
from welfare.households.services.imports.noting import Notes, chunks
from welfare.households.services.imports.plan import RowPlan
from welfare.households.services.imports.spool import Batch, Row

_NO_HEALTH: Row = dict.fromkeys(
    ("disability", "disability_card_issued", "disability_card_expires", "adl_score", "adl_on")
)


class Said(NamedTuple):
    """A line of the audit, to be said in the transaction that writes."""

    action: str
    kind: str
    number: str
    details: Row


class Composing:
    """Puts together what the plans of one import come to. Reads, and writes into the spool only."""

    def __init__(
        self,
        actor: Viewer,
        number: str,
        file_name: str,
        notes: Notes,
        tell: Callable[[int], None],
    ) -> None:
        self.actor, self.number, self.file_name = actor, number, file_name
        self.notes, self.tell = notes, tell
        self.now, self.today = clock.now(), clock.today()
        self.report: Counter[str] = Counter()
        self.said: list[Said] = []
        self.follows: list[Follow] = []
        self.words = Words()
        self.house_ids: dict[str, int] = {}
        self.villages: dict[int, int | None] = {}

    def compose(self, plans: list[RowPlan]) -> None:
        """Houses first, then people, then who lives where, then what there was no place for."""
        self._add_houses(plans)
        altering = Altering(self)
        altering.houses(plans)
        self._add_people(plans)
        altering.people(plans)
        altering.links(plans)
        self._end_links([link for plan in plans for link in plan.leaves])
        self._join(plans)
        self._keep_columns(plans)
        make_found(self, plans)
        self.notes.finish()

    def note_applied(self, rows: list[tuple[int, RowPlan]]) -> None:
        """Let the staged rows say whom and which house they made or changed."""
        form = self.notes.form(ImportRow, ("outcome", "person_id", "household_id"))
        for chunk in chunks(rows):
            batch = [
                (
                    "applied",
                    plan.person_id,
                    self.house_of(plan) if plan.household_id or plan.house_key else None,
                    row_id,
                )
                for row_id, plan in chunk
            ]
            self.notes.spool.add(Batch(form.change(versioned=False), batch))

    def say(self, action: str, kind: str, number: str, details: Row | None = None) -> None:
        """A line for the audit."""
        self.said.append(Said(action, kind, number, {"import": self.number, **(details or {})}))

    def house_of(self, plan: RowPlan) -> int:
        """The house of a row, also one that is new."""
        return plan.household_id or self.house_ids[plan.house_key]

    def _add_houses(self, plans: list[RowPlan]) -> None:
        new: dict[str, Row] = {}
        for plan in plans:
            if plan.household_id is None and plan.house_key:
                facts = new.setdefault(plan.house_key, {})
                for name, value in plan.values.house.items():
                    facts.setdefault(name, value)
        numbers = self.notes.identities.numbers("household", len(new))
        rows = []
        for (key, facts), running in zip(new.items(), numbers, strict=True):
            row = self.notes.named(Household, self._house_row(facts, running))
            self.house_ids[key], self.villages[row["id"]] = row["id"], row["village_no"]
            self.words.new_houses.append(row)
            self.say("household.imported", "household", row["number"])
            rows.append(row)
        self.notes.add(Household, rows)
        self.report["houses_new"] = len(rows)
        known = {plan.household_id for plan in plans if plan.household_id is not None}
        for chunk in chunks(sorted(known)):
            found = select(Household.id, Household.village_no).where(Household.id.in_(chunk))
            self.villages.update({row.id: row.village_no for row in db.session.execute(found)})

    def _house_row(self, facts: Row, running: int) -> Row:
        row = {
            **{
                name: facts.get(name, default_of(HouseholdFacts, name))
                for name in HouseholdFacts.__dataclass_fields__
            },
            "number": format_reference(HOUSEHOLD, running=running),
            "created_at": self.now,
            "updated_at": self.now,
            "version": 1,
        }
        row["search_key"] = key_of_house(row)
        return row

    def _add_people(self, plans: list[RowPlan]) -> None:
        new = [plan for plan in plans if plan.person == "new"]
        numbers = self.notes.identities.numbers("person", len(new))
        for place, chunk in enumerate(chunks(list(zip(new, numbers, strict=True)))):
            self.notes.add(Person, [self._person_row(plan, running) for plan, running in chunk])
            people = [plan for plan, _running in chunk]
            self.notes.add(PersonName, [self._name_row(plan) for plan in people])
            self.notes.add(PersonFact, [row for plan in people for row in self._fact_rows(plan)])
            self.tell(place * len(chunk))
        self.report["people_new"] = len(new)

    def _person_row(self, plan: RowPlan, running: int) -> Row:
        plan.person_number = format_reference(PERSON, running=running)
        facts = {name: default_of(PersonFacts, name) for name in PersonFacts.__dataclass_fields__}
        facts |= {**_NO_HEALTH, **plan.values.person, **plan.values.health}
        if facts.get("adl_score") is not None and facts.get("adl_on") is None:
            facts["adl_on"] = self.today
        row = self.notes.named(
            Person,
            {
                **facts,
                "number": plan.person_number,
                "search_key": person_key(
                    facts["first_name"], facts["middle_name"], facts["last_name"]
                ),
                "identifier_index": identifier_index(facts["identifier"]),
                "phone_index": phone_index(facts["phone"]),
                "created_at": self.now,
                "updated_at": self.now,
                "version": 1,
            },
        )
        plan.person_id = row["id"]
        self.say("person.imported", "person", plan.person_number)
        return row

    def _name_row(self, plan: RowPlan) -> Row:
        person = plan.values.person
        return self.notes.named(
            PersonName,
            {
                "person_id": plan.person_id,
                **{name: person.get(name, "") for name in NAMES},
                "reason": "",
                "version": 1,
            },
        )

    def _fact_rows(self, plan: RowPlan) -> Iterable[Row]:
        """The first facts of somebody new: what their columns hold, with the file as source."""
        known = {**plan.values.person, **plan.values.health}
        for kind, columns in COLUMNS.items():
            main = next(iter(columns))
            if known.get(main) in (None, "", "unknown"):
                continue
            row: Row = {
                "person_id": plan.person_id,
                "kind": kind,
                "code": "",
                "from_precision": DatePrecision.DAY,
                "source": FactSource.IMPORT,
                "recorded_at": self.now,
                "recorded_by_id": self.actor.user_id or None,
                "version": 1,
            }
            for column, target in columns.items():
                value = known.get(column)
                row[target] = str(value or "") if target == "code" else value
            if "adl_score" in columns:
                row["from_day"] = known.get("adl_on") or self.today
            yield self.notes.named(PersonFact, row)

    def _end_links(self, ids: list[int]) -> None:
        for chunk in chunks(sorted(set(ids))):
            edits = []
            for link in rows_of(Membership, chunk):
                last = max(self.today, link["from_day"] or self.today)
                edits.append((link, {"to_day": last, "reason": EndReason.MOVED_OUT.value}))
                self.words.again(person=link["person_id"])
            self.notes.edit(Membership, edits)
            self.report["moved"] += len(edits)

    def _join(self, plans: list[RowPlan]) -> None:
        joining = [plan for plan in plans if plan.join and plan.person_id is not None]
        heads = _heads_of({self.house_of(plan) for plan in joining})
        rows = []
        for plan in joining:
            house_id, link = self.house_of(plan), plan.values.link
            relation = link.get("relation", Relation.OTHER)
            if relation == Relation.HEAD and house_id in heads:
                relation = Relation.OTHER
            if relation == Relation.HEAD:
                heads.add(house_id)
            rows.append(self.notes.named(Membership, _link_row(plan, house_id, relation)))
            if plan.person != "new":
                self.words.again(person=plan.person_id)
            self.say("person.joined", "person", plan.person_number, {"relation": relation.value})
        self.notes.add(Membership, rows)
        self.report["joined"] = len(rows)

    def _keep_columns(self, plans: list[RowPlan]) -> None:
        rows = [
            self.notes.named(
                ImportedColumns,
                {
                    "person_id": plan.person_id,
                    "household_id": None if plan.person_id else self.house_of(plan),
                    "import_number": self.number,
                    "source": f"{self.file_name} · {plan.values.sheet} · {plan.values.number}"[
                        :300
                    ],
                    "content": json.dumps(plan.values.extras, ensure_ascii=False),
                    "created_at": self.now,
                },
            )
            for plan in plans
            if plan.values.extras
        ]
        self.notes.add(ImportedColumns, rows)
        self.report["kept_columns"] = len(rows)


def _link_row(plan: RowPlan, house_id: int, relation: Relation) -> Row:
    link = plan.values.link
    return {
        "household_id": house_id,
        "person_id": plan.person_id,
        "relation": relation,
        "de_facto": link.get("de_facto", True),
        "on_register": link.get("on_register", True),
        "from_day": link.get("from_day"),
        "to_day": None,
        "reason": "",
        "version": 1,
    }


def _heads_of(houses: set[int]) -> set[int]:
    links = open_links(Membership.household_id, houses)
    return {link["household_id"] for link in links if link["relation"] == Relation.HEAD}


def key_of_house(row: Row) -> str:
    """What a house is searched by."""
    parts = (row["house_no"], row["community"], row["lane"], row["road"], row["landmark"])
    return household_key(*parts)


def default_of(kind: Any, name: str) -> Any:
    """What holds where a file says nothing."""
    value = kind.__dataclass_fields__[name].default
    return None if repr(value).startswith("<dataclasses._MISSING") else value
