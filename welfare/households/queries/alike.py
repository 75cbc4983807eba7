"""Who or what may be the same as what somebody is about to add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.text import search_key
from welfare.households.facts import HouseholdFacts, PersonFacts
from welfare.households.kinds import Reason
from welfare.households.likeness import (
    OFFERED,
    Commonness,
    Likeness,
    PersonTraits,
    Sign,
    compare_people,
)
from welfare.households.likeness.words import words
from welfare.households.models import Household, Person
from welfare.households.models.keys import identifier_index
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.duplicates.records import phone_token, traits_of_facts
from welfare.households.queries.homes import people_statement, person_row
from welfare.households.queries.rows import HouseholdRow, PersonRow
from welfare.households.queries.search import with_members

SHOWN = 8
FAINT = 0.2
"""Likeness from which on somebody is shown even where neither number nor name agrees."""
_CANDIDATES = 600
_REASONS = {
    Sign.SAME_ID: Reason.IDENTIFIER,
    Sign.SAME_PHONE: Reason.PHONE,
    Sign.SAME_NAME: Reason.NAME,
    Sign.NAME_SOUNDS: Reason.NAME_ALIKE,
    Sign.NAME_NEAR: Reason.NAME_ALIKE,
    Sign.NAMES_SWAPPED: Reason.NAME_ALIKE,
    Sign.EARLIER_NAME: Reason.EARLIER_NAME,
    Sign.SAME_BIRTH: Reason.BIRTH,
}
_ENOUGH = frozenset(_REASONS) - {Sign.SAME_BIRTH}
"""Who adds somebody is shown everybody with one of these, however unlikely: they decide."""


UNLIKE = Likeness(0.0, 0.0, ())


@dataclass(frozen=True, slots=True)
class AlikePerson(PersonRow):
    """Somebody who may be the one asked about, and how likely."""

    likeness: Likeness = UNLIKE

    @property
    def why(self) -> list[str]:
        """What speaks for it, then what against."""
        said = [sign for sign in self.likeness.reasons if sign != Sign.SAME_SEX]
        against = [_("but: %(what)s", what=word) for word in words(self.likeness.against)]
        return words(said) + against


def similar_people(facts: PersonFacts, *, viewer: Viewer, limit: int = SHOWN) -> list[PersonRow]:
    """People in the viewer's area who may be this one, with the reasons, the likeliest first."""
    asked = traits_of_facts(facts)
    asked = replace(asked, phone=phone_token(asked.phone))
    ways = _ways(asked)
    if not ways or not viewer.can(Permission.VIEW_REGISTRY):
        return []
    rows = db.session.execute(
        people_statement()
        .add_columns(
            Person.identifier, Person.phone_index,
            select(func.max(Person.id)).scalar_subquery().label("everybody"),
        )
        .where(or_(*ways), person_in_area(viewer))
        .order_by(case((or_(*ways[:-1]), 0), else_=1) if ways[1:] else Person.id, Person.id)
        .limit(_CANDIDATES)
    ).all()  # fmt: skip
    known = _commonness(rows)
    found = []
    for row in rows:
        likeness = compare_people(asked, _traits(row), known)
        if likeness and (likeness.score >= FAINT or _ENOUGH & {*likeness.reasons}):
            found.append((-likeness.weight, row.id, _alike(row, likeness)))
    return [person for *_order, person in sorted(found, key=lambda item: item[:2])[:limit]]


def likely_people(facts: PersonFacts, *, viewer: Viewer) -> list[PersonRow]:
    """Of these, the ones worth asking about before somebody is added: more likely one person than
    two, or of exactly the same name with nothing that speaks against it."""
    return [row for row in similar_people(facts, viewer=viewer) if _likely(row)]


def _likely(row: PersonRow) -> bool:
    if not isinstance(row, AlikePerson) or row.likeness.score >= OFFERED:
        return True
    return Sign.SAME_NAME in row.likeness.reasons and not row.likeness.against


def _ways(asked: PersonTraits) -> list[ColumnElement[bool]]:
    """Whom to compare with; the surest ways first, the widest last."""
    first, last = search_key(asked.first), search_key(asked.last)
    ways: list[ColumnElement[bool]] = []
    if asked.identifier:
        ways.append(Person.identifier_index == identifier_index(asked.identifier))
    if asked.phone:
        ways.append(Person.phone_index == bytes.fromhex(asked.phone))
    if asked.birth is not None:
        ways.append(Person.birth_date == asked.birth)
    if first or last:
        ways.append(_named(first, last))
    return ways


def _named(first: str, last: str) -> ColumnElement[bool]:
    """Names worth comparing: the same surname, the same beginning of the first name (two letters
    find the misspelt ends, where Thai names differ most), or the two in the other order."""
    ways = []
    if last:
        ways.append(Person.search_key.contains(f" {last}", autoescape=True))
        ways.append(Person.search_key.startswith(f"{last} ", autoescape=True))
    if first:
        ways.append(Person.search_key.startswith(first[:2], autoescape=True))
    return or_(*ways)


def _commonness(rows: Sequence[Any]) -> Commonness:
    """How common these names are: whoever bears one of them was looked for."""
    firsts = Counter(row.first_name for row in rows)
    return Commonness(
        firsts, Counter(row.last_name for row in rows), rows[0].everybody if rows else 0
    )


def _traits(row: Any) -> PersonTraits:
    now = search_key(f"{row.first_name} {row.middle_name} {row.last_name}")
    before = row.search_key.removeprefix(now).split()
    return PersonTraits(
        first=row.first_name,
        last=row.last_name,
        title=row.title,
        sex=row.sex,
        birth=row.birth_date,
        precision=row.birth_precision,
        identifier=row.identifier or "",
        phone=row.phone_index.hex() if row.phone_index else "",
        house_no=row.house_no or "",
        village_no=row.village_no,
        earlier=tuple(zip(before[::2], before[1::2], strict=False)),
        deceased=row.deceased_on is not None,
    )


def _alike(row: Any, likeness: Likeness) -> AlikePerson:
    reasons = tuple(dict.fromkeys(_REASONS[sign] for sign in likeness.reasons if sign in _REASONS))
    plain = person_row(row, reasons)
    values = {field.name: getattr(plain, field.name) for field in fields(PersonRow)}
    return AlikePerson(**values, likeness=likeness)


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
