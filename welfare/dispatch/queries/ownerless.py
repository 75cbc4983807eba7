"""Cases that nobody looks after, though it may not look so. Empty, or alarming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from welfare.accounts.models import User, UserRole
from welfare.cases.models import Case
from welfare.cases.queries.rights import sees_names, visible_to
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Absence, Assignment
from welfare.dispatch.queries.loading import WORKING_ROLES
from welfare.dispatch.workflow import AssignmentStatus

LONG_LEAVE = timedelta(days=7)
"""Who stays away longer than this from today cannot look after their cases."""
SILENCE = timedelta(days=3)
"""An offer without an answer for so long has no owner."""
NEW = timedelta(days=1)
"""A case that nobody was ever given waits no longer than this unseen."""
MOST = 200


class Lack(StrEnum):
    """Why a case has no owner, the most alarming first."""

    LEFT = "left"
    AWAY = "away"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    SILENT = "silent"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Ownerless:
    """A case without an owner; title empty where the viewer must not read it."""

    number: str
    title: str
    category_id: int
    priority: Priority
    sensitivity: Sensitivity
    status: CaseStatus
    village_no: int | None
    due_at: datetime
    waiting: bool
    assignee_id: int | None
    opened_by_id: int | None
    lack: Lack
    worker: str
    username: str
    reason: str
    since: datetime | None


_last = (
    select(func.max(Assignment.id))
    .where(Assignment.case_id == Case.id)
    .correlate(Case)
    .scalar_subquery()
)


def _here() -> Select[int]:
    """Who works here."""
    works = select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))
    return select(User.id).where(User.active, User.id.in_(works))


def _away() -> Select[int]:
    today = clock.today()
    return select(Absence.user_id).where(
        Absence.first_day <= today,
        Absence.last_day >= today + LONG_LEAVE,
        Absence.taken_back_at.is_(None),
    )


def _lacks() -> dict[Lack, ColumnElement[bool]]:
    now = clock.now()
    nobody = Case.assignee_id.is_(None)
    silent = select(Assignment.case_id).where(
        Assignment.status == AssignmentStatus.OFFERED, Assignment.offered_at <= now - SILENCE
    )
    never = ~select(Assignment.id).where(Assignment.case_id == Case.id).correlate(Case).exists()
    declined = select(Assignment.status).where(Assignment.id == _last).correlate(Case)
    said_no = declined.scalar_subquery() == AssignmentStatus.DECLINED
    return {
        Lack.LEFT: and_(Case.assignee_id.is_not(None), Case.assignee_id.not_in(_here())),
        Lack.AWAY: Case.assignee_id.in_(_away()),
        Lack.DECLINED: and_(nobody, said_no),
        Lack.TAKEN_BACK: and_(nobody, ~never),
        Lack.SILENT: and_(Case.status == CaseStatus.OFFERED, Case.id.in_(silent)),
        Lack.NEVER: and_(nobody, never, Case.opened_at <= now - NEW),
    }


def _any() -> ColumnElement[bool]:
    """That a case lacks an owner in any of these ways; DECLINED is a part of TAKEN_BACK here."""
    lacks = _lacks()
    return or_(*(lacks[one] for one in Lack if one is not Lack.DECLINED))


def ownerless_number(viewer: Viewer) -> ColumnElement[int]:
    """How many there are, as a column of another statement."""
    return (
        select(func.count(Case.id))
        .where(Case.closed_at.is_(None), visible_to(viewer), _any())
        .correlate(None)
        .scalar_subquery()
    )


def ownerless(viewer: Viewer) -> list[Ownerless]:
    """The cases without an owner that the viewer sees, the most pressing first, one statement."""
    if not viewer.can(Permission.ASSIGN_CASES):
        return []
    lacks = _lacks()
    which = case(*((condition, lack.value) for lack, condition in lacks.items()), else_="")
    rows = db.session.execute(
        select(
            Case.number, Case.title, Case.category_id, Case.priority, Case.sensitivity,
            Case.status, Case.village_no, Case.due_at, Case.paused_at, Case.assignee_id,
            Case.opened_by_id, Case.opened_at, which.label("lack"), User.display_name,
            User.username, Assignment.reason, Assignment.offered_at, Assignment.ended_at,
        )
        .outerjoin(Assignment, Assignment.id == _last)
        .outerjoin(User, User.id == func.coalesce(Case.assignee_id, Assignment.worker_id))
        .where(Case.closed_at.is_(None), visible_to(viewer), _any())
        .order_by(Case.due_at, Case.id)
        .limit(MOST)
    )  # fmt: skip
    return [_row(row, viewer) for row in rows]


def _row(row: Any, viewer: Viewer) -> Ownerless:
    lack, named = Lack(row.lack), sees_names(viewer, row)
    since = {
        Lack.NEVER: row.opened_at,
        Lack.SILENT: row.offered_at,
        Lack.DECLINED: row.ended_at,
        Lack.TAKEN_BACK: row.ended_at,
    }.get(lack)
    return Ownerless(
        number=row.number,
        title=row.title if named else "",
        category_id=row.category_id,
        priority=row.priority,
        sensitivity=row.sensitivity,
        status=row.status,
        village_no=row.village_no,
        due_at=row.due_at,
        waiting=row.paused_at is not None,
        assignee_id=row.assignee_id,
        opened_by_id=row.opened_by_id,
        lack=lack,
        worker=row.display_name or "",
        username=row.username or "",
        reason=(row.reason or "") if named and lack in (Lack.DECLINED, Lack.TAKEN_BACK) else "",
        since=since,
    )
