"""The queue of pairs that may be one: the best first, with what a decision needs at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.kinds import PairKind, PairStatus
from welfare.households.likeness import Sign
from welfare.households.likeness.words import words
from welfare.households.models import DuplicatePair, Household, Membership, Person
from welfare.households.policies import in_area, person_in_area
from welfare.households.queries.rows import age, full_name

PER_PAGE = 25
NEVER_SHOWN = frozenset({Sign.SAME_SEX})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pairs. ``reason``: only those for which this sign speaks."""

    kind: PairKind = PairKind.PERSON
    status: PairStatus = PairStatus.OPEN
    village: int | None = None
    reason: Sign | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Half:
    """One record of a pair, in a line."""

    number: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair in the list."""

    a: Half
    b: Half
    percent: int
    why: tuple[str, ...]
    but: tuple[str, ...]
    decided_at: datetime | None
    note: str
    change: str | None


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. ``counts``: pairs by kind and status, whatever was asked."""

    asked: Asked
    pairs: tuple[PairLine, ...]
    total: int
    counts: dict[tuple[PairKind, PairStatus], int]

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.total // PER_PAGE))


def duplicates(asked: Asked, *, viewer: Viewer) -> Queue:
    """Pairs of which the viewer may see both records (of merged ones: the survivor)."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return Queue(asked, (), 0, {})
    counts = _counts(viewer)
    conditions = [*_visible(asked.kind, viewer), *_narrowed(asked)]
    total = counts.get((asked.kind, asked.status), 0)
    if asked.village is not None or asked.reason is not None:
        total = db.session.scalar(select(func.count(DuplicatePair.id)).where(*conditions)) or 0
    queue = Queue(asked, (), total, counts)
    page = min(max(asked.page, 1), queue.pages)
    rows = db.session.execute(
        select(
            DuplicatePair.a_id, DuplicatePair.b_id, DuplicatePair.score, DuplicatePair.reasons,
            DuplicatePair.against, DuplicatePair.decided_at, DuplicatePair.note,
            DuplicatePair.change_number,
        )
        .where(*conditions)
        .order_by(DuplicatePair.weight.desc(), DuplicatePair.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()  # fmt: skip
    halves = _halves(asked.kind, [record for row in rows for record in (row.a_id, row.b_id)])
    pairs = tuple(_line(row, halves) for row in rows)
    return replace(queue, asked=replace(asked, page=page), pairs=pairs)


def _line(row: Any, halves: dict[int, Half]) -> PairLine:
    return PairLine(
        halves[row.a_id],
        halves[row.b_id],
        percent(row.score),
        tuple(words(signs_of(row.reasons))),
        tuple(words(signs_of(row.against))),
        row.decided_at,
        row.note,
        row.change_number,
    )


def percent(score: float) -> int:
    """The score as people read it; nothing is a hundred percent sure."""
    return min(99, round(score * 100))


def signs_of(codes: str, *, all_of_them: bool = False) -> list[Sign]:
    """The signs of a column; codes that are no longer known are left out."""
    known = {sign.value: sign for sign in Sign}
    found = [known[code] for code in codes.split(",") if code in known]
    return [sign for sign in found if all_of_them or sign not in NEVER_SHOWN]


def _visible(kind: PairKind, viewer: Viewer) -> list[ColumnElement[bool]]:
    mine: Any = (
        select(Person.id).where(person_in_area(viewer))
        if kind == PairKind.PERSON
        else select(Household.id).where(in_area(viewer))
    )
    a, b = DuplicatePair.a_id.in_(mine), DuplicatePair.b_id.in_(mine)
    merged = DuplicatePair.status == PairStatus.MERGED
    return [DuplicatePair.kind == kind, or_(and_(a, b), and_(merged, or_(a, b)))]


def _narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [DuplicatePair.status == asked.status]
    if asked.reason is not None:
        padded = literal(",") + DuplicatePair.reasons + literal(",")
        conditions.append(padded.contains(f",{asked.reason.value},", autoescape=True))
    if asked.village is not None:
        conditions.append(_in_village(asked.kind, asked.village))
    return conditions


def _in_village(kind: PairKind, village: int) -> ColumnElement[bool]:
    house = aliased(Household)
    either = (DuplicatePair.a_id, DuplicatePair.b_id)
    if kind == PairKind.HOUSEHOLD:
        return exists().where(house.id.in_(either), house.village_no == village)
    return exists().where(
        Membership.person_id.in_(either),
        Membership.to_day.is_(None),
        Membership.household_id == house.id,
        house.village_no == village,
    )


def _counts(viewer: Viewer) -> dict[tuple[PairKind, PairStatus], int]:
    """All kinds and states in one statement."""
    parts = [and_(*_visible(kind, viewer)) for kind in PairKind]
    rows = db.session.execute(
        select(DuplicatePair.kind, DuplicatePair.status, func.count(DuplicatePair.id))
        .where(or_(*parts))
        .group_by(DuplicatePair.kind, DuplicatePair.status)
    )
    return {(kind, status): how_many for kind, status, how_many in rows}


def _halves(kind: PairKind, ids: Sequence[int]) -> dict[int, Half]:
    """Records by id, merged ones too: whoever may see the pair may see what it was made of."""
    return _people(ids) if kind == PairKind.PERSON else _houses(ids)


def _people(ids: Sequence[int]) -> dict[int, Half]:
    rows = db.session.execute(
        select(
            Person.id, Person.number, Person.title, Person.first_name, Person.middle_name,
            Person.last_name, Person.birth_date, Person.birth_precision, Person.deceased_on,
            Household.house_no, Household.village_no, Household.lane,
        )
        .outerjoin(
            Membership,
            and_(
                Membership.person_id == Person.id, Membership.to_day.is_(None), Membership.de_facto
            ),
        )
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(Person.id.in_(ids))
    )  # fmt: skip
    return {
        row.id: Half(
            row.number,
            full_name(row.title, row.first_name, row.middle_name, row.last_name),
            _detail(row),
        )
        for row in rows
    }


def _detail(row: Any) -> str:
    years = age(row.birth_date, row.birth_precision, row.deceased_on)
    place = labels.address(row.house_no, row.village_no, row.lane) if row.house_no else ""
    old = _("%(n)s years", n=years) if years is not None else ""
    return " · ".join(part for part in (old, place) if part)


def _houses(ids: Sequence[int]) -> dict[int, Half]:
    rows = db.session.execute(
        select(
            Household.id, Household.number, Household.house_no, Household.village_no,
            Household.lane, Household.road,
        ).where(Household.id.in_(ids))
    )  # fmt: skip
    return {
        row.id: Half(
            row.number,
            labels.address(row.house_no, row.village_no, row.lane, row.road) or row.number,
            "",
        )
        for row in rows
    }
