"""What a list of people or houses is narrowed to: plain values, read from an address, as SQL.

Health is asked about by those who may see everybody's health: what may not be seen cannot be found
by filtering either, so for others these filters are not there at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, not_, select
from sqlalchemy.orm import aliased

from welfare.core import clock
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.digits import to_arabic
from welfare.households.kinds import Condition, Disability, Relation, Sex, Tenure, YesNo
from welfare.households.models import Household, Membership, Person
from welfare.households.policies import in_area, person_in_area

Clause = ColumnElement[bool]

AGES: Mapping[str, tuple[int, int | None]] = {
    "0-5": (0, 5),
    "6-17": (6, 17),
    "18-59": (18, 59),
    "60": (60, None),
    "60-69": (60, 69),
    "70-79": (70, 79),
    "80-89": (80, 89),
    "90": (90, None),
}
"""Bands of age in completed years, those of the old-age allowance among them."""
ADL_GROUPS: Mapping[str, tuple[int, int]] = {"social": (12, 20), "home": (5, 11), "bed": (0, 4)}
"""Groups of the Barthel index (NHSO long-term care)."""
OLD = 60
ANY = "any"


class Home(StrEnum):
    """Where somebody stands with a household."""

    NONE = "none"
    HEAD = "head"
    ALONE_OLD = "alone_old"


class Life(StrEnum):
    """Whether the dead are shown; the living alone unless it is said otherwise."""

    DEAD = "dead"
    ALL = "all"


class Emptiness(StrEnum):
    """What a house lacks."""

    NOBODY = "nobody"
    NO_HEAD = "no_head"
    ALONE_OLD = "alone_old"


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """Empty texts narrow nothing."""

    village: str = ""
    age: str = ""
    sex: str = ""
    home: str = ""
    welfare_card: str = ""
    life: str = ""
    disability: str = ""
    adl: str = ""

    def used(self) -> dict[str, str]:
        """Those that narrow the list, by name."""
        return _used(self)


@dataclass(frozen=True, slots=True)
class HouseholdFilters:
    """Empty texts narrow nothing."""

    village: str = ""
    tenure: str = ""
    condition: str = ""
    members: str = ""

    def used(self) -> dict[str, str]:
        """Those that narrow the list, by name."""
        return _used(self)


def _used(filters: PeopleFilters | HouseholdFilters) -> dict[str, str]:
    values = {field.name: getattr(filters, field.name) for field in fields(filters)}
    return {name: value for name, value in values.items() if value}


def sees_all_health(viewer: Viewer) -> bool:
    """Whether the viewer may ask by health: only who sees everybody's."""
    return viewer.can(Permission.VIEW_RESTRICTED)


def people_filters(typed: Mapping[str, str], viewer: Viewer) -> PeopleFilters:
    """Read from an address; what is not of a list, or not for this viewer, is left out."""
    health = sees_all_health(viewer)
    return PeopleFilters(
        village=_village(typed),
        age=_one_of(typed, "age", AGES),
        sex=_one_of(typed, "sex", Sex),
        home=_one_of(typed, "home", Home),
        welfare_card=_one_of(typed, "welfare_card", YesNo),
        life=_one_of(typed, "life", Life),
        disability=_one_of(typed, "disability", [ANY, *Disability]) if health else "",
        adl=_one_of(typed, "adl", ADL_GROUPS) if health else "",
    )


def household_filters(typed: Mapping[str, str]) -> HouseholdFilters:
    """Read from an address; what is not of a list is left out."""
    return HouseholdFilters(
        village=_village(typed),
        tenure=_one_of(typed, "tenure", Tenure),
        condition=_one_of(typed, "condition", Condition),
        members=_one_of(typed, "members", Emptiness),
    )


def _one_of(typed: Mapping[str, str], name: str, known: object) -> str:
    value = typed.get(name, "")
    return value if value in [str(each) for each in known] else ""  # type: ignore[attr-defined]


def _village(typed: Mapping[str, str]) -> str:
    value = to_arabic(typed.get("village", ""))
    return value if value.isascii() and value.isdigit() and len(value) < 4 else ""


