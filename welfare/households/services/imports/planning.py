"""Holding the rows of a file against the registry: who and what each one is, what it would do.

All rows at once, in a handful of statements: first by numbers, then by name, birth and house, and
only who is left goes to the matcher of duplicates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.text import search_key
from welfare.households import policies
from welfare.households.imports.findings import Finding, Level
from welfare.households.imports.rows import full_title
from welfare.households.imports.values import RowValues
from welfare.households.kinds import DatePrecision, Relation, Sex, YesNo
from welfare.households.likeness import Sign
from welfare.households.models.keys import identifier_index
from welfare.households.queries.imports.likely import Likely, likely_people
from welfare.households.queries.imports.standing import (
    HouseBook,
    KnownHouse,
    KnownPerson,
    house_words,
    known_houses,
    known_people,
    people_by_number,
    people_by_own_number,
)
from welfare.households.services.imports.plan import Alteration, Candidate, RowPlan
from welfare.households.workflow import RowState

NAMES_DIFFER = 55
"""Below this likeness (of 100) two names under one number are taken for two people."""
_UNKNOWN = (None, "", Sex.UNKNOWN, YesNo.UNKNOWN, "unknown")
_SKIPPED = frozenset({"birth_precision", "id_kind"})
Tell = Callable[[int], None]


@dataclass(slots=True)
class Told:
    """A row to be planned, and what has been decided of it: ``new``, or the id of a person."""

    values: RowValues
    person: int | str | None = None
    accepted: bool = False


@dataclass(slots=True)
class _House:
    """A house of the file: one that is there, or one that would be new."""

    key: str
    known: KnownHouse | None
    several: bool = False
    heads: set[int] = field(default_factory=set)
    head_row: int | None = None
    told: bool = False


class Planner:
    """Plans the rows of one import for who uploaded it."""

    def __init__(self, actor: Viewer, *, search: bool = True, tell: Tell | None = None) -> None:
        self.actor, self.search, self.tell = actor, search, tell or (lambda _done: None)
        self.sees_health = actor.can(Permission.VIEW_RESTRICTED)
        self.seen_numbers: dict[str, RowValues] = {}
        self.seen_people: dict[int, RowValues] = {}
        self.seen_names: dict[tuple[str, date | None, str], RowValues] = {}
        self.houses: dict[str, _House] = {}

    def plan(self, rows: Sequence[Told]) -> list[RowPlan]:
        """One plan for each row, in their order."""
        plans = [RowPlan(row.values) for row in rows]
        for plan in plans:
            _guard_area(plan.values, self.actor)
        self._find_houses(plans)
        self._find_people(rows, plans)
        for number, (row, plan) in enumerate(zip(rows, plans, strict=True), start=1):
            self._finish(row, plan)
            if number % 500 == 0:
                self.tell(number)
        return plans

    def _find_houses(self, plans: list[RowPlan]) -> None:
        book = HouseBook()
        wanted: dict[str, list[int]] = {}
        for plan in plans:
            if (plan.values.house or plan.values.household_number) and not plan.values.refused:
                number = plan.values.household_number
                known_by_number = book.numbered(number)
                plan.house_key = (
                    f"number|{number}" if known_by_number else (_house_key(plan.values.house))
                )
                if plan.house_key and plan.house_key not in wanted:
                    wanted[plan.house_key] = known_by_number or book.find(plan.values.house)
        known = known_houses({ids[0] for ids in wanted.values() if ids}, self.actor)
        for key, ids in wanted.items():
            found = known.get(ids[0]) if ids else None
            heads = set(found.heads) if found else set()
            self.houses[key] = _House(key, found, len(ids) > 1, heads)

    def _find_people(self, rows: Sequence[Told], plans: list[RowPlan]) -> None:
        indexes = {
            plan.values.person["identifier"]: index
            for plan in plans
            if plan.values.person.get("identifier")
            and (index := identifier_index(plan.values.person["identifier"])) is not None
        }
        by_index = people_by_number(set(indexes.values()))
        self.by_number = {
            number: by_index[index] for number, index in indexes.items() if index in by_index
        }
        self.by_own = people_by_own_number(
            {plan.values.person_number for plan in plans if plan.values.person_number}
        )
        open_rows = [
            place
            for place, (row, plan) in enumerate(zip(rows, plans, strict=True))
            if self.search and self._needs_search(row, plan)
        ]
        found = likely_people([self._likeness(plans[place]) for place in open_rows], self.actor)
        self.likely = {id(plans[place]): some for place, some in zip(open_rows, found, strict=True)}
        ids = {*self.by_number.values(), *self.by_own.values()} | {
            row.person for row in rows if isinstance(row.person, int)
        }
        ids |= {one.person_id for some in found for one in some}
        self.people = known_people(ids, self.actor)

    def _needs_search(self, row: Told, plan: RowPlan) -> bool:
        person = plan.values.person
        return (
            bool(person.get("first_name"))
            and not plan.values.refused
            and row.person is None
            and person.get("identifier") not in self.by_number
            and plan.values.person_number not in self.by_own
        )

    def _likeness(self, plan: RowPlan) -> Likely:
        house = self.houses.get(plan.house_key)
        return Likely(
            values=plan.values,
            household_id=house.known.id if house and house.known else None,
        )

    def _finish(self, row: Told, plan: RowPlan) -> None:
        values = plan.values
        if values.refused:
            return
        house = self.houses.get(plan.house_key) if plan.house_key else None
        who = self._who(row, plan)
        if plan.values.refused:
            return
        if house is not None:
            self._plan_house(plan, house)
        if who == "":
            if house is None:
                _refuse(values, "nobody")
            elif row.accepted or plan.deed == RowState.SAME:
                _accept(values, None if row.accepted else _MOOT)
            return
        known = who if isinstance(who, KnownPerson) else None
        if known is None:
            plan.person = "new"
        else:
            plan.person_id, plan.person_number = known.id, known.number
            self._compare_person(plan, known)
            plan.person = "changed" if plan.alterations else "same"
        self._drop_unseen_health(plan, known)
        self._plan_home(plan, known, house)
        if row.accepted or plan.deed == RowState.SAME:
            _accept(values, None if row.accepted else _MOOT)

    def _who(self, row: Told, plan: RowPlan) -> KnownPerson | str | None:
        """The person of the row: somebody known, ``None`` for somebody new, "" for nobody."""
        values = plan.values
        number = values.person.get("identifier")
        named = bool(values.person.get("first_name"))
        own = self.by_own.get(values.person_number)
        if not named and not number and own is None:
            return ""
        if number and not self._first_time(values, number):
            return None
        if row.person == "new" and number not in self.by_number:
            return None
        if isinstance(row.person, int):
            return self._chosen(values, self.people.get(row.person))
        if own is not None and self.by_number.get(number or "", own) == own:
            return self._by_number(plan, self.people.get(own))
        if number in self.by_number:
            if own is not None:
                _doubt(values, "id_differs")
            return self._by_number(plan, self.people.get(self.by_number[number]))
        if not named:
            _refuse(values, "name_missing")
            return None
        if not number and not self._first_name(values, plan.house_key):
            return None
        return self._by_likeness(plan)

    def _chosen(self, values: RowValues, person: KnownPerson | None) -> KnownPerson | None:
        if person is None or not person.visible:
            _refuse(values, "person_gone")
            return None
        return self._once(values, person)

    def _once(self, values: RowValues, person: KnownPerson) -> KnownPerson | None:
        earlier = self.seen_people.setdefault(person.id, values)
        if earlier is not values:
            _refuse_twin(values, earlier)
            return None
        return person

    def _first_time(self, values: RowValues, number: str) -> bool:
        earlier = self.seen_numbers.setdefault(number, values)
        if earlier is not values:
            _refuse_twin(values, earlier)
        return earlier is values

    def _first_name(self, values: RowValues, house_key: str) -> bool:
        key = (_name(values), values.person.get("birth_date"), house_key)
        earlier = self.seen_names.setdefault(key, values)
        if earlier is not values:
            _refuse_twin(values, earlier)
        return earlier is values

    def _by_number(self, plan: RowPlan, person: KnownPerson | None) -> KnownPerson | None:
        values = plan.values
        if person is None or not person.visible:
            _refuse(values, "elsewhere")
            return None
        if values.person.get("first_name"):
            alike = fuzz.ratio(_name(values), person.name)
            first_same = search_key(values.person["first_name"]) == search_key(
                person.facts["first_name"]
            )
            if alike < NAMES_DIFFER and not first_same:
                _doubt(values, "id_other_name", read=_written(values))
                plan.candidates = [
                    Candidate(person.id, person.number, 0.5, [Sign.SAME_ID.value], [])
                ]
        return self._once(values, person)

    def _by_likeness(self, plan: RowPlan) -> KnownPerson | None:
        values = plan.values
        some = [
            (one, person)
            for one in self.likely.get(id(plan), ())
            if (person := self.people.get(one.person_id)) is not None and person.visible
        ]
        sure = [person for one, person in some if one.same and _fits(values, person)]
        if len(sure) == 1:
            return self._once(values, sure[0])
        if some:
            plan.candidates = [
                Candidate(
                    person.id, person.number, round(one.score, 2), list(one.why), list(one.but)
                )
                for one, person in some
            ]
            _doubt(values, "alike", read=_written(values))
        return None

    def _compare_person(self, plan: RowPlan, known: KnownPerson) -> None:
        values = plan.values
        if known.deceased and values.says_dead:
            _forget_death(values)
        elif known.deceased:
            _doubt(values, "known_dead")
        has, reads = known.facts.get("identifier"), values.person.get("identifier")
        if has and reads and has != reads and self.by_number.get(reads) != known.id:
            _doubt(values, "id_differs")
        for name, after in values.person.items():
            if name in _SKIPPED or (name == "identifier" and self.by_number.get(reads) == known.id):
                continue
            self._compare(plan, "person", name, known.facts.get(name), after)
        for name, after in values.health.items() if self.sees_health else ():
            self._compare(plan, "health", name, known.health.get(name), after)

    def _compare(self, plan: RowPlan, scope: str, name: str, before: Any, after: Any) -> None:
        if name == "birth_date" and not _new_birth(
            plan.values, before, after, self._precision(plan)
        ):
            return
        if name in plan.values.guessed and plan.values.person_number in self.by_own:
            return
        if name == "title" and full_title(str(before)) == full_title(str(after)):
            return
        if _same(before, after) or (name in plan.values.guessed and before not in _UNKNOWN):
            return
        plan.alterations.append(Alteration(scope, name, before, after))

    def _precision(self, plan: RowPlan) -> DatePrecision:
        person = self.people.get(plan.person_id or 0)
        found = person.facts["birth_precision"] if person else DatePrecision.DAY
        return DatePrecision(found)

    def _drop_unseen_health(self, plan: RowPlan, known: KnownPerson | None) -> None:
        """Who may not see health may say it of somebody new, but not change it."""
        if known is not None and plan.values.health and not self.sees_health:
            plan.values.findings.append(Finding(Level.NOTE, "health_left"))
            plan.values.health = {}

    def _plan_house(self, plan: RowPlan, house: _House) -> None:
        if house.several:
            _doubt(plan.values, "several_houses")
        if house.known is None:
            if not _enough(plan.values.house):
                _refuse(plan.values, "house_unclear")
                return
            plan.house = "same" if house.told else "new"
            house.told = True
            return
        plan.household_id = house.known.id
        plan.house = "same"
        if house.told:
            return
        house.told = True
        for name, after in plan.values.house.items():
            before = house.known.facts.get(name)
            if name == "house_no" and search_key(str(before)) == search_key(str(after)):
                continue
            if not _same(before, after):
                plan.alterations.append(Alteration("house", name, before, after))
                plan.house = "changed"

    def _plan_home(self, plan: RowPlan, known: KnownPerson | None, house: _House | None) -> None:
        if house is None or plan.values.refused:
            return
        link = plan.values.link
        if link.get("relation") == Relation.HEAD:
            self._one_head(plan, known, house)
        living = known.living if known is not None else []
        here = next((one for one in living if one.household_id == plan.household_id), None)
        if here is not None and plan.household_id is not None:
            for name, after in link.items():
                before = getattr(here, name)
                if before != after and not (name == "from_day" and before is not None):
                    plan.alterations.append(Alteration("link", name, before, after))
            return
        if known is not None and known.deceased:
            return
        plan.join = True
        same_kind = [one for one in living if one.de_facto == link.get("de_facto", True)]
        if same_kind:
            plan.leaves = [one.id for one in same_kind]
            words = house_words({one.household_id for one in same_kind})
            read = ", ".join(_place(*place) for place in words.values())
            to = _place(
                str(plan.values.house.get("house_no", "")), plan.values.house.get("village_no")
            )
            _doubt(plan.values, "moves", read=read, right=to)

    def _one_head(self, plan: RowPlan, known: KnownPerson | None, house: _House) -> None:
        others = house.heads - ({known.id} if known is not None else set())
        if others or house.head_row not in (None, plan.values.number):
            plan.values.link["relation"] = Relation.OTHER
            if known is not None and any(
                one.household_id == plan.household_id for one in known.living
            ):
                del plan.values.link["relation"]
            _doubt(plan.values, "second_head")
        else:
            house.head_row = plan.values.number


def _guard_area(values: RowValues, actor: Viewer) -> None:
    village = values.house.get("village_no")
    if village is not None and not policies.can_edit(actor, village):
        _refuse(values, "outside_area", read=str(village))


_MOOT = frozenset(
    {"age_differs", "far_place", "known_dead", "name_brackets", "name_signs", "sex_title"}
)
"""Doubts about what a list says, which ask nothing where the registry says the same."""


def _accept(values: RowValues, codes: frozenset[str] | None = None) -> None:
    """Somebody has decided (of these doubts, or of all): they are notes from now on."""
    values.findings = [
        Finding(Level.NOTE, one.code, one.column, one.read, one.right)
        if one.level == Level.DOUBTFUL and (codes is None or one.code in codes)
        else one
        for one in values.findings
    ]


def _refuse(values: RowValues, code: str, read: str = "", right: str = "") -> None:
    values.findings.append(Finding(Level.REFUSED, code, "", read, right))


def _refuse_twin(values: RowValues, earlier: RowValues) -> None:
    """The same person stands in a row above: which one, and under which name."""
    place = f"{earlier.number}" if earlier.sheet == values.sheet else _elsewhere(earlier)
    _refuse(values, "twice", read=_written(values), right=f"{place}: {_written(earlier)}")


def _elsewhere(values: RowValues) -> str:
    return f"{values.sheet} {values.number}"


def _doubt(values: RowValues, code: str, read: str = "", right: str = "") -> None:
    values.findings.append(Finding(Level.DOUBTFUL, code, "", read, right))


def _name(values: RowValues) -> str:
    return search_key(f"{values.person.get('first_name', '')} {values.person.get('last_name', '')}")


def _written(values: RowValues) -> str:
    return f"{values.person.get('first_name', '')} {values.person.get('last_name', '')}".strip()


def _house_key(facts: dict[str, Any]) -> str:
    number = search_key(str(facts.get("house_no") or ""))
    village = facts.get("village_no")
    if number:
        return f"{village if village is not None else ''}|{number}"
    code = facts.get("house_code")
    return f"code|{code}" if code else ""


def _enough(facts: dict[str, Any]) -> bool:
    """Whether a new house can be made of this: its number and its village."""
    return bool(facts.get("house_no")) and facts.get("village_no") is not None


def _place(house_no: str, village_no: int | None) -> str:
    return house_no if village_no is None else f"{house_no} ม.{village_no}"


def _same(before: Any, after: Any) -> bool:
    if before == after:
        return True
    if isinstance(before, str) and isinstance(after, str):
        return search_key(before) == search_key(after) and _folded(before) == _folded(after)
    return before in _UNKNOWN and after in _UNKNOWN


def _forget_death(values: RowValues) -> None:
    """The registry knows of it already."""
    for found in values.findings:
        if found.code == "deceased":
            values.extras.pop(found.column, None)
    values.findings = [found for found in values.findings if found.code != "deceased"]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _new_birth(values: RowValues, before: Any, after: date, known: DatePrecision) -> bool:
    """Whether a birth says something new: the year alone says nothing new of a known day."""
    if before is None:
        return True
    told = DatePrecision(values.person.get("birth_precision", DatePrecision.DAY))
    if told == DatePrecision.YEAR:
        return bool(before.year != after.year)
    if told == DatePrecision.MONTH:
        return bool((before.year, before.month) != (after.year, after.month))
    return bool(before != after or known != DatePrecision.DAY)


def _fits(values: RowValues, person: KnownPerson) -> bool:
    """Whether nothing of the row contradicts this person: another number, sex or birth."""
    reads, has = values.person.get("identifier"), person.facts.get("identifier")
    if reads and has and reads != has:
        return False
    sex = values.person.get("sex")
    if sex not in _UNKNOWN and person.facts["sex"] not in _UNKNOWN and sex != person.facts["sex"]:
        return False
    born, known = values.person.get("birth_date"), person.facts["birth_date"]
    if born is None or known is None or "birth_date" in values.guessed:
        return True
    return not _new_birth(values, known, born, DatePrecision(person.facts["birth_precision"])) or (
        born.year == known.year and person.facts["birth_precision"] == DatePrecision.YEAR
    )
