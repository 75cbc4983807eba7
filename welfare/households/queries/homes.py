"""Where people live: the one membership that lists show, and lists of people by id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.households.kinds import Reason
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.rows import PersonRow, age, full_name

Home = aliased(Membership, name="home")


def home_of_person() -> ColumnElement[Any]:
    """The id of the membership to show for ``Person``: an open one before an ended one, living
    there before standing in the register only, the latest first."""
    return (
        select(Membership.id)
        .where(Membership.person_id == Person.id)
        .order_by(
            case((Membership.to_day.is_(None), 0), else_=1),
            Membership.de_facto.desc(),
            Membership.to_day.desc(),
            Membership.id.desc(),
        )
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


def people_statement() -> Select[*tuple[Any, ...]]:
    """People with their homes; add a WHERE."""
    return (
        select(
            Person.id, Person.number, Person.title, Person.first_name, Person.middle_name,
            Person.last_name, Person.search_key, Person.sex, Person.birth_date,
            Person.birth_precision, Person.deceased_on, Home.relation, Home.to_day,
            Household.id.label("household_id"), Household.number.label("household_number"),
            Household.house_no, Household.village_no, Household.lane,
        )
        .select_from(Person)
        .outerjoin(Home, Home.id == home_of_person())
        .outerjoin(Household, Household.id == Home.household_id)
    )  # fmt: skip


def person_row(row: Row[Any], reasons: tuple[Reason, ...] = ()) -> PersonRow:
    """A row of :func:`people_statement` as a list shows it."""
    return PersonRow(
        id=row.id,
        number=row.number,
        name=full_name(row.title, row.first_name, row.middle_name, row.last_name),
        sex=row.sex,
        age=age(row.birth_date, row.birth_precision, row.deceased_on),
        deceased=row.deceased_on is not None,
        household_id=row.household_id,
        household_number=row.household_number,
        house_no=row.house_no or "",
        village_no=row.village_no,
        lane=row.lane or "",
        relation=row.relation,
        living_there=row.household_id is not None and row.to_day is None,
        reasons=reasons,
    )
