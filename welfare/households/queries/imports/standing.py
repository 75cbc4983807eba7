"""What the registry knows of the people and houses that a file speaks of, in few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.text import search_key
from welfare.households.facts import HealthFacts, HouseholdFacts, PersonFacts
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership, Person, PersonIdentifier, Village
from welfare.households.policies import in_area, person_in_area

CHUNK = 500
Key = TypeVar("Key")
_PERSON = tuple(PersonFacts.__dataclass_fields__)
_HEALTH = tuple(name for name in HealthFacts.__dataclass_fields__ if name != "health_notes")
_HOUSE = tuple(HouseholdFacts.__dataclass_fields__)


@dataclass(slots=True)
class Living:
    """One open membership."""

    id: int
    household_id: int
    person_id: int
    relation: Relation
    de_facto: bool
    on_register: bool
    from_day: date | None


@dataclass(slots=True)
class KnownPerson:
    """Somebody in the registry, with all that a list can change of them."""

    id: int
    number: str
    facts: dict[str, Any]
    health: dict[str, Any]
    deceased: bool
    visible: bool
    """Whether the viewer's area holds them."""
    living: list[Living] = field(default_factory=list)

    @property
    def name(self) -> str:
        """First and last name as search text."""
        return search_key(f"{self.facts['first_name']} {self.facts['last_name']}")


@dataclass(slots=True)
class KnownHouse:
    """A house in the registry."""

    id: int
    number: str
    facts: dict[str, Any]
    visible: bool
    heads: set[int] = field(default_factory=set)
    """Ids of the people who are noted as head now; one at most."""


Place = tuple[int | None, str]


class HouseBook:
    """All houses by code and by place, light; facts are read for those that are asked for."""

    def __init__(self) -> None:
        self.by_own: dict[str, int] = {}
        self.by_code: dict[str, int] = {}
        self.by_place: dict[Place, list[int]] = {}
        self.by_number: dict[str, list[tuple[int | None, int]]] = {}
        rows = db.session.execute(
            select(
                Household.id,
                Household.number,
                Household.house_code,
                Household.house_no,
                Household.village_no,
            )
            .where(Household.merged_into_id.is_(None))
            .order_by(Household.id)
        )
        for row in rows:
            self.by_own[row.number] = row.id
            if row.house_code:
                self.by_code[row.house_code] = row.id
            number = search_key(row.house_no)
            if number:
                self.by_place.setdefault((row.village_no, number), []).append(row.id)
                self.by_number.setdefault(number, []).append((row.village_no, row.id))

    def numbered(self, number: str) -> list[int]:
        """The id of the house that the registry calls so, alone; nothing where there is none."""
        found = self.by_own.get(number)
        return [] if found is None else [found]

    def find(self, facts: dict[str, Any]) -> list[int]:
        """The ids of the houses that these facts speak of; more than one where it is not clear."""
        code = facts.get("house_code")
        if code and code in self.by_code:
            return [self.by_code[code]]
        number = search_key(facts.get("house_no") or "")
        if not number:
            return []
        if facts.get("village_no") is not None:
            return self.by_place.get((facts["village_no"], number), [])
        return [house for _village, house in self.by_number.get(number, [])]


def known_houses(ids: Collection[int], viewer: Viewer) -> dict[int, KnownHouse]:
    """Houses by id with their facts and heads."""
    found: dict[int, KnownHouse] = {}
    columns = [getattr(Household, name) for name in _HOUSE]
    for chunk in _chunks(sorted(ids)):
        rows = db.session.execute(
            select(Household.id, Household.number, _seen(in_area(viewer)), *columns).where(
                Household.id.in_(chunk)
            )
        ).mappings()
        for row in rows:
            facts = {name: row[name] for name in _HOUSE}
            found[row["id"]] = KnownHouse(row["id"], row["number"], facts, bool(row["seen"]))
        heads = db.session.execute(
            select(Membership.household_id, Membership.person_id).where(
                Membership.household_id.in_(chunk),
                Membership.relation == Relation.HEAD,
                Membership.to_day.is_(None),
            )
        )
        for household_id, person_id in heads:
            if household_id in found:
                found[household_id].heads.add(person_id)
    return found


