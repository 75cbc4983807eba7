"""Who lives, is registered or lived in a house, with where else they belong; one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households import labels, policies
from welfare.households.kinds import Relation, Sex
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.health import seen_health
from welfare.households.queries.rows import age, full_name

CHILD_UNTIL = 15
ELDERLY_FROM = 60
"""Ages (completed years) by which the picture marks children and the old (Elderly Act 2546)."""

_There = aliased(Membership)
_Home = aliased(Household)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a glance should tell of a member; health only where the viewer may see it."""

    child: bool = False
    elderly: bool = False
    bed_bound: bool = False
    home_bound: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class OtherHome:
    """Another household to which a member belongs now; ``number`` and ``address`` are empty where
    it lies outside the viewer's area."""

    number: str
    address: str
    de_facto: bool
    on_register: bool


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
    registered_address: str = ""
    elsewhere: tuple[OtherHome, ...] = ()

    @property
    def lives_at(self) -> tuple[OtherHome, ...]:
        """Where else they live."""
        return tuple(home for home in self.elsewhere if home.de_facto)

    @property
    def registered_at(self) -> tuple[OtherHome, ...]:
        """Where else they stand in the house register."""
        return tuple(home for home in self.elsewhere if home.on_register)


def members_of(household_id: int, viewer: Viewer) -> list[Member]:
    """Everybody who ever belonged to a household that was loaded by right: those of today by
    their relation and age, then who left, the last first."""
    rows = db.session.execute(_statement(household_id, viewer)).all()
    cared = seen_health(viewer, {row.person_id for row in rows})
    members: dict[int, Member] = {}
    for row in rows:
        one = members.get(row.id) or _member(row, health=row.person_id in cared)
        if row.there_relation is not None:
            one = replace(one, elsewhere=(*one.elsewhere, _elsewhere(row, viewer)))
        members[row.id] = one
    order = {relation: place for place, relation in enumerate(Relation)}
    return sorted(
        members.values(),
        key=lambda member: (
            -(member.to_day.toordinal() if member.to_day else 0),
            order[member.relation],
            -(member.age if member.age is not None else -1),
        ),
    )


def _statement(household_id: int, viewer: Viewer) -> Any:
    return (
        select(
            Membership.id, Membership.relation, Membership.de_facto, Membership.on_register,
            Membership.from_day, Membership.to_day, Membership.reason, Membership.version,
            Person.id.label("person_id"), Person.number, Person.title, Person.first_name,
            Person.middle_name, Person.last_name, Person.sex, Person.birth_date,
            Person.birth_precision, Person.deceased_on, Person.disability, Person.adl_score,
            Person.registered_address, policies.person_in_area(viewer).label("seen"),
            _There.relation.label("there_relation"), _There.de_facto.label("there_de_facto"),
            _There.on_register.label("there_on_register"), _Home.number.label("home_number"),
            _Home.house_no, _Home.village_no, _Home.lane, _Home.road,
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(
            _There,
            and_(
                _There.person_id == Person.id,
                _There.household_id != household_id,
                _There.to_day.is_(None),
                Membership.to_day.is_(None),
            ),
        )
        .outerjoin(_Home, _Home.id == _There.household_id)
        .where(Membership.household_id == household_id)
        .order_by(Membership.to_day.desc(), Membership.id, _There.id)
    )  # fmt: skip


def _elsewhere(row: Row[*tuple[Any, ...]], viewer: Viewer) -> OtherHome:
    seen = policies.can_see_village(viewer, row.village_no)
    address = labels.address(row.house_no, row.village_no, row.lane, row.road)
    return OtherHome(
        number=row.home_number if seen else "",
        address=address if seen else "",
        de_facto=row.there_de_facto,
        on_register=row.there_on_register,
    )


def _member(row: Row[*tuple[Any, ...]], *, health: bool) -> Member:
    years = age(row.birth_date, row.birth_precision, row.deceased_on)
    told = health and row.deceased_on is None
    return Member(
        person_id=row.person_id,
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
        signs=_signs(years, row.adl_score if told else None, told and row.disability),
        version=row.version,
        registered_address=row.registered_address,
    )


def _signs(years: int | None, adl: int | None, disability: object) -> Signs:
    return Signs(
        child=years is not None and years < CHILD_UNTIL,
        elderly=years is not None and years >= ELDERLY_FROM,
        bed_bound=adl is not None and adl <= 4,
        home_bound=adl is not None and 5 <= adl <= 11,
        disabled=bool(disability),
    )
