"""What a merge would make of two records, before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import PairKind, Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.queries.duplicates.comparing import name_of, visible_units
from welfare.households.queries.duplicates.fields import (
    BOTH,
    HOUSEHOLD_UNITS,
    PERSON_UNITS,
    A,
    B,
    chosen_values,
    defaults,
    seen_versions,
)
from welfare.households.queries.duplicates.heads import Headless, losing_heads
from welfare.households.queries.duplicates.pairs import ordered_records
from welfare.households.queries.duplicates.referring import WORDS, count_referring
from welfare.households.queries.duplicates.stays import Stay, combine, combine_members
from welfare.households.queries.duplicates.texts import values_text


@dataclass(frozen=True, slots=True)
class Result:
    """One unit as it will stand, and whether the surviving record says something else now."""

    label: str
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Lodging:
    """One stay as it will stand."""

    who: str
    address: str
    relation: Relation
    de_facto: bool
    on_register: bool
    from_day: date | None
    to_day: date | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The outcome. ``units``: whose value is taken, to be sent along; ``dropped``: stays that are
    noted no longer; ``moved``: what refers to the other record and will refer to the survivor, by
    its word."""

    kind: PairKind
    survivor: str
    survivor_name: str
    other: str
    other_name: str
    version: int
    results: tuple[Result, ...]
    units: dict[str, str]
    stays: tuple[Lodging, ...]
    dropped: tuple[Lodging, ...]
    moved: tuple[tuple[str, int], ...]
    headless: tuple[Headless, ...]


def preview(
    kind: PairKind,
    a: str,
    b: str,
    *,
    viewer: Viewer,
    survivor: str,
    chosen: Mapping[str, str],
    home: str = "",
) -> Preview:
    """What would be, as it was chosen; choices that make no sense fall back to the proposal."""
    one, other = ordered_records(kind, a, b, viewer=viewer)
    keeps, goes = (one, other) if survivor == A else (other, one)
    units = HOUSEHOLD_UNITS if kind == PairKind.HOUSEHOLD else PERSON_UNITS
    sides = defaults(units, one, other, survivor)
    seen = visible_units(kind, viewer, one, other)
    for unit in seen:
        side = chosen.get(unit.name, "")
        if side in (A, B) or (side == BOTH and unit.text):
            sides[unit.name] = side
    values = chosen_values(units, one, other, sides)
    results = []
    for unit in seen:
        own = {column: values[column] for column in unit.columns}
        text = values_text(unit, own)
        changed = any(getattr(keeps, column) != value for column, value in own.items())
        if text or changed:
            results.append(Result(str(unit.label), text, changed))
    stays, dropped, headless = _lodgings(kind, keeps, goes, values, home)
    counts = count_referring("person" if kind == PairKind.PERSON else "household", [goes.id])
    return Preview(
        kind, keeps.number, name_of(keeps), goes.number, name_of(goes),
        seen_versions(one.version, other.version), tuple(results),
        {unit.name: sides[unit.name] for unit in seen}, stays, dropped,
        tuple((str(WORDS[name]), how_many) for name, how_many in counts[goes.id].items()),
        headless,
    )  # fmt: skip


def _lodgings(
    kind: PairKind, keeps: Any, goes: Any, values: dict[str, Any], home: str
) -> tuple[tuple[Lodging, ...], tuple[Lodging, ...], tuple[Headless, ...]]:
    ids = (keeps.id, goes.id)
    column = Membership.person_id if kind == PairKind.PERSON else Membership.household_id
    rows = db.session.execute(
        select(Membership, Household, Person)
        .join(Household, Household.id == Membership.household_id)
        .join(Person, Person.id == Membership.person_id)
        .where(column.in_(ids))
        .order_by(Membership.id)
    ).all()
    stays = [_stay(link) for link, _house, _person in rows]
    houses = {house.id: house for _link, house, _person in rows}
    people = {person.id: person for _link, _house, person in rows}
    if kind == PairKind.HOUSEHOLD:
        plan, lost = combine_members(stays, survivor=keeps.id), set[int]()
    else:
        wanted = next((house.id for house in houses.values() if house.number == home), None)
        plan = combine(stays, survivor=keeps.id, home=wanted, died=values["deceased_on"])
        lost = _heads(stays) - _heads(plan.kept)

    def shown(some: Iterable[Stay]) -> tuple[Lodging, ...]:
        order = sorted(some, key=lambda one: (one.to_day is not None, one.id))
        return tuple(_lodging(stay, kind, houses, people) for stay in order)

    gone = [stay for stay in stays if stay.id in plan.dropped]
    return shown(plan.kept), shown(gone), losing_heads(lost, without=ids)


def _lodging(
    stay: Stay, kind: PairKind, houses: dict[int, Household], people: dict[int, Person]
) -> Lodging:
    return Lodging(
        name_of(people[stay.person_id]) if kind == PairKind.HOUSEHOLD else "",
        name_of(houses[stay.household_id]), stay.relation, stay.de_facto, stay.on_register,
        stay.from_day, stay.to_day,
    )  # fmt: skip


def _stay(link: Membership) -> Stay:
    return Stay(
        link.id, link.household_id, link.person_id, link.relation, link.de_facto,
        link.on_register, link.from_day, link.to_day, link.reason, link.version,
    )  # fmt: skip


def _heads(stays: list[Stay]) -> set[int]:
    return {
        stay.household_id
        for stay in stays
        if stay.relation is Relation.HEAD and stay.de_facto and stay.to_day is None
    }
