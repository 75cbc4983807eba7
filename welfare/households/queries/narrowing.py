"""The filters of a list as SQL, upon what the viewer may see."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, not_, select
from sqlalchemy.orm import aliased

from welfare.core import clock
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Condition, Disability, Relation, Sex, Tenure, YesNo
from welfare.households.models import Household, Membership, Person
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.filtering import (
    ADL_GROUPS,
    AGES,
    ANY,
    OLD,
    Emptiness,
    Home,
    HouseholdFilters,
    Life,
    PeopleFilters,
    sees_all_health,
)

Clause = ColumnElement[bool]


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
