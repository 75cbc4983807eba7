"""The file of one household and of one person: everything its page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.identity import IdKind, format_house_code, mask_id
from welfare.core.thai.phones import mask_phone
from welfare.households import labels, policies
from welfare.households.facts import HealthFacts, HouseholdFacts, PersonFacts
from welfare.households.kinds import Relation, Sex
from welfare.households.models import Household, Membership, Person, PersonName, Village
from welfare.households.parts import looked_after
from welfare.households.queries.history import HistoryLine, history
from welfare.households.queries.loading import load_household, load_person
from welfare.households.queries.rows import age, full_name
from welfare.households.queries.values import health_facts, household_facts, person_facts

CHILD_UNTIL = 15
ELDERLY_FROM = 60
"""Ages (completed years) by which the picture marks children and the old (Elderly Act 2546)."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a glance should tell of a member; health only where the viewer may see it."""

    child: bool = False
    elderly: bool = False
    bed_bound: bool = False
    home_bound: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One membership with its person; ``number`` is empty for who is out of the viewer's area."""

    person_id: int
    number: str
    name: str
    first_name: str
    sex: Sex
    age: int | None
    relation: Relation
    de_facto: bool
    on_register: bool
    from_day: date | None
    to_day: date | None
    ended: str
    deceased: bool
    signs: Signs
    version: int


@dataclass(frozen=True, slots=True)
class HouseholdFile:
    """All of one household's page."""

    id: int
    number: str
    version: int
    facts: HouseholdFacts
    house_code: str
    village_name: str
    members: tuple[Member, ...]
    past: tuple[Member, ...]
    history: tuple[HistoryLine, ...]
    may_edit: bool

    @property
    def address(self) -> str:
        """The house in one line."""
        facts = self.facts
        return labels.address(facts.house_no, facts.village_no, facts.lane, facts.road)

    @property
    def head(self) -> str:
        """The name of the head of the household; empty where nobody is."""
        heads = (member.name for member in self.members if member.relation == Relation.HEAD)
        return next(heads, "")


@dataclass(frozen=True, slots=True)
class Home:
    """A household in which somebody lives, lived or is registered."""

    number: str
    address: str
    relation: Relation
    de_facto: bool
    on_register: bool
    from_day: date | None
    to_day: date | None
    ended: str
    visible: bool


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name somebody bore."""

    name: str
    from_day: date | None
    to_day: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All of one person's page; ``health`` is ``None`` for who may not see it."""

    id: int
    number: str
    version: int
    name: str
    age: int | None
    facts: PersonFacts
    health: HealthFacts | None
    id_kind: IdKind
    identifier: str
    phone: str
    deceased_on: date | None
    homes: tuple[Home, ...]
    past_homes: tuple[Home, ...]
    names: tuple[NameLine, ...]
    history: tuple[HistoryLine, ...]
    may_edit: bool
    may_reveal: bool


def household_file(number: str, *, viewer: Viewer) -> HouseholdFile:
    """The household of this number with its members; ``NotFound`` outside the viewer's area."""
    house = load_household(number, viewer=viewer)
    village = db.session.scalar(
        select(Village.name_th).where(Village.village_no == house.village_no)
    )
    everyone = _members(house.id, viewer)
    return HouseholdFile(
        id=house.id,
        number=house.number,
        version=house.version,
        facts=household_facts(house),
        house_code=format_house_code(house.house_code) if house.house_code else "",
        village_name=village or "",
        members=tuple(member for member in everyone if member.to_day is None),
        past=tuple(member for member in everyone if member.to_day is not None),
        history=history("household", house.number),
        may_edit=policies.can_edit(viewer, house.village_no),
    )