def people_where(filters: PeopleFilters, viewer: Viewer) -> list[Clause]:
    """The conditions on ``Person``: what the viewer may see, narrowed."""
    where = [person_in_area(viewer)]
    if filters.life != Life.ALL:
        dead = Person.deceased_on.is_not(None)
        where.append(dead if filters.life == Life.DEAD else not_(dead))
    if filters.sex:
        where.append(Person.sex == Sex(filters.sex))
    if filters.welfare_card:
        where.append(Person.welfare_card == YesNo(filters.welfare_card))
    if filters.age:
        where += _aged(*AGES[filters.age])
    if filters.village:
        there = Household.village_no == int(filters.village)
        where.append(
            exists().where(_belongs(), Membership.household_id == Household.id, there)
            .correlate(Person)
        )  # fmt: skip
    if filters.home:
        where.append(_at_home(Home(filters.home)))
    if sees_all_health(viewer):
        where += _of_health(filters)
    return where


def _of_health(filters: PeopleFilters) -> list[Clause]:
    where: list[Clause] = []
    if filters.disability == ANY:
        where.append(Person.disability.is_not(None))
    elif filters.disability:
        where.append(Person.disability == Disability(filters.disability))
    if filters.adl:
        where.append(Person.adl_score.between(*ADL_GROUPS[filters.adl]))
    return where


def _aged(youngest: int, oldest: int | None) -> list[Clause]:
    today = clock.today()
    where: list[Clause] = [Person.birth_date <= _years_before(today, youngest)]
    if oldest is not None:
        where.append(Person.birth_date > _years_before(today, oldest + 1))
    return where


def _years_before(day: date, years: int) -> date:
    """Who was born then has completed so many years today; 29 February counts from 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _belongs() -> Clause:
    return and_(Membership.person_id == Person.id, Membership.to_day.is_(None))


def _at_home(home: Home) -> Clause:
    if home is Home.NONE:
        return ~exists().where(_belongs()).correlate(Person)
    if home is Home.HEAD:
        return exists().where(_belongs(), Membership.relation == Relation.HEAD).correlate(Person)
    other = aliased(Membership)
    company = (
        select(other.id)
        .where(
            other.household_id == Membership.household_id,
            other.person_id != Membership.person_id,
            other.to_day.is_(None),
            other.de_facto,
        )
        .exists()
    )
    alone = exists().where(_belongs(), Membership.de_facto, not_(company)).correlate(Person)
    return and_(alone, *_aged(OLD, None))


def households_where(filters: HouseholdFilters, viewer: Viewer) -> list[Clause]:
    """The conditions on ``Household``: what the viewer may see, narrowed."""
    where = [in_area(viewer)]
    if filters.village:
        where.append(Household.village_no == int(filters.village))
    if filters.tenure:
        where.append(Household.tenure == Tenure(filters.tenure))
    if filters.condition:
        where.append(Household.condition == Condition(filters.condition))
    if filters.members:
        where.append(_lacking(Emptiness(filters.members)))
    return where


def _lacking(what: Emptiness) -> Clause:
    lives = and_(
        Membership.household_id == Household.id, Membership.to_day.is_(None), Membership.de_facto
    )
    if what is Emptiness.NOBODY:
        return ~exists().where(lives).correlate(Household)
    if what is Emptiness.NO_HEAD:
        headed = exists().where(
            Membership.household_id == Household.id, Membership.to_day.is_(None),
            Membership.relation == Relation.HEAD,
        )  # fmt: skip
        return and_(exists().where(lives).correlate(Household), ~headed.correlate(Household))
    old = exists().where(lives, Membership.person_id == Person.id, *_aged(OLD, None))
    other, one = aliased(Membership), aliased(Membership)
    two = exists().where(
        one.household_id == Household.id, one.to_day.is_(None), one.de_facto,
        other.household_id == Household.id, other.to_day.is_(None), other.de_facto,
        other.person_id > one.person_id,
    )  # fmt: skip
    return and_(old.correlate(Household), ~two.correlate(Household))
