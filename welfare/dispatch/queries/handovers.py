"""Whose cases are handed over, which they are, and what was handed over before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from welfare.accounts.models import User, UserRole
from welfare.cases.models import Case
from welfare.cases.queries.rights import sees_names, visible_to
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment, Handover, Transfer, Visit
from welfare.dispatch.queries.loading import CURRENT, WORKING_ROLES
from welfare.dispatch.workflow import TransferStatus, VisitStatus

MOST = 200
"""Cases that are handed over in one step."""


@dataclass(frozen=True, slots=True)
class Giver:
    """A worker whose cases go to others; also one who works here no more."""

    id: int
    username: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class GivenCase:
    """An open case of the giver. The title is empty where the viewer must not read it."""

    number: str
    title: str
    category_id: int
    village_no: int | None
    priority: Priority
    sensitivity: Sensitivity
    status: CaseStatus
    due_at: datetime
    waiting: bool
    assignee_id: int | None
    opened_by_id: int | None
    seen: int
    """The assignment it stands by; 0 for none."""
    next_visit: date | None


@dataclass(frozen=True, slots=True)
class PastHandover:
    """A hand-over that was made; ``left``: cases that an undo would look at."""

    id: int
    version: int
    made_at: datetime
    made_by: str
    note: str
    left: int
    undone: bool


def giver(username: str, *, viewer: Viewer) -> Giver:
    """A worker by user name, active or not; ``NotFound`` for who gives out no work."""
    if not viewer.can(Permission.ASSIGN_CASES):
        raise NotFound
    works = select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))
    held = select(Assignment.worker_id)
    row = db.session.execute(
        select(
            User.id, User.username, User.display_name,
            (User.active & User.id.in_(works)).label("here"),
        ).where(User.username == username, or_(User.id.in_(works), User.id.in_(held)))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return Giver(row.id, row.username, row.display_name, bool(row.here))


def cases_of(who: Giver, *, viewer: Viewer) -> list[GivenCase]:
    """The open cases of a worker that the viewer sees, the earliest deadline first."""
    next_visit = (
        select(func.min(Visit.planned_on))
        .where(Visit.case_id == Case.id, Visit.status == VisitStatus.PLANNED)
        .correlate(Case)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Case.number, Case.title, Case.category_id, Case.village_no, Case.priority,
            Case.sensitivity, Case.status, Case.due_at, Case.paused_at, Case.assignee_id,
            Case.opened_by_id, Assignment.id.label("seen"), next_visit.label("next_visit"),
        )
        .outerjoin(
            Assignment, (Assignment.case_id == Case.id) & Assignment.status.in_(CURRENT)
        )
        .where(Case.assignee_id == who.id, Case.closed_at.is_(None), visible_to(viewer))
        .order_by(Case.due_at, Case.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        GivenCase(
            number=row.number,
            title=row.title if sees_names(viewer, row) else "",
            category_id=row.category_id,
            village_no=row.village_no,
            priority=row.priority,
            sensitivity=row.sensitivity,
            status=row.status,
            due_at=row.due_at,
            waiting=row.paused_at is not None,
            assignee_id=row.assignee_id,
            opened_by_id=row.opened_by_id,
            seen=row.seen or 0,
            next_visit=row.next_visit,
        )
        for row in rows
    ]


def handovers_of(who: Giver, *, viewer: Viewer, most: int = 5) -> list[PastHandover]:
    """What of a worker was handed over before, the newest first."""
    if not viewer.can(Permission.ASSIGN_CASES):
        return []
    left = (
        select(func.count())
        .where(Transfer.handover_id == Handover.id, Transfer.status == TransferStatus.HANDED)
        .correlate(Handover)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Handover.id, Handover.version, Handover.made_at, User.display_name, Handover.note,
            left.label("left"), Handover.undone_at,
        )
        .outerjoin(User, User.id == Handover.made_by_id)
        .where(Handover.from_id == who.id)
        .order_by(Handover.id.desc())
        .limit(most)
    )  # fmt: skip
    return [
        PastHandover(
            row.id, row.version, row.made_at, row.display_name or "", row.note, row.left,
            row.undone_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def handover_giver(handover_id: int, *, viewer: Viewer) -> str:
    """The user name of whose cases a hand-over gave away."""
    if not viewer.can(Permission.ASSIGN_CASES):
        raise NotFound
    found = db.session.scalar(
        select(User.username)
        .join(Handover, Handover.from_id == User.id)
        .where(Handover.id == handover_id)
    )
    if found is None:
        raise NotFound
    return found


def handed_cases(handover_id: int) -> list[tuple[Transfer, str]]:
    """What a hand-over gave away and was not given back, with the numbers of the cases, in the
    order in which they are locked."""
    rows = db.session.execute(
        select(Transfer, Case.number)
        .join(Case, Case.id == Transfer.case_id)
        .where(Transfer.handover_id == handover_id, Transfer.status == TransferStatus.HANDED)
        .order_by(Case.number)
    )
    return [(row[0], row[1]) for row in rows]