def _members(household_id: int, viewer: Viewer) -> list[Member]:
    seen = policies.person_in_area(viewer)
    rows = db.session.execute(
        select(
            Membership.relation, Membership.de_facto, Membership.on_register,
            Membership.from_day, Membership.to_day, Membership.reason, Membership.version,
            Person.id, Person.number, Person.title, Person.first_name, Person.middle_name,
            Person.last_name, Person.sex, Person.birth_date, Person.birth_precision,
            Person.deceased_on, Person.disability, Person.adl_score,
            seen.label("seen"),
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.household_id == household_id)
        .order_by(Membership.to_day.desc(), Membership.id)
    ).all()  # fmt: skip
    cared = _seen_health(viewer, [row.id for row in rows])
    order = {relation: place for place, relation in enumerate(Relation)}
    members = []
    for row in rows:
        years = age(row.birth_date, row.birth_precision, row.deceased_on)
        health = row.id in cared and row.deceased_on is None
        members.append(
            Member(
                person_id=row.id,
                number=row.number if row.seen else "",
                name=full_name(row.title, row.first_name, row.middle_name, row.last_name),
                first_name=row.first_name,
                sex=row.sex,
                age=years,
                relation=row.relation,
                de_facto=row.de_facto,
                on_register=row.on_register,
                from_day=row.from_day,
                to_day=row.to_day,
                ended=labels.end_words(row.reason) if row.to_day else "",
                deceased=row.deceased_on is not None,
                signs=_signs(years, row.adl_score if health else None, health and row.disability),
                version=row.version,
            )
        )
    return sorted(
        members,
        key=lambda member: (
            -(member.to_day.toordinal() if member.to_day else 0),
            order[member.relation],
            -(member.age if member.age is not None else -1),
        ),
    )


def _signs(years: int | None, adl: int | None, disability: object) -> Signs:
    return Signs(
        child=years is not None and years < CHILD_UNTIL,
        elderly=years is not None and years >= ELDERLY_FROM,
        bed_bound=adl is not None and adl <= 4,
        home_bound=adl is not None and 5 <= adl <= 11,
        disabled=bool(disability),
    )


def _seen_health(viewer: Viewer, person_ids: list[int]) -> set[int]:
    if viewer.can(Permission.VIEW_RESTRICTED):
        return set(person_ids)
    return looked_after(viewer, person_ids)


def sees_health(viewer: Viewer, person_id: int) -> bool:
    """Whether the viewer may read and write this person's health data."""
    return person_id in _seen_health(viewer, [person_id])


def person_file(number: str, *, viewer: Viewer) -> PersonFile:
    """The person of this number; ``NotFound`` outside the viewer's area."""
    person = load_person(number, viewer=viewer)
    homes = _homes(person.id, viewer)
    return PersonFile(
        id=person.id,
        number=person.number,
        version=person.version,
        name=full_name(person.title, person.first_name, person.middle_name, person.last_name),
        age=age(person.birth_date, person.birth_precision, person.deceased_on),
        facts=person_facts(person),
        health=health_facts(person) if sees_health(viewer, person.id) else None,
        id_kind=person.id_kind,
        identifier=mask_id(person.identifier) if person.identifier else "",
        phone=mask_phone(person.phone) if person.phone else "",
        deceased_on=person.deceased_on,
        homes=tuple(home for home in homes if home.to_day is None),
        past_homes=tuple(home for home in homes if home.to_day is not None),
        names=_names(person.id),
        history=history("person", person.number),
        may_edit=policies.can_edit_person(viewer),
        may_reveal=policies.can_reveal(viewer),
    )


def _homes(person_id: int, viewer: Viewer) -> list[Home]:
    house = aliased(Household)
    rows = db.session.execute(
        select(
            Membership.relation, Membership.de_facto, Membership.on_register, Membership.from_day,
            Membership.to_day, Membership.reason, house.number, house.house_no, house.village_no,
            house.lane, house.road,
        )
        .join(house, house.id == Membership.household_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.id.desc())
    )  # fmt: skip
    homes = [
        Home(
            number=row.number,
            address=labels.address(row.house_no, row.village_no, row.lane, row.road),
            relation=row.relation,
            de_facto=row.de_facto,
            on_register=row.on_register,
            from_day=row.from_day,
            to_day=row.to_day,
            ended=labels.end_words(row.reason) if row.to_day else "",
            visible=policies.can_see_village(viewer, row.village_no),
        )
        for row in rows
    ]
    return sorted(homes, key=lambda home: -(home.to_day or date.max).toordinal())


def _names(person_id: int) -> tuple[NameLine, ...]:
    rows = db.session.execute(
        select(
            PersonName.title, PersonName.first_name, PersonName.last_name, PersonName.from_day,
            PersonName.to_day, PersonName.reason,
        )
        .where(PersonName.person_id == person_id)
        .order_by(PersonName.id.desc())
    )  # fmt: skip
    return tuple(
        NameLine(
            full_name(row.title, row.first_name, "", row.last_name),
            row.from_day,
            row.to_day,
            row.reason,
        )
        for row in rows
    )
