"""The rows of the registry that an import adds and changes, many at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select, tuple_

from welfare.core import audit, clock
from welfare.core.db import Base, db
from welfare.core.numbers import take_numbers
from welfare.core.security.permissions import Viewer
from welfare.core.thai.identity import IdKind
from welfare.core.thai.references import HOUSEHOLD, PERSON, format_reference
from welfare.households.facts import COLUMNS, HouseholdFacts, PersonFacts
from welfare.households.kinds import DatePrecision, EndReason, FactSource, Relation
from welfare.households.models import (
    Household,
    ImportedColumns,
    Membership,
    Person,
    PersonFact,
    PersonName,
    RegistryImport,
)
from welfare.households.models.finding import index_houses, index_people
from welfare.households.models.keys import (
    household_key,
    identifier_index,
    person_key,
    phone_index,
)
from welfare.households.parts import tell_new_words
from welfare.households.queries.values import household_facts
from welfare.households.services.freezing import table
from welfare.households.services.imports.plan import RowPlan
from welfare.households.services.projecting import before_facts, follow_edit, kinds_of
from welfare.households.services.recording import Recording

Row = dict[str, Any]
Planned = tuple[RowPlan, int]
CHUNK = 500


class Writing:
    """Writes the plans of one import inside its change set."""

    def __init__(
        self,
        actor: Viewer,
        held: RegistryImport,
        changes: Recording,
        tell: Callable[[int], None],
    ) -> None:
        self.actor, self.held, self.changes, self.tell = actor, held, changes, tell
        self.now, self.today = clock.now(), clock.today()
        self.report: Counter[str] = Counter()
        self.house_ids: dict[str, int] = {}
        self.house_numbers: dict[int, str] = {}
        self.touched_people: set[int] = set()
        self.touched_houses: set[int] = set()

    def write(self, plans: list[Planned]) -> None:
        """Houses first, then people, then who lives where, then what there was no place for."""
        rows = [plan for plan, _row in plans]
        self._add_houses(rows)
        self._change_houses(rows)
        self._add_people(rows)
        self._change_people(rows)
        self._settle_homes(rows)
        self._keep_columns(plans)
        db.session.flush()
        connection = db.session.connection()
        index_people(connection, self.touched_people)
        index_houses(connection, self.touched_houses)

    def _insert(self, model: type[Base], rows: list[Row]) -> None:
        """Insert rows that nobody needs the ids of, and note them in the change set."""
        of = table(model.__tablename__)
        for chunk in _chunks(rows):
            ids = db.session.scalars(insert(of).returning(of.c.id), chunk)
            self.changes.note_added(model, list(ids))

    def _insert_numbered(self, model: type[Base], rows: list[Row]) -> dict[str, int]:
        """Insert rows that have numbers; their ids by number."""
        of, found = table(model.__tablename__), {}
        for chunk in _chunks(rows):
            for number, row_id in db.session.execute(
                insert(of).returning(of.c.number, of.c.id), chunk
            ):
                found[number] = row_id
        self.changes.note_added(model, list(found.values()))
        return found

    def _add_houses(self, plans: list[RowPlan]) -> None:
        new: dict[str, Row] = {}
        for plan in plans:
            if plan.household_id is None and plan.house_key:
                facts = new.setdefault(plan.house_key, {})
                for name, value in plan.values.house.items():
                    facts.setdefault(name, value)
        keys = list(new)
        numbers = take_numbers("household", len(keys)) if keys else ()
        rows = [
            self._house_row(new[key], format_reference(HOUSEHOLD, running=running))
            for key, running in zip(keys, numbers, strict=True)
        ]
        ids = self._insert_numbered(Household, rows)
        for key, row in zip(keys, rows, strict=True):
            self.house_ids[key] = ids[row["number"]]
            self.house_numbers[ids[row["number"]]] = row["number"]
            audit.record(
                self.actor, "household.imported", "household", row["number"],
                {"import": self.held.number},
            )  # fmt: skip
        self.touched_houses.update(ids.values())
        self.report["houses_new"] = len(ids)

    def _house_row(self, facts: Row, number: str) -> Row:
        known = {name: facts[name] for name in HouseholdFacts.__dataclass_fields__ if name in facts}
        row = {
            **{
                name: _default(HouseholdFacts, name) for name in HouseholdFacts.__dataclass_fields__
            },
            **known,
            "number": number,
            "created_at": self.now,
            "updated_at": self.now,
            "version": 1,
        }
        row["search_key"] = household_key(
            row["house_no"], row["community"], row["lane"], row["road"], row["landmark"]
        )
        return row

    def _change_houses(self, plans: list[RowPlan]) -> None:
        wanted = {
            plan.household_id: changes
            for plan in plans
            if plan.household_id is not None
            and (changes := [one for one in plan.alterations if one.scope == "house"])
        }
        for chunk in _chunks(sorted(wanted)):
            for house in _locked(Household, chunk):
                before = house.search_key
                for change in wanted[house.id]:
                    setattr(house, change.name, change.after)
                facts = household_facts(house)
                house.search_key = household_key(
                    facts.house_no, facts.community, facts.lane, facts.road, facts.landmark
                )
                house.updated_at = self.now
                self._audit(house, "household.edited", "household")
                db.session.flush()
                tell_new_words(before, house.search_key, household_id=house.id)
                self.report["houses_changed"] += 1

    def _audit(self, record: Any, action: str, kind: str) -> None:
        changes = audit.changes_of(record)
        for name in ("search_key", "identifier_index", "phone_index", "updated_at"):
            changes.pop(name, None)
        audit.record(
            self.actor, action, kind, record.number, {"import": self.held.number, **changes}
        )

    def _add_people(self, plans: list[RowPlan]) -> None:
        new = [plan for plan in plans if plan.person == "new"]
        numbers = take_numbers("person", len(new)) if new else ()
        rows = []
        for plan, running in zip(new, numbers, strict=True):
            plan.person_number = format_reference(PERSON, running=running)
            rows.append(self._person_row(plan))
        ids = self._insert_numbered(Person, rows)
        for plan in new:
            plan.person_id = ids[plan.person_number]
            audit.record(
                self.actor, "person.imported", "person", plan.person_number,
                {"import": self.held.number},
            )  # fmt: skip
        self._insert(PersonName, [self._name_row(plan) for plan in new])
        self._insert(PersonFact, [row for plan in new for row in self._fact_rows(plan)])
        self.touched_people.update(ids.values())
        self.report["people_new"] = len(ids)

    def _person_row(self, plan: RowPlan) -> Row:
        facts = {name: _default(PersonFacts, name) for name in PersonFacts.__dataclass_fields__}
        facts |= {**_NO_HEALTH, **plan.values.person, **plan.values.health}
        if facts.get("adl_score") is not None:
            facts["adl_on"] = self.today
        return {
            **facts,
            "number": plan.person_number,
            "search_key": person_key(facts["first_name"], facts["middle_name"], facts["last_name"]),
            "identifier_index": identifier_index(facts["identifier"]),
            "phone_index": phone_index(facts["phone"]),
            "created_at": self.now,
            "updated_at": self.now,
            "version": 1,
        }

    def _name_row(self, plan: RowPlan) -> Row:
        person = plan.values.person
        return {
            "person_id": plan.person_id,
            **{name: person.get(name, "") for name in _NAMES},
            "reason": "",
            "version": 1,
        }

    def _fact_rows(self, plan: RowPlan) -> Iterable[Row]:
        """The first facts of somebody new: what their columns hold, with the file as source."""
        known = {**plan.values.person, **plan.values.health}
        for kind, columns in COLUMNS.items():
            main = next(iter(columns))
            if known.get(main) in (None, "", "unknown"):
                continue
            row: Row = dict.fromkeys(_FACT_VALUES)
            row |= {
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
                row["from_day"] = self.today
            yield row

    def _change_people(self, plans: list[RowPlan]) -> None:
        wanted = {
            plan.person_id: (plan, changes)
            for plan in plans
            if plan.person_id is not None
            and plan.person != "new"
            and (changes := [one for one in plan.alterations if one.scope in ("person", "health")])
        }
        for place, chunk in enumerate(_chunks(sorted(wanted))):
            names = _present_names(chunk)
            for person in _locked(Person, chunk):
                plan, changes = wanted[person.id]
                self._change_person(person, plan, {one.name: one.after for one in changes}, names)
            db.session.flush()
            self.tell(place * CHUNK)

    def _change_person(
        self, person: Person, plan: RowPlan, after: Row, names: dict[int, PersonName]
    ) -> None:
        if "birth_date" in after:
            after["birth_precision"] = plan.values.person["birth_precision"]
        if "identifier" in after:
            after["id_kind"] = plan.values.person.get("id_kind", IdKind.NATIONAL)
        if "adl_score" in after:
            after["adl_on"] = self.today
        kinds = kinds_of(after.keys())
        for kind in kinds:
            before_facts(person, kind)
        old_words = person.search_key
        renamed = bool(set(_NAMES) & after.keys())
        if renamed:
            self._rename(person, after, names)
        for name, value in after.items():
            setattr(person, name, value)
        person.identifier_index = identifier_index(person.identifier)
        person.phone_index = phone_index(person.phone)
        if renamed:
            earlier = old_words if old_words else ""
            person.search_key = person_key(
                person.first_name, person.middle_name, person.last_name, [earlier]
            )
        person.updated_at = self.now
        self._audit(person, "person.renamed" if renamed else "person.edited", "person")
        db.session.flush()
        if kinds:
            follow_edit(self.actor, person, kinds, FactSource.IMPORT)
        tell_new_words(old_words, person.search_key, person_id=person.id)
        self.report["people_changed"] += 1

    def _rename(self, person: Person, after: Row, names: dict[int, PersonName]) -> None:
        present = names.get(person.id)
        if present is None:
            present = PersonName(
                person_id=person.id, **{name: getattr(person, name) for name in _NAMES}
            )
            db.session.add(present)
        present.to_day = self.today
        db.session.add(
            PersonName(
                person_id=person.id,
                from_day=self.today,
                reason="",
                **{name: after.get(name, getattr(person, name)) for name in _NAMES},
            )
        )

    def _settle_homes(self, plans: list[RowPlan]) -> None:
        self._change_links(plans)
        self._end_links([link for plan in plans for link in plan.leaves])
        joining = [plan for plan in plans if plan.join and plan.person_id is not None]
        heads = self._heads_of({self._house_of(plan) for plan in joining})
        rows = []
        for plan in joining:
            house_id = self._house_of(plan)
            link = plan.values.link
            relation = link.get("relation", Relation.OTHER)
            if relation == Relation.HEAD and house_id in heads:
                relation = Relation.OTHER
            if relation == Relation.HEAD:
                heads.add(house_id)
            rows.append(self._link_row(plan, house_id, relation))
            self.touched_people.add(plan.person_id or 0)
            audit.record(
                self.actor, "person.joined", "person", plan.person_number,
                {"import": self.held.number, "relation": relation.value},
            )  # fmt: skip
        self._insert(Membership, rows)
        self.report["joined"] = len(rows)

    def _house_of(self, plan: RowPlan) -> int:
        return plan.household_id or self.house_ids[plan.house_key]

    def _link_row(self, plan: RowPlan, house_id: int, relation: Relation) -> Row:
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

    def _heads_of(self, houses: set[int]) -> set[int]:
        found: set[int] = set()
        for chunk in _chunks(sorted(houses)):
            found.update(
                db.session.scalars(
                    select(Membership.household_id).where(
                        Membership.household_id.in_(chunk),
                        Membership.relation == Relation.HEAD,
                        Membership.to_day.is_(None),
                    )
                )
            )
        return found

    def _change_links(self, plans: list[RowPlan]) -> None:
        wanted = {
            (plan.household_id, plan.person_id): changes
            for plan in plans
            if not plan.join
            and (changes := [one for one in plan.alterations if one.scope == "link"])
        }
        for chunk in _chunks(sorted(wanted)):
            links = db.session.scalars(
                select(Membership)
                .where(
                    tuple_(Membership.household_id, Membership.person_id).in_(chunk),
                    Membership.to_day.is_(None),
                )
                .with_for_update()
            )
            for link in links:
                for change in wanted[link.household_id, link.person_id]:
                    setattr(link, change.name, change.after)
                self.report["links_changed"] += 1
        db.session.flush()

    def _end_links(self, ids: Sequence[int]) -> None:
        for chunk in _chunks(sorted(ids)):
            for link in _locked(Membership, chunk):
                link.to_day = max(self.today, link.from_day or self.today)
                link.reason = EndReason.MOVED_OUT.value
                self.touched_people.add(link.person_id)
                self.report["moved"] += 1
        db.session.flush()

    def _keep_columns(self, plans: list[Planned]) -> None:
        rows = [
            {
                "person_id": plan.person_id,
                "household_id": None if plan.person_id else self._house_of(plan),
                "import_number": self.held.number,
                "source": f"{self.held.file_name} · {plan.values.sheet} · {row_no}"[:300],
                "content": json.dumps(plan.values.extras, ensure_ascii=False),
                "created_at": self.now,
            }
            for plan, row_no in plans
            if plan.values.extras
        ]
        self._insert(ImportedColumns, rows)
        self.report["kept_columns"] = len(rows)


_NAMES = ("title", "first_name", "middle_name", "last_name")
_NO_HEALTH: Row = dict.fromkeys(
    ("disability", "disability_card_issued", "disability_card_expires", "adl_score", "adl_on")
)
_FACT_VALUES = ("text", "amount", "score", "issued_on", "expires_on", "from_day", "code")


def _default(kind: Any, name: str) -> Any:
    value = kind.__dataclass_fields__[name].default
    return None if repr(value).startswith("<dataclasses._MISSING") else value


def _locked(model: Any, ids: Sequence[int]) -> list[Any]:
    statement = select(model).where(model.id.in_(ids)).order_by(model.id).with_for_update()
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _present_names(ids: Sequence[int]) -> dict[int, PersonName]:
    rows = db.session.scalars(
        select(PersonName)
        .where(PersonName.person_id.in_(ids), PersonName.borne_now())
        .order_by(PersonName.id)
    )
    return {row.person_id: row for row in rows}


def _chunks(items: Sequence[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(items), CHUNK):
        yield list(items[start : start + CHUNK])
