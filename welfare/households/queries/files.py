"""The file of one person: everything its page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import LargeBinary, String, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.identity import IdKind, mask_id
from welfare.core.thai.phones import mask_phone
from welfare.households import labels, policies
from welfare.households.barthel import group_of
from welfare.households.facts import HealthFacts, NameEntry, PersonFacts
from welfare.households.kinds import DatePrecision, Relation
from welfare.households.models import Household, Membership, PersonIdentifier, PersonName
from welfare.households.queries.health import sees_health
from welfare.households.queries.loading import load_person
from welfare.households.queries.person_facts import FactsOfPerson, facts_of, with_columns
from welfare.households.queries.relatives import Relative, relatives_of
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

    id: int
    version: int
    entry: NameEntry

    @property
    def name(self) -> str:
        """The whole name as written in Thai."""
        entry = self.entry
        return full_name(entry.title, entry.first_name, entry.middle_name, entry.last_name)

    @property
    def from_day(self) -> date | None:
        """Since when it was borne."""
        return self.entry.from_day

    @property
    def to_day(self) -> date | None:
        """Until when; ``None`` for the present one."""
        return self.entry.to_day

    @property
    def present(self) -> bool:
        """Whether it is borne now."""
        return self.entry.to_day is None and not self.entry.end_unknown

    @property
    def reason(self) -> str:
        """Why the name changed to this one."""
        return self.entry.reason


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A further or an earlier number, masked."""

    id: int
    version: int
    kind: IdKind
    masked: str
    from_day: date | None
    to_day: date | None
    note: str


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
    numbers: tuple[NumberLine, ...]
    known: FactsOfPerson
    deceased_on: date | None
    relatives: tuple[Relative, ...]
    homes: tuple[Home, ...]
    past_homes: tuple[Home, ...]
    names: tuple[NameLine, ...]
    may_edit: bool
    may_reveal: bool

    @property
    def adl_group(self) -> str:
        """The group of care by the Barthel index; empty where nobody knows or may see it."""
        score = self.health.adl_score if self.health else None
        return group_of(score).value if isinstance(score, int) else ""


def person_file(number: str, *, viewer: Viewer) -> PersonFile:
    """The person of this number; ``NotFound`` outside the viewer's area."""
    person = load_person(number, viewer=viewer)
    homes = _homes(person.id, viewer)
    health = sees_health(viewer, person.id)
    names, numbers = _names_and_numbers(person.id)
    known = facts_of(person.id, viewer=viewer, health=health)
    return PersonFile(
        id=person.id,
        number=person.number,
        version=person.version,
        name=full_name(person.title, person.first_name, person.middle_name, person.last_name),
        age=age(person.birth_date, person.birth_precision, person.deceased_on),
        facts=person_facts(person),
        health=health_facts(person) if health else None,
        id_kind=person.id_kind,
        identifier=mask_id(person.identifier) if person.identifier else "",
        phone=mask_phone(person.phone) if person.phone else "",
        numbers=numbers,
        known=with_columns(known, person, health=health),
        deceased_on=person.deceased_on,
        relatives=relatives_of(person.id, viewer=viewer),
        homes=tuple(home for home in homes if home.to_day is None),
        past_homes=tuple(home for home in homes if home.to_day is not None),
        names=names,
        may_edit=policies.can_edit_person(viewer),
        may_reveal=policies.can_reveal(viewer),
    )


def _lately(line: NameLine) -> date:
    """Where a name stands: the present one first, one whose end nobody knows last."""
    return date.max if line.present else line.to_day or date.min


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


def _names_and_numbers(person_id: int) -> tuple[tuple[NameLine, ...], tuple[NumberLine, ...]]:
    """Both histories in one statement: names with the present one first, numbers newest first."""
    words = PersonIdentifier.number.type
    none = type_coerce(cast(null(), LargeBinary), words)
    names = select(
        literal(True).label("named"), PersonName.id, PersonName.version, PersonName.title,
        PersonName.first_name, PersonName.middle_name, PersonName.last_name,
        PersonName.reason.label("note"), PersonName.from_day, PersonName.to_day,
        none.label("number"), PersonName.from_precision, PersonName.to_precision,
        PersonName.end_unknown,
    ).where(PersonName.person_id == person_id)  # fmt: skip
    numbers = select(
        literal(False), PersonIdentifier.id, PersonIdentifier.version,
        cast(PersonIdentifier.kind, String(40)), literal(""), literal(""), literal(""),
        PersonIdentifier.note, PersonIdentifier.from_day, PersonIdentifier.to_day,
        PersonIdentifier.number, literal(DatePrecision.DAY.value),
        literal(DatePrecision.DAY.value), literal(False),
    ).where(
        PersonIdentifier.person_id == person_id, PersonIdentifier.withdrawn_at.is_(None)
    )  # fmt: skip
    rows = sorted(db.session.execute(union_all(names, numbers)), key=lambda row: -row.id)
    lines = [
        NameLine(
            row.id,
            row.version,
            NameEntry(
                row.title, row.first_name, row.middle_name, row.last_name, row.from_day,
                row.to_day, row.note, row.from_precision, row.to_precision, row.end_unknown,
            ),
        )
        for row in rows
        if row.named
    ]  # fmt: skip
    return tuple(
        sorted(lines, key=_lately, reverse=True)
    ), tuple(
        NumberLine(
            row.id, row.version, IdKind(row.title), mask_id(row.number), row.from_day,
            row.to_day, row.note,
        )
        for row in rows
        if not row.named
    )  # fmt: skip
