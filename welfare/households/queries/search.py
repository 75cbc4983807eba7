"""The search: people and houses that a query means, within the viewer's area, best first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, false, select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.names import name_sort_key
from welfare.core.thai.text import search_key
from welfare.households.kinds import Reason, Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.asking import Asked, read_query
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.matching import (
    Match,
    any_of,
    household_matches,
    member_clause,
    people_matches,
    rank_of,
)
from welfare.households.queries.rows import HouseholdRow, PersonRow, full_name

LIMIT = 50


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """The people found; ``more`` when the list was cut."""

    rows: tuple[PersonRow, ...]
    more: bool
    asked: Asked


@dataclass(frozen=True, slots=True)
class FoundHouseholds:
    """The houses found; ``more`` when the list was cut."""

    rows: tuple[HouseholdRow, ...]
    more: bool
    asked: Asked


_sort_key = lru_cache(maxsize=20_000)(name_sort_key)


def search_people(q: str, viewer: Viewer, limit: int = LIMIT) -> FoundPeople:
    """People by part of a name, house number, telephone, ID or number; the surest first.

    Two statements' worth of work in one: the inner part ranks and cuts, the outer adds homes.
    """
    asked = read_query(q)
    matches = people_matches(asked)
    if not matches or not viewer.can(Permission.VIEW_REGISTRY):
        return FoundPeople((), more=False, asked=asked)
    found = _ranked(Person.id, matches, person_in_area(viewer), limit)
    rows = db.session.execute(
        people_statement().add_columns(found.c.place).join(found, found.c.id == Person.id)
    ).all()
    people = sorted(
        ((row.place, _sort_key(f"{row.first_name} {row.last_name}"), row.id, row) for row in rows),
        key=lambda item: item[:3],
    )
    shown = [person_row(row, (_reason(matches, asked, row),)) for *_x, row in people[:limit]]
    return FoundPeople(tuple(shown), more=len(rows) > limit, asked=asked)


def search_households(q: str, viewer: Viewer, limit: int = LIMIT) -> FoundHouseholds:
    """Houses by number, code, address, or by who lives there; the surest first."""
    asked = read_query(q)
    matches = household_matches(asked)
    if not matches or not viewer.can(Permission.VIEW_REGISTRY):
        return FoundHouseholds((), more=False, asked=asked)
    found = _ranked(Household.id, matches, in_area(viewer), limit)
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road, found.c.place,
        ).join(found, found.c.id == Household.id)
    ).all()  # fmt: skip
    rows = sorted(
        rows, key=lambda row: (row.place, *address_sort_key(row.village_no, row.house_no), row.id)
    )
    shown = [
        HouseholdRow(
            row.id, row.number, row.house_no, row.village_no, row.lane, row.road,
            head="", members=0, reasons=(matches[row.place].reason,),
        )
        for row in rows[:limit]
    ]  # fmt: skip
    return FoundHouseholds(
        tuple(with_members(shown, member_clause(asked))), more=len(rows) > limit, asked=asked
    )


def _ranked(key: Any, matches: list[Match], visible: ColumnElement[bool], limit: int) -> Any:
    place = rank_of(matches).label("place")
    return (
        select(key.label("id"), place)
        .where(any_of(matches), visible)
        .order_by(place, key)
        .limit(limit + 1)
        .subquery("found")
    )


def _reason(matches: list[Match], asked: Asked, row: Any) -> Reason:
    """Why; a name that is not the present one is an earlier one."""
    reason: Reason = matches[int(row.place)].reason
    if reason in (Reason.NAME, Reason.NAME_START, Reason.NAME_PART):
        name = f"{row.first_name} {row.middle_name} {row.last_name}"
        if len(name.split()) >= row.search_key.count(" ") + 1:
            return reason
        now = search_key(name)
        joined = now.replace(" ", "")
        if not all(
            any(form in now or form in joined for form in word) for word in asked.name_words
        ):
            return Reason.EARLIER_NAME
    return reason


def with_members(
    rows: list[HouseholdRow], meant: ColumnElement[bool] | None = None
) -> list[HouseholdRow]:
    """The same houses with head, number of members and those whom ``meant`` means."""
    if not rows:
        return []
    statement = (
        select(
            Membership.household_id, Membership.relation, Person.title, Person.first_name,
            Person.middle_name, Person.last_name,
            (meant if meant is not None else false()).label("meant"),
        )
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.household_id.in_([row.id for row in rows]),
            Membership.to_day.is_(None),
            Membership.de_facto,
        )
        .order_by(Membership.id)
    )  # fmt: skip
    living: dict[int, list[Any]] = {}
    for member in db.session.execute(statement):
        living.setdefault(member.household_id, []).append(member)
    return [_with(row, living.get(row.id, [])) for row in rows]


def _with(row: HouseholdRow, members: list[Any]) -> HouseholdRow:
    named = [
        (full_name(m.title, m.first_name, m.middle_name, m.last_name), m.relation, m.meant)
        for m in members
    ]
    head = next((name for name, relation, _m in named if relation == Relation.HEAD), "")
    found = tuple(name for name, _relation, meant in named if meant)
    return replace(row, head=head, members=len(named), found=found)


def address_sort_key(village_no: int | None, house_no: str) -> tuple[int, list[tuple[int, str]]]:
    """By village, then by the numbers in the house number (9 before 10, 99 before 99/1)."""
    parts = re.findall(r"\d+|\D+", search_key(house_no))
    return (
        village_no if village_no is not None else 999,
        [(int(part[:9]), "") if part.isdecimal() else (-1, part) for part in parts],
    )
