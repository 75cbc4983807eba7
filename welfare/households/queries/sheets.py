"""What goes into a spreadsheet of people or houses: all of a list, in portions.

Which they are is found first; then they are read some hundred at a time, each portion in a
transaction of its own: whoever takes long to fetch a file keeps nothing open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.kinds import Dimension, FactKind, NeedKind, Relation
from welfare.households.models import (
    Household,
    HouseholdNeed,
    HouseholdSurvey,
    Membership,
    Person,
    PersonFact,
)
from welfare.households.queries.filtering import HouseholdFilters, PeopleFilters
from welfare.households.queries.homes import Home, people_statement
from welfare.households.queries.narrowing import households_where, people_where
from welfare.households.queries.rows import full_name

PORTION = 500
_OPEN_KINDS = (FactKind.SCHOOL, FactKind.CARER)
_HEALTH_KINDS = (FactKind.ILLNESS, FactKind.PREGNANCY)


class PersonLine(NamedTuple):
    """One person: the row of the database, the head of their house, facts in words by kind."""

    row: Any
    head: str
    facts: dict[FactKind, str]
    due_on: date | None
    """When a baby is due."""


class HouseLine(NamedTuple):
    """One house: the row, its head, the last survey, what it lacks and what it can build on."""

    row: Any
    head: str
    surveyed_on: date | None
    needs: dict[NeedKind, str]


def people_of_list(filters: PeopleFilters, viewer: Viewer) -> list[int]:
    """The ids of the people whom the filters leave, in the order of the list."""
    where = people_where(filters, viewer)
    return list(db.session.scalars(select(Person.id).where(*where).order_by(Person.id)))


def households_of_list(filters: HouseholdFilters, viewer: Viewer) -> list[int]:
    """The ids of the houses that the filters leave, in the order of the list."""
    where = households_where(filters, viewer)
    order = Household.village_no.nulls_last(), Household.id
    return list(db.session.scalars(select(Household.id).where(*where).order_by(*order)))


def person_lines(ids: Sequence[int], viewer: Viewer, *, health: bool) -> Iterator[PersonLine]:
    """These people with all that a sheet shows; encrypted columns are opened."""
    for chunk in _portions(ids):
        yield from _people(chunk, viewer, health)
        db.session.rollback()


def house_lines(ids: Sequence[int], *, health: bool) -> Iterator[HouseLine]:
    """These houses with all that a sheet shows; what is said of health only with ``health``."""
    for chunk in _portions(ids):
        yield from _houses(chunk, health)
        db.session.rollback()


def _people(ids: Sequence[int], viewer: Viewer, health: bool) -> list[PersonLine]:
    secret = (
        Person.disability, Person.disability_card_issued, Person.disability_card_expires,
        Person.adl_score, Person.adl_on,
    )  # fmt: skip
    rows = db.session.execute(
        people_statement()
        .add_columns(
            Person.identifier, Person.phone, Person.id_kind, Person.marital_status,
            Person.occupation, Person.monthly_income, Person.nationality, Person.welfare_card,
            Person.welfare_card_on, Person.registered_address, Person.notes,
            Home.de_facto, Home.on_register, Home.from_day,
            Household.house_code, Household.community, Household.road, Household.subdistrict,
            Household.district, Household.province, Household.postcode,
            *(secret if health else ()),
        )
        .where(Person.id.in_(ids))
    )  # fmt: skip
    found = {row.id: row for row in rows}
    heads = _heads({row.household_id for row in found.values() if row.household_id})
    facts, due = _facts(ids, viewer, health)
    return [
        PersonLine(found[one], heads.get(found[one].household_id, ""), facts.get(one, {}),
                   due.get(one))
        for one in ids
        if one in found
    ]  # fmt: skip


def _heads(houses: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in _portions(sorted(houses)):
        rows = db.session.execute(
            select(
                Membership.household_id, Person.title, Person.first_name, Person.middle_name,
                Person.last_name,
            )
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.household_id.in_(chunk), Membership.to_day.is_(None),
                Membership.relation == Relation.HEAD,
            )
        )  # fmt: skip
        for row in rows:
            found[row.household_id] = full_name(
                row.title, row.first_name, row.middle_name, row.last_name
            )
    return found


def _facts(
    ids: Sequence[int], viewer: Viewer, health: bool
) -> tuple[dict[int, dict[FactKind, str]], dict[int, date | None]]:
    """Facts that no column of the person repeats, those that hold today, in words."""
    kinds = [*_OPEN_KINDS, *(_HEALTH_KINDS if health else ())]
    carer = aliased(Person)
    seen = policies.person_in_area(viewer)
    known = select(Person.id).where(Person.id == PersonFact.other_person_id, seen)
    rows = db.session.execute(
        select(
            PersonFact.person_id, PersonFact.kind, PersonFact.text, PersonFact.due_on,
            carer.title, carer.first_name, carer.middle_name, carer.last_name,
        )
        .outerjoin(carer, (carer.id == PersonFact.other_person_id) & known.exists())
        .where(
            PersonFact.person_id.in_(ids), PersonFact.kind.in_(kinds),
            PersonFact.withdrawn_at.is_(None), PersonFact.superseded_by_id.is_(None),
            or_(PersonFact.to_day.is_(None), PersonFact.to_day > clock.today()),
        )
        .order_by(PersonFact.from_day.nulls_first(), PersonFact.id)
    )  # fmt: skip
    facts: dict[int, dict[FactKind, str]] = {}
    due: dict[int, date | None] = {}
    for row in rows:
        said = row.text or ""
        if row.first_name:
            said = full_name(row.title, row.first_name, row.middle_name, row.last_name)
        own = facts.setdefault(row.person_id, {})
        beside = row.kind in (FactKind.CARER, FactKind.ILLNESS) and own.get(row.kind)
        own[row.kind] = f"{own[row.kind]}; {said}" if beside else said
        if row.kind == FactKind.PREGNANCY:
            due[row.person_id] = row.due_on
    return facts, due


def _houses(ids: Sequence[int], health: bool) -> list[HouseLine]:
    living = (
        select(func.count())
        .select_from(Membership)
        .where(
            Membership.household_id == Household.id, Membership.to_day.is_(None),
            Membership.de_facto,
        )
        .correlate(Household)
        .scalar_subquery()
    )  # fmt: skip
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_code, Household.house_no,
            Household.village_no, Household.community, Household.lane, Household.road,
            Household.subdistrict, Household.district, Household.province, Household.postcode,
            Household.landmark, Household.tenure, Household.condition, Household.water,
            Household.electricity, Household.toilet, Household.lat, Household.lng,
            Household.accuracy_m, Household.central_register, Household.monthly_income,
            Household.debts, Household.notes, living.label("members"),
        ).where(Household.id.in_(ids))
    )  # fmt: skip
    found = {row.id: row for row in rows}
    heads, surveys, needs = _heads(set(ids)), _surveys(ids), _needs(ids, health)
    return [
        HouseLine(found[one], heads.get(one, ""), surveys.get(one), needs.get(one, {}))
        for one in ids
        if one in found
    ]


def _surveys(ids: Sequence[int]) -> dict[int, date]:
    """The day of the last survey of each house."""
    survey = HouseholdSurvey
    rows = db.session.execute(
        select(survey.household_id, func.max(survey.surveyed_on))
        .where(survey.household_id.in_(ids), survey.withdrawn_at.is_(None))
        .group_by(survey.household_id)
    )
    return {row[0]: row[1] for row in rows}


def _needs(ids: Sequence[int], health: bool) -> dict[int, dict[NeedKind, str]]:
    need = HouseholdNeed
    statement = select(need.household_id, need.kind, need.text).where(
        need.household_id.in_(ids), need.withdrawn_at.is_(None),
        or_(need.to_day.is_(None), need.to_day > clock.today()),
    )  # fmt: skip
    if not health:
        statement = statement.where(need.dimension != Dimension.HEALTH)
    found: dict[int, dict[NeedKind, str]] = {}
    for row in db.session.execute(statement.order_by(need.id)):
        own = found.setdefault(row.household_id, {})
        own[row.kind] = f"{own[row.kind]}; {row.text}" if row.kind in own else row.text
    return found


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]