def people_by_number(indexes: Collection[bytes]) -> dict[bytes, int]:
    """The ids of people by the blind index of a number of theirs; merged ones: who they are."""
    found: dict[bytes, int] = {}
    for chunk in _chunks(sorted(indexes)):
        for index, person_id in db.session.execute(
            select(PersonIdentifier.number_index, PersonIdentifier.person_id).where(
                PersonIdentifier.number_index.in_(chunk), PersonIdentifier.withdrawn_at.is_(None)
            )
        ):
            found[bytes(index)] = person_id
        for mine, person_id in db.session.execute(
            select(Person.identifier_index, Person.id)
            .where(Person.identifier_index.in_(chunk))
            .order_by(Person.merged_into_id.is_(None), Person.id.desc())
        ):
            found[bytes(mine or b"")] = person_id
    return _survivors(found)


def people_by_own_number(numbers: Collection[str]) -> dict[str, int]:
    """The ids of people by the registry's own number; merged ones: who they are."""
    found: dict[str, int] = {}
    for chunk in _chunks(sorted(numbers)):
        rows = select(Person.number, Person.id).where(Person.number.in_(chunk))
        found.update((row.number, row.id) for row in db.session.execute(rows))
    return _survivors(found)


def _survivors(found: dict[Key, int]) -> dict[Key, int]:
    """The same with merged people replaced by those they are now, however often."""
    for _time in range(8):
        away: dict[int, int] = {}
        for chunk in _chunks(sorted(set(found.values()))):
            rows = db.session.execute(
                select(Person.id, Person.merged_into_id).where(
                    Person.id.in_(chunk), Person.merged_into_id.is_not(None)
                )
            )
            away.update({row.id: row.merged_into_id for row in rows})
        if not away:
            break
        found = {index: away.get(person, person) for index, person in found.items()}
    return found


def known_people(ids: Collection[int], viewer: Viewer) -> dict[int, KnownPerson]:
    """People by id with their facts and where they live; merged ones are not among them."""
    found: dict[int, KnownPerson] = {}
    columns = [getattr(Person, name) for name in (*_PERSON, *_HEALTH)]
    for chunk in _chunks(sorted(ids)):
        rows = db.session.execute(
            select(
                Person.id, Person.number, Person.deceased_on, _seen(person_in_area(viewer)),
                *columns,
            ).where(Person.id.in_(chunk), Person.merged_into_id.is_(None))
        ).mappings()  # fmt: skip
        for row in rows:
            found[row["id"]] = KnownPerson(
                id=row["id"],
                number=row["number"],
                facts={name: row[name] for name in _PERSON},
                health={name: row[name] for name in _HEALTH},
                deceased=row["deceased_on"] is not None,
                visible=bool(row["seen"]),
            )
        for link in _open_links(chunk):
            if link.person_id in found:
                found[link.person_id].living.append(link)
    return found


def _open_links(people: Sequence[int]) -> Iterator[Living]:
    rows = db.session.execute(
        select(
            Membership.id, Membership.household_id, Membership.person_id, Membership.relation,
            Membership.de_facto, Membership.on_register, Membership.from_day,
        )
        .where(Membership.person_id.in_(people), Membership.to_day.is_(None))
        .order_by(Membership.id)
    )  # fmt: skip
    for row in rows:
        yield Living(*row)


def _seen(condition: ColumnElement[bool]) -> Any:
    return condition.label("seen")


def house_words(ids: Collection[int]) -> dict[int, tuple[str, int | None]]:
    """House number and village of houses, for the words of a move."""
    found: dict[int, tuple[str, int | None]] = {}
    for chunk in _chunks(sorted(ids)):
        for row in db.session.execute(
            select(Household.id, Household.house_no, Household.village_no).where(
                Household.id.in_(chunk)
            )
        ):
            found[row.id] = (row.house_no, row.village_no)
    return found


def village_names() -> dict[int, str]:
    """All villages: number and name."""
    rows = db.session.execute(
        select(Village.village_no, Village.name_th).order_by(Village.village_no)
    )
    return {row.village_no: row.name_th for row in rows}


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
