"""What the registry must not lose: people without a household, households without a head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.kinds import Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.rows import PersonRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class Headless:
    """A household in which people live, none of whom is noted as head."""

    id: int
    number: str
    address: str
    members: int


def people_without_household(
    *, viewer: Viewer, after: int = 0, limit: int = PAGE
) -> list[PersonRow]:
    """Living people who belong to no household, where they were last; by id, after one."""
    _must_see(viewer)
    rows = db.session.execute(
        people_statement()
        .where(
            Person.id > after,
            Person.deceased_on.is_(None),
            Person.merged_into_id.is_(None),
            ~_belongs(),
            person_in_area(viewer),
        )
        .order_by(Person.id)
        .limit(limit)
    )
    return [person_row(row) for row in rows]


def _belongs() -> ColumnElement[bool]:
    return (
        exists()
        .where(Membership.person_id == Person.id, Membership.to_day.is_(None))
        .correlate(Person)
    )


def households_without_head(*, viewer: Viewer, after: int = 0, limit: int = PAGE) -> list[Headless]:
    """Households in which people live without a head, by id, after one."""
    _must_see(viewer)
    living: tuple[Any, ...] = (
        Membership.household_id == Household.id,
        Membership.to_day.is_(None),
        Membership.de_facto,
    )
    members = select(func.count()).where(*living).correlate(Household).scalar_subquery()
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road, members.label("members"),
        )
        .where(
            Household.id > after,
            Household.merged_into_id.is_(None),
            exists().where(*living).correlate(Household),
            ~exists().where(*living, Membership.relation == Relation.HEAD).correlate(Household),
            in_area(viewer),
        )
        .order_by(Household.id)
        .limit(limit)
    )  # fmt: skip
    return [
        Headless(
            row.id,
            row.number,
            labels.address(row.house_no, row.village_no, row.lane, row.road),
            row.members,
        )
        for row in rows
    ]


def _must_see(viewer: Viewer) -> None:
    if not viewer.can(Permission.VIEW_REGISTRY):
        raise NotFound
