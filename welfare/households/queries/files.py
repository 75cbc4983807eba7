"""The file of one person: everything its page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.identity import IdKind, mask_id
from welfare.core.thai.phones import mask_phone
from welfare.households import labels, policies
from welfare.households.facts import HealthFacts, PersonFacts
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership, PersonName
from welfare.households.queries.health import sees_health
from welfare.households.queries.history import HistoryLine, history
from welfare.households.queries.loading import load_person
from welfare.households.queries.rows import age, full_name
from welfare.households.queries.values import health_facts, person_facts


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
