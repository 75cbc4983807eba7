"""Lists of people and houses, narrowed by filters: a page of them, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import func, select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.models import Household, Person
from welfare.households.queries.filtering import HouseholdFilters, PeopleFilters
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.narrowing import households_where, people_where
from welfare.households.queries.rows import HouseholdRow, PersonRow
from welfare.households.queries.search import with_members

PAGE = 50
LAST_PAGE = 100_000
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """One page of a list, the first being 1."""

    rows: tuple[Row, ...]
    number: int
    total: int

    @property
    def first(self) -> int:
        """The place of the first row in the whole list."""
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def before(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.last < self.total else None


def list_people(filters: PeopleFilters, viewer: Viewer, number: int = 1) -> ListPage[PersonRow]:
    """A page of the people whom the filters leave, by number."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return ListPage((), 1, 0)
    where = people_where(filters, viewer)
    total = db.session.scalar(select(func.count()).select_from(Person).where(*where)) or 0
    number = _within(number, total)
    ids = select(Person.id).where(*where).order_by(Person.id)
    chosen = ids.limit(PAGE).offset((number - 1) * PAGE).subquery()
    rows = db.session.execute(
        people_statement().where(Person.id.in_(select(chosen.c.id))).order_by(Person.id)
    )
    return ListPage(tuple(person_row(row) for row in rows), number, total)


def list_households(
    filters: HouseholdFilters, viewer: Viewer, number: int = 1
) -> ListPage[HouseholdRow]:
    """A page of the houses that the filters leave, by village and number."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return ListPage((), 1, 0)
    where = households_where(filters, viewer)
    total = db.session.scalar(select(func.count()).select_from(Household).where(*where)) or 0
    number = _within(number, total)
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road,
        )
        .where(*where)
        .order_by(Household.village_no.nulls_last(), Household.id)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )  # fmt: skip
    bare = [
        HouseholdRow(row.id, row.number, row.house_no, row.village_no, row.lane, row.road, "", 0)
        for row in rows
    ]
    return ListPage(tuple(with_members(bare)), number, total)


def _within(number: int, total: int) -> int:
    return max(1, min(number, -(-total // PAGE)))
