"""What a search has come by: ids with the reason; and what is found by a number of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Reason
from welfare.households.models import Household, Membership, Person, PersonIdentifier
from welfare.households.models.keys import identifier_index, phone_end_index, phone_index
from welfare.households.models.phones import PersonPhone
from welfare.households.models.words import ANYBODYS, PhoneEnd
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.asking import Asked
from welfare.households.queries.walks import Areas

Clause = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that is meant, and why. ``earlier``: the word that led to it is of an earlier
    name."""

    id: int
    reason: Reason
    earlier: bool = False


def areas_of(viewer: Viewer) -> Areas:
    """The areas in which the viewer's people and houses stand; ``None`` for everywhere."""
    return None if viewer.villages is None else (ANYBODYS, *sorted(viewer.villages))


def people_by_number(asked: Asked, viewer: Viewer) -> list[Hit]:
    """By a number of their own; who has been merged is found as whom they are now."""
    if not (asked.number or asked.identifier or asked.phone):
        return []
    ways: list[tuple[Reason, Clause]] = []
    known = aliased(Person)
    if asked.number:
        ways.append((Reason.NUMBER, known.number == asked.number))
    if asked.identifier:
        index = identifier_index(asked.identifier)
        further = select(PersonIdentifier.person_id).where(
            PersonIdentifier.number_index == index, PersonIdentifier.withdrawn_at.is_(None)
        )
        ways.append((Reason.IDENTIFIER, known.identifier_index == index))
        ways.append((Reason.IDENTIFIER, known.id.in_(further)))
    if asked.phone:
        index = phone_index(asked.phone)
        other = select(PersonPhone.person_id).where(PersonPhone.phone_index == index)
        ways.append((Reason.PHONE, known.phone_index == index))
        ways.append((Reason.PHONE, known.id.in_(other)))
    now = func.coalesce(known.merged_into_id, known.id)
    return _looked_up(
        [
            (reason, select(Person.id).where(Person.id.in_(select(now).where(way)), seen))
            for reason, way in ways
            for seen in [person_in_area(viewer)]
        ]
    )


def people_by_phone_end(asked: Asked, viewer: Viewer, need: int) -> list[Hit]:
    """By the last four digits of a telephone number, and the name where one stands before them.
    Few people share four digits, so that their names are looked at one by one."""
    ending = phone_end_index(asked.phone_end)
    if ending is None or need < 1:
        return []
    called = [
        or_(*(Person.search_key.contains(one, autoescape=True) for one in spellings))
        for spellings in asked.name_words
    ]
    found = db.session.scalars(
        select(PhoneEnd.person_id)
        .join(Person, Person.id == PhoneEnd.person_id)
        .where(PhoneEnd.ending == ending, person_in_area(viewer), *called)
        .order_by(PhoneEnd.person_id)
        .limit(need)
    )
    return [Hit(person, Reason.PHONE_END) for person in found]


def houses_by_number(asked: Asked, viewer: Viewer) -> list[Hit]:
    """By number or house code; what has been merged is found as the house it is part of."""
    if not (asked.number or asked.house_code):
        return []
    ways: list[tuple[Reason, Clause]] = []
    known = aliased(Household)
    if asked.number:
        ways.append((Reason.NUMBER, known.number == asked.number))
    if asked.house_code:
        ways.append((Reason.HOUSE_CODE, known.house_code == asked.house_code))
    now = func.coalesce(known.merged_into_id, known.id)
    return _looked_up(
        [
            (reason, select(Household.id).where(Household.id.in_(select(now).where(way)), seen))
            for reason, way in ways
            for seen in [in_area(viewer)]
        ]
    )


def _looked_up(ways: Sequence[tuple[Reason, Any]]) -> list[Hit]:
    arms = [
        select(literal(place).label("place"), *way.subquery().c)
        for place, (_reason, way) in enumerate(ways)
    ]
    rows = db.session.execute(union_all(*arms)).all()
    hits: dict[int, Hit] = {}
    for row in sorted(rows, key=lambda row: (row.place, row.id)):
        hits.setdefault(row.id, Hit(row.id, ways[row.place][0]))
    return list(hits.values())


def houses_of(people: Sequence[Hit], viewer: Viewer) -> dict[int, list[int]]:
    """The houses these people live in, with who of them lives there, in the order of the people."""
    ids = [hit.id for hit in people]
    seen = exists().where(Household.id == Membership.household_id, in_area(viewer))
    rows = db.session.execute(
        select(Membership.household_id, Membership.person_id).where(
            Membership.person_id.in_(ids), Membership.to_day.is_(None), seen
        )
    ).all()
    place = {person: number for number, person in enumerate(ids)}
    houses: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: (place[row.person_id], row.household_id)):
        houses.setdefault(row.household_id, []).append(row.person_id)
    return houses
