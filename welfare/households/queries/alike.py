"""Who or what may be the same as what somebody is about to add."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, case, or_, select, true
from sqlalchemy.engine import Row

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.text import search_key
from welfare.households.facts import HouseholdFacts, Keep, PersonFacts
from welfare.households.kinds import Reason
from welfare.households.models import Household, Person
from welfare.households.models.keys import identifier_index, phone_index
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.rows import HouseholdRow, PersonRow
from welfare.households.queries.search import with_members

SHOWN = 8
ALIKE = 82
"""How alike two names must be, of 100: กตัญญู and กตัญู are, สมชาย and สมหญิง are not."""
_CANDIDATES = 600


def similar_people(facts: PersonFacts, *, viewer: Viewer, limit: int = SHOWN) -> list[PersonRow]:
    """People in the viewer's area who may be this one, with the reasons, the likeliest first."""
    first, last = search_key(facts.first_name), search_key(facts.last_name)
    wanted = _Wanted(
        name=f"{first} {last}".strip(),
        born=facts.birth_date,
        identifier=None
        if isinstance(facts.identifier, Keep)
        else identifier_index(facts.identifier),
        phone=None if isinstance(facts.phone, Keep) else phone_index(facts.phone),
    )
    ways = [
        *([Person.identifier_index == wanted.identifier] if wanted.identifier else []),
        *([Person.phone_index == wanted.phone] if wanted.phone else []),
        *([_named(first, last)] if first or last else []),
    ]
    if not ways or not viewer.can(Permission.VIEW_REGISTRY):
        return []
    rows = db.session.execute(
        people_statement()
        .add_columns(Person.identifier_index, Person.phone_index)
        .where(or_(*ways), person_in_area(viewer))
        .order_by(case((or_(*ways[:-1]), 0), else_=1) if ways[1:] else Person.id, Person.id)
        .limit(_CANDIDATES)
    )
    scored = []
    for row in rows:
        reasons, score = wanted.compare(row)
        if set(reasons) - {Reason.BIRTH}:
            scored.append((-len(reasons), -score, row.id, person_row(row, tuple(reasons))))
    return [person for *_order, person in sorted(scored, key=lambda item: item[:3])[:limit]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whom we compare with."""

    name: str
    born: date | None
    identifier: bytes | None
    phone: bytes | None

    def compare(self, row: Row[Any]) -> tuple[list[Reason], float]:
        """The reasons why a row may be this person, and how alike the names are (0 to 100)."""
        reasons = []
        if self.identifier and row.identifier_index == self.identifier:
            reasons.append(Reason.IDENTIFIER)
        if self.phone and row.phone_index == self.phone:
            reasons.append(Reason.PHONE)
        theirs = search_key(f"{row.first_name} {row.last_name}")
        score = fuzz.ratio(self.name, theirs) if self.name else 0.0
        if score >= ALIKE:
            reasons.append(Reason.NAME if self.name == theirs else Reason.NAME_ALIKE)
        if self.born is not None and row.birth_date == self.born:
            reasons.append(Reason.BIRTH)
        return reasons, score


def _named(first: str, last: str) -> ColumnElement[bool]:
    """Names worth comparing: the same surname, or the same beginning of the first name (two
    letters find the misspelt ends, where Thai names differ most)."""
    ways = []
    if last:
        ways.append(Person.search_key.contains(f" {last}", autoescape=True))
    if first:
        ways.append(Person.search_key.startswith(first[:2], autoescape=True))
    return or_(*ways)


def similar_households(
    facts: HouseholdFacts, *, viewer: Viewer, limit: int = SHOWN
) -> list[HouseholdRow]:
    """Houses in the viewer's area that may be this one: same code, or same number and village."""
    house = search_key(facts.house_no)
    ways = []
    if facts.house_code:
        ways.append(Household.house_code == facts.house_code)
    if house:
        same = or_(
            Household.search_key == house,
            Household.search_key.startswith(f"{house} ", autoescape=True),
        )
        near: list[ColumnElement[bool]] = [Household.village_no.is_(None)]
        if facts.village_no is not None:
            near.append(Household.village_no == facts.village_no)
        ways.append(and_(same, or_(*near) if facts.village_no is not None else true()))
    if not ways or not viewer.can(Permission.VIEW_REGISTRY):
        return []
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road, Household.house_code,
        )
        .where(or_(*ways), in_area(viewer))
        .order_by(Household.id)
        .limit(limit)
    )  # fmt: skip
    return with_members(
        [
            HouseholdRow(
                row.id, row.number, row.house_no, row.village_no, row.lane, row.road, "", 0,
                reasons=(
                    Reason.HOUSE_CODE
                    if facts.house_code and row.house_code == facts.house_code
                    else Reason.ADDRESS,
                ),
            )
            for row in rows
        ]
    )  # fmt: skip
