"""Two records side by side: what each says, where they differ, what would be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.kinds import PairKind, PairStatus, Relation
from welfare.households.likeness.words import words
from welfare.households.models import DuplicatePair, Household, Membership, Person
from welfare.households.parts import Part, load_parts
from welfare.households.queries.duplicates.fields import (
    HOUSEHOLD_UNITS,
    PERSON_UNITS,
    A,
    Unit,
    defaults,
    seen_versions,
)
from welfare.households.queries.duplicates.pairs import ordered_records
from welfare.households.queries.duplicates.queue import percent, signs_of
from welfare.households.queries.duplicates.texts import unit_text
from welfare.households.queries.health import seen_health
from welfare.households.queries.rows import full_name

CONTEXT = frozenset({"benefits", "cases", "complaints"})
"""The parts by which one sees which of two is the one the office knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of both. ``default``: whose value is proposed; ``joinable``: both can be kept."""

    name: str
    label: str
    a: str
    b: str
    same: bool
    default: str
    joinable: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody belongs now."""

    number: str
    address: str
    relation: Relation
    living: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One record."""

    id: int
    number: str
    name: str
    deceased: bool
    homes: tuple[Home, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about the pair, by whom and when."""

    status: PairStatus
    version: int
    percent: int
    why: tuple[str, ...]
    but: tuple[str, ...]
    who: str
    at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The page of a pair. ``version`` is that of both records."""

    kind: PairKind
    a: Side
    b: Side
    lines: tuple[Line, ...]
    version: int
    decision: Decision | None
    may_merge: bool

    @property
    def homes(self) -> list[Home]:
        """The houses to choose between: where the two say different ones."""
        living = {home.number: home for side in (self.a, self.b) for home in side.homes
                  if home.living}  # fmt: skip
        return list(living.values()) if len(living) > 1 else []


def comparison(
    kind: PairKind, a: str, b: str, *, viewer: Viewer, survivor: str = A, parts: bool = True
) -> Comparison:
    """Both records of these numbers, the older one first. ``NotFound`` unless both may be seen,
    and for one and the same; ``MergedAway`` where one is part of another."""
    if a == b:
        raise NotFound
    one, other = ordered_records(kind, a, b, viewer=viewer)
    units = visible_units(kind, viewer, one, other)
    proposed = defaults(units, one, other, survivor)
    return Comparison(
        kind,
        *_sides(kind, one, other, viewer, parts=parts),
        tuple(_line(unit, one, other, proposed) for unit in units if _worth(unit, one, other)),
        seen_versions(one.version, other.version),
        _decision(kind, one.id, other.id),
        viewer.can(Permission.MERGE_REGISTRY),
    )


def visible_units(kind: PairKind, viewer: Viewer, one: Any, other: Any) -> tuple[Unit, ...]:
    """The units that this viewer may see and choose of."""
    if kind == PairKind.HOUSEHOLD:
        return HOUSEHOLD_UNITS
    sees = len(seen_health(viewer, [one.id, other.id])) == 2
    return tuple(unit for unit in PERSON_UNITS if sees or not unit.health)


def _worth(unit: Unit, one: Any, other: Any) -> bool:
    return unit.known(one) or unit.known(other)


def _line(unit: Unit, one: Any, other: Any, proposed: Mapping[str, str]) -> Line:
    return Line(
        unit.name,
        str(unit.label),
        unit_text(unit, one),
        unit_text(unit, other),
        unit.same(one, other),
        proposed[unit.name],
        unit.text and unit.known(one) and unit.known(other),
    )


def _sides(
    kind: PairKind, one: Any, other: Any, viewer: Viewer, *, parts: bool
) -> tuple[Side, Side]:
    homes = _homes([one.id, other.id]) if kind == PairKind.PERSON else {}
    a, b = (
        Side(
            record.id,
            record.number,
            name_of(record),
            getattr(record, "deceased_on", None) is not None,
            tuple(homes.get(record.id, ())),
            tuple(_parts(kind, record.id, viewer)) if parts else (),
        )
        for record in (one, other)
    )
    return a, b


def _parts(kind: PairKind, record: int, viewer: Viewer) -> list[Part]:
    if kind == PairKind.PERSON:
        return load_parts(viewer=viewer, person_id=record, only=CONTEXT)
    return load_parts(viewer=viewer, household_id=record, only=CONTEXT)


def name_of(record: Person | Household) -> str:
    """What the page calls the record."""
    if isinstance(record, Person):
        return full_name(record.title, record.first_name, record.middle_name, record.last_name)
    return (
        labels.address(record.house_no, record.village_no, record.lane, record.road)
        or record.number
    )


def _homes(people: list[int]) -> dict[int, list[Home]]:
    rows = db.session.execute(
        select(
            Membership.person_id, Membership.relation, Membership.de_facto, Household.number,
            Household.house_no, Household.village_no, Household.lane,
        )
        .join(Household, Household.id == Membership.household_id)
        .where(Membership.person_id.in_(people), Membership.to_day.is_(None))
        .order_by(Membership.de_facto.desc(), Membership.id)
    )  # fmt: skip
    found: dict[int, list[Home]] = {}
    for row in rows:
        address = labels.address(row.house_no, row.village_no, row.lane) or row.number
        found.setdefault(row.person_id, []).append(
            Home(row.number, address, row.relation, row.de_facto)
        )
    return found


def _decision(kind: PairKind, one: int, other: int) -> Decision | None:
    row = db.session.execute(
        select(DuplicatePair, User.display_name)
        .outerjoin(User, User.id == DuplicatePair.decided_by_id)
        .where(DuplicatePair.kind == kind, DuplicatePair.a_id == one, DuplicatePair.b_id == other)
    ).one_or_none()
    if row is None:
        return None
    pair, who = row
    return Decision(
        pair.status,
        pair.version,
        percent(pair.score),
        tuple(words(signs_of(pair.reasons))),
        tuple(words(signs_of(pair.against))),
        who or "",
        pair.decided_at,
        pair.note,
    )
