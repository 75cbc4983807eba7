"""The queue of complaints: one page of it in one statement, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, tuple_

from welfare.cases.models import Case
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.intake.models import Complaint, Reporter
from welfare.intake.policies import visible
from welfare.intake.queries.asked import ComplaintFilters, Edge, Order, Scope
from welfare.intake.queries.searching import with_words
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus

PAGE = 50
WEEK = timedelta(days=7)
EXCERPT = 160
"""Characters of the story that a line of the queue shows."""

Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One line of the queue. ``masked``: name and words are kept from this viewer (empty)."""

    reference: str
    kind: ComplaintKind
    category_id: int
    subject_name: str
    house_no: str
    village_no: int | None
    excerpt: str
    channel: Channel
    anonymous: bool
    priority: Priority
    sensitivity: Sensitivity
    status: ComplaintStatus
    filed_at: datetime
    due_at: datetime | None
    waiting: bool
    case_number: str | None
    masked: bool


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """Some lines of the queue and the way to those before (``newer``) and after (``older``)."""

    rows: Sequence[ComplaintRow]
    newer: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many complaints wait: to be decided, of those late, past the promised first answer or
    urgent, and for an answer."""

    submitted: int = 0
    overdue: int = 0
    unanswered: int = 0
    urgent: int = 0
    needs_info: int = 0


_SHOWN = (
    Complaint.id,
    Complaint.urgency,
    Complaint.reference,
    Complaint.kind,
    Complaint.category_id,
    Complaint.subject_name,
    Complaint.house_no,
    Complaint.village_no,
    func.substr(Complaint.description, 1, EXCERPT + 1).label("excerpt"),
    Complaint.channel,
    Complaint.anonymous,
    Complaint.priority,
    Complaint.sensitivity,
    Complaint.status,
    Complaint.filed_at,
    Complaint.due_at,
    Complaint.paused_at,
    Case.number.label("case_number"),
)


def queue(filters: ComplaintFilters, *, viewer: Viewer) -> ComplaintPage:
    """One page of the complaints that the viewer may see, as asked."""
    if filters.village and not viewer.covers(filters.village):
        return ComplaintPage([])
    statement = _ordered(_asked_for(select(*_SHOWN), filters, viewer), filters)
    statement = statement.outerjoin(Case, Case.id == Complaint.case_id)
    found = db.session.execute(statement.limit(PAGE + 1)).all()
    return _page(found, filters, viewer)


def next_waiting(filters: ComplaintFilters, *, viewer: Viewer, after: str) -> str | None:
    """The reference of the most pressing complaint still to be decided, other than ``after``."""
    if filters.status is not ComplaintStatus.SUBMITTED:
        filters = ComplaintFilters()
    statement = _asked_for(select(Complaint.reference), filters, viewer)
    return db.session.scalar(
        _ordered(statement.where(Complaint.reference != after), filters, edge=False).limit(1)
    )


def waiting_counts(*, viewer: Viewer) -> Waiting:
    """How much waits, over all that the viewer may see."""
    mine = Complaint.status == ComplaintStatus.SUBMITTED

    def count(*rules: ColumnElement[bool]) -> ColumnElement[int]:
        condition = rules[0] if len(rules) == 1 else rules[0] & rules[1]
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row = db.session.execute(
        select(
            count(mine),
            count(mine, Complaint.due_at < clock.now()),
            count(mine, Complaint.acknowledge_by < clock.now()),
            count(mine, Complaint.priority == Priority.URGENT),
            count(Complaint.status == ComplaintStatus.NEEDS_INFO),
        ).where(Complaint.decided_at.is_(None), visible(viewer))
    ).one()
    return Waiting(*(int(number) for number in row))


def _asked_for(statement: Statement, filters: ComplaintFilters, viewer: Viewer) -> Statement:
    statement = statement.where(visible(viewer), *_conditions(filters))
    if filters.reference:
        by_case = select(Case.id).where(Case.number == filters.reference)
        statement = statement.where(
            or_(Complaint.reference == filters.reference, Complaint.case_id.in_(by_case))
        )
    if filters.phone is not None:
        filed = select(Reporter.complaint_id).where(Reporter.phone_index == filters.phone)
        statement = statement.where(
            or_(Complaint.subject_phone_index == filters.phone, Complaint.id.in_(filed))
        )
    if filters.words and not viewer.can(Permission.VIEW_RESTRICTED):
        statement = statement.where(Complaint.sensitivity == Sensitivity.NORMAL)
    return with_words(statement, filters.words)


def _conditions(filters: ComplaintFilters) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if filters.undecided:
        rules.append(Complaint.decided_at.is_(None))
    if filters.status is Scope.OPEN:
        rules.append(Complaint.status.in_([*_OPEN]))
    elif isinstance(filters.status, ComplaintStatus):
        rules.append(Complaint.status == filters.status)
    if filters.category is not None:
        rules.append(Complaint.category_id == filters.category)
    if filters.village is not None:
        unknown = filters.village == 0
        rules.append(
            Complaint.village_no.is_(None) if unknown else Complaint.village_no == filters.village
        )
    if filters.priority is not None:
        rules.append(Complaint.priority == filters.priority)
    if filters.overdue:
        rules += [Complaint.due_at < clock.now(), Complaint.paused_at.is_(None)]
    if filters.unanswered:
        rules.append(Complaint.acknowledge_by < clock.now())
    if filters.over_a_week:
        rules.append(Complaint.filed_at < clock.now() - WEEK)
    return rules


_OPEN = (ComplaintStatus.SUBMITTED, ComplaintStatus.NEEDS_INFO)
_KEYS: dict[Order, tuple[Any, ...]] = {
    Order.PRESSING: (Complaint.urgency, Complaint.due_at, Complaint.id),
    Order.DUE: (Complaint.due_at, Complaint.id),
    Order.NEWEST: (Complaint.id,),
    Order.OLDEST: (Complaint.id,),
}


def _ordered(statement: Statement, filters: ComplaintFilters, *, edge: bool = True) -> Statement:
    keys, at = _KEYS[filters.sort], filters.edge if edge else None
    down = (filters.sort is Order.NEWEST) != (at is not None and at.back)
    if at is not None:
        values = {"urgency": at.urgency, "due_at": at.due_at, "id": at.id}
        here = tuple_(*keys), tuple_(*(values[key.key] for key in keys), types=_types(keys))
        statement = statement.where(here[0] < here[1] if down else here[0] > here[1])
    return statement.order_by(*(key.desc() if down else key for key in keys))


def _types(keys: tuple[Any, ...]) -> list[Any]:
    return [key.type for key in keys]


def _page(found: Sequence[Any], filters: ComplaintFilters, viewer: Viewer) -> ComplaintPage:
    more, back = len(found) > PAGE, filters.edge is not None and filters.edge.back
    rows = list(found[:PAGE])
    if back:
        rows.reverse()
    if not rows:
        return ComplaintPage([])
    newer = more if back else filters.edge is not None
    return ComplaintPage(
        rows=[_row(row, viewer) for row in rows],
        newer=_edge_text(rows[0], back=True) if newer else None,
        older=_edge_text(rows[-1], back=False) if back or more else None,
    )


def _edge_text(row: Any, *, back: bool) -> str:
    return Edge(row.id, row.urgency, row.due_at, back).as_text()


def _row(row: Any, viewer: Viewer) -> ComplaintRow:
    masked = row.sensitivity != Sensitivity.NORMAL and not viewer.can(Permission.VIEW_RESTRICTED)
    words = " ".join(row.excerpt.split())
    return ComplaintRow(
        reference=row.reference,
        kind=row.kind,
        category_id=row.category_id,
        subject_name="" if masked else row.subject_name,
        house_no="" if masked else row.house_no,
        village_no=row.village_no,
        excerpt="" if masked else words[:EXCERPT] + ("…" if len(words) > EXCERPT else ""),
        channel=row.channel,
        anonymous=row.anonymous,
        priority=row.priority,
        sensitivity=row.sensitivity,
        status=row.status,
        filed_at=row.filed_at,
        due_at=row.due_at,
        waiting=row.paused_at is not None,
        case_number=row.case_number,
        masked=masked,
    )
