"""The search: people and houses that a query means, within the viewer's area, best first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.names import name_sort_key
from welfare.core.thai.text import search_key
from welfare.households.kinds import Reason, Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.models.keys import name_words
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.asking import Asked, read_query
from welfare.households.queries.fitting import Level
from welfare.households.queries.hits import Hit, houses_of
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.houses_meant import houses_meant
from welfare.households.queries.people_meant import people_meant
from welfare.households.queries.rows import HouseholdRow, PersonRow, full_name

LIMIT = 50
_PLACE = {reason: place for place, reason in enumerate(Reason)}
_LEVELS = {
    Reason.NAME: Level.WHOLE,
    Reason.NAME_START: Level.START,
    Reason.NAME_PART: Level.PART,
}


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
    lacking: str | None = None
    """The house number asked for, where no house that may be seen has exactly that."""


_sort_key = lru_cache(maxsize=20_000)(name_sort_key)


def search_people(q: str, viewer: Viewer, limit: int = LIMIT) -> FoundPeople:
    """People by part of a name, house number, telephone, ID or number; the surest first."""
    asked = read_query(q)
    if asked.empty or not viewer.can(Permission.VIEW_REGISTRY):
        return FoundPeople((), more=False, asked=asked)
    hits = people_meant(asked, viewer, limit + 1)
    rows = _people(hits[:limit], asked, viewer)
    return FoundPeople(tuple(rows), more=len(hits) > limit, asked=asked)


def _people(hits: Sequence[Hit], asked: Asked, viewer: Viewer) -> list[PersonRow]:
    if not hits:
        return []
    found = {hit.id: hit for hit in hits}
    statement = people_statement().where(Person.id.in_(found), person_in_area(viewer))
    sorted_rows = []
    for row in db.session.execute(statement):
        hit = found[row.id]
        reason = _as_named_now(hit, asked, row)
        order = (
            _PLACE[hit.reason], reason is Reason.EARLIER_NAME,
            _sort_key(f"{row.first_name} {row.last_name}"), row.id,
        )  # fmt: skip
        sorted_rows.append((order, person_row(row, (reason,))))
    return [row for _order, row in sorted(sorted_rows, key=lambda each: each[0])]


def _as_named_now(hit: Hit, asked: Asked, row: Any) -> Reason:
    """Why; a name that is not the present one is an earlier one."""
    level = _LEVELS.get(hit.reason)
    if level is None or not (hit.earlier or asked.name_words[1:]):
        return hit.reason
    parts = len(f"{row.first_name} {row.middle_name} {row.last_name}".split())
    if _all_fit(row.search_key.split()[:parts], asked, level) or _all_fit(
        name_words(row.first_name, row.middle_name, row.last_name), asked, level
    ):
        return hit.reason
    return Reason.EARLIER_NAME


def _all_fit(words: Sequence[str], asked: Asked, level: Level) -> bool:
    return all(
        any(_fits(word, form, level) for word in words for form in forms)
        for forms in asked.name_words
    )


def _fits(word: str, form: str, level: Level) -> bool:
    if level is Level.WHOLE:
        return word == form
    return word.startswith(form) if level is Level.START else form in word


def search_households(
    q: str, viewer: Viewer, limit: int = LIMIT, *, by_member: bool = True
) -> FoundHouseholds:
    """Houses by number, code, address, or by who lives there; the surest first.

    ``by_member=False``: where the people are shown beside them, with their houses.
    """
    asked = read_query(q)
    if asked.empty or not viewer.can(Permission.VIEW_REGISTRY):
        return FoundHouseholds((), more=False, asked=asked)
    hits = houses_meant(asked, viewer, limit + 1)
    lived_in: dict[int, list[int]] = {}
    if by_member and len(hits) <= limit and _may_be_a_person(asked):
        people = people_meant(asked, viewer, limit + 1)
        lived_in = houses_of(people, viewer) if people else {}
        known = {hit.id for hit in hits}
        hits += [Hit(house, Reason.MEMBER) for house in lived_in if house not in known]
    rows = _houses(hits[:limit], viewer)
    meant = {person for people in lived_in.values() for person in people}
    exact = any(row.reasons == (Reason.ADDRESS,) for row in rows)
    return FoundHouseholds(
        tuple(with_members(rows, meant)), more=len(hits) > limit, asked=asked,
        lacking=None if exact else asked.house_no,
    )  # fmt: skip


def _may_be_a_person(asked: Asked) -> bool:
    numbers = asked.identifier or asked.phone or asked.phone_end or asked.number
    return bool(asked.name_words or numbers)


def _houses(hits: Sequence[Hit], viewer: Viewer) -> list[HouseholdRow]:
    if not hits:
        return []
    found = {hit.id: hit.reason for hit in hits}
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road,
        ).where(Household.id.in_(found), in_area(viewer))
    ).all()  # fmt: skip
    rows_in_order = sorted(
        rows,
        key=lambda row: (
            _PLACE[found[row.id]],
            *address_sort_key(row.village_no, row.house_no),
            row.id,
        ),
    )
    return [
        HouseholdRow(
            row.id, row.number, row.house_no, row.village_no, row.lane, row.road,
            head="", members=0, reasons=(found[row.id],),
        )
        for row in rows_in_order
    ]  # fmt: skip


def with_members(
    rows: Sequence[HouseholdRow], meant: Collection[int] = frozenset()
) -> list[HouseholdRow]:
    """The same houses with head, number of members and the names of those who are ``meant``."""
    if not rows:
        return []
    statement = (
        select(
            Membership.household_id, Membership.relation, Person.id, Person.title,
            Person.first_name, Person.middle_name, Person.last_name,
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
    return [_with(row, living.get(row.id, []), meant) for row in rows]


def _with(row: HouseholdRow, members: list[Any], meant: Collection[int]) -> HouseholdRow:
    named = [
        (full_name(m.title, m.first_name, m.middle_name, m.last_name), m.relation, m.id in meant)
        for m in members
    ]
    head = next((name for name, relation, _m in named if relation == Relation.HEAD), "")
    found = tuple(name for name, _relation, is_meant in named if is_meant)
    return replace(row, head=head, members=len(named), found=found)


def address_sort_key(village_no: int | None, house_no: str) -> tuple[int, list[tuple[int, str]]]:
    """By village, then by the numbers in the house number (9 before 10, 99 before 99/1)."""
    parts = re.findall(r"\d+|\D+", search_key(house_no))
    return (
        village_no if village_no is not None else 999,
        [(int(part[:9]), "") if part.isdecimal() else (-1, part) for part in parts],
    )
