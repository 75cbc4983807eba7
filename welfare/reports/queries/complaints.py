"""Statistics of complaints and requests, as ITA asks for them once a year: how many, of what, by
what way, what became of them, and whether in time.

ITA (การประเมินคุณธรรมและความโปร่งใส) wants complaints about the conduct of staff told apart, as all,
settled and still open. A number says nothing of anybody, so that hidden ones are counted too; what
is published names no village with fewer than ``FEW``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select, true

from welfare.cases.models import Case
from welfare.cases.queries import categories
from welfare.cases.workflow import Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission, Viewer
from welfare.intake.models import Complaint
from welfare.intake.workflow import OPEN_STATUSES, Channel, ComplaintKind, ComplaintStatus
from welfare.reports.queries.outcomes import moments
from welfare.reports.queries.periods import Period

Word = TypeVar("Word", bound=StrEnum)
FEW = 5
"""Fewer than so many of a village are not published by number."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How soon they were decided on: how many at all, in time, and days on average."""

    decided: int
    in_time: int
    days: float | None


@dataclass(frozen=True, slots=True)
class ComplaintStatistics:
    """All numbers of one span. ``settled``: decided, and the case that came of it closed.
    ``before``: in the span before, as far as this one has come; ``None``: nothing was kept then.
    ``conduct`` are those about staff: all, settled. Villages: 0 is not known."""

    period: Period
    received: int
    before: int | None
    settled: int
    by_status: dict[ComplaintStatus, int]
    by_kind: dict[ComplaintKind, int]
    by_channel: dict[Channel, int]
    by_category: list[tuple[str, str, int]]
    by_village: dict[int, int]
    by_month: dict[str, int]
    answered: Answered
    conduct: tuple[int, int]

    @property
    def open(self) -> int:
        """Still being worked on."""
        return self.received - self.settled


def complaint_statistics(viewer: Viewer, period: Period) -> ComplaintStatistics:
    """What was filed in the span, in the viewer's area, as it stands now. ``Forbidden`` without
    the right to numbers."""
    if not viewer.can(Permission.VIEW_REPORTS):
        raise Forbidden
    rows = _rows(viewer, period)
    categories_of: Counter[int] = Counter(row.category_id for row in rows)
    settled = [row for row in rows if _settled(row)]
    conduct = [row for row in rows if row.sensitivity is Sensitivity.CONDUCT]
    return ComplaintStatistics(
        period=period,
        received=len(rows),
        before=_filed_before(viewer, period.as_far_before),
        settled=len(settled),
        by_status=_ordered(ComplaintStatus, Counter(row.status for row in rows)),
        by_kind=_ordered(ComplaintKind, Counter(row.kind for row in rows)),
        by_channel=_ordered(Channel, Counter(row.channel for row in rows)),
        by_category=[
            (one.name_th, one.name_en, n)
            for one in categories(active_only=False)
            if (n := categories_of[one.id])
        ],
        by_village=dict(sorted(Counter(row.village_no or 0 for row in rows).items())),
        by_month=_by_month(rows, period),
        answered=_answered(rows),
        conduct=(len(conduct), sum(1 for row in conduct if _settled(row))),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    status: ComplaintStatus
    kind: ComplaintKind
    channel: Channel
    category_id: int
    village_no: int | None
    sensitivity: Sensitivity
    filed_at: datetime
    decided_at: datetime | None
    acknowledge_by: datetime | None
    closed_at: datetime | None
    case_id: int | None


def _rows(viewer: Viewer, period: Period) -> list[_Row]:
    first, after = moments(period)
    found = db.session.execute(
        select(
            Complaint.status, Complaint.kind, Complaint.channel, Complaint.category_id,
            Complaint.village_no, Complaint.sensitivity, Complaint.filed_at,
            Complaint.decided_at, Complaint.acknowledge_by, Case.closed_at, Complaint.case_id,
        )
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(Complaint.filed_at >= first, Complaint.filed_at < after, _area(viewer))
    )  # fmt: skip
    return [_Row(*row) for row in found]


def received(viewer: Viewer, period: Period) -> int:
    """How many were filed in the span, in the viewer's area."""
    return db.session.scalar(select(_number(viewer, period))) or 0


def _filed_before(viewer: Viewer, period: Period) -> int | None:
    """The same, or ``None`` when nobody anywhere had filed anything by its end: nothing was kept
    then, which is not the same as none."""
    _first, after = moments(period)
    anything = select(Complaint.id).where(Complaint.filed_at < after).limit(1).scalar_subquery()
    row = db.session.execute(select(_number(viewer, period), anything)).one()
    return row[0] if row[1] is not None else None


def _number(viewer: Viewer, period: Period) -> ScalarSelect[int]:
    first, after = moments(period)
    return (
        select(func.count())
        .select_from(Complaint)
        .where(Complaint.filed_at >= first, Complaint.filed_at < after, _area(viewer))
        .scalar_subquery()
    )


def _area(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.villages is None:
        return true()
    return or_(Complaint.village_no.is_(None), Complaint.village_no.in_(sorted(viewer.villages)))


def _settled(row: _Row) -> bool:
    """Nothing is left to be done for whoever filed it."""
    if row.status in OPEN_STATUSES:
        return False
    return row.case_id is None or row.closed_at is not None


def _answered(rows: list[_Row]) -> Answered:
    decided = [row for row in rows if row.decided_at is not None]
    waits = [(row.decided_at - row.filed_at).total_seconds() for row in decided if row.decided_at]
    in_time = sum(
        1
        for row in decided
        if row.decided_at and row.acknowledge_by and row.decided_at <= row.acknowledge_by
    )
    days = sum(waits) / len(waits) / 86_400 if waits else None
    return Answered(len(decided), in_time, days)


def _by_month(rows: list[_Row], period: Period) -> dict[str, int]:
    found = Counter(clock.local(row.filed_at).strftime("%Y-%m") for row in rows)
    return {month: found[month] for month in period.months}


def _ordered(words: Iterable[Word], found: Counter[Word]) -> dict[Word, int]:
    return {one: found[one] for one in words if found[one]}
