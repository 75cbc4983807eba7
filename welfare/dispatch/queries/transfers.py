"""What a worker is asked to take over, and whom a case could be transferred to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus, Priority
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment, Transfer
from welfare.dispatch.policies import can_ask_transfer
from welfare.dispatch.queries.assignments import CaseAssignments
from welfare.dispatch.queries.loading import CURRENT
from welfare.dispatch.queries.ranking import Ranked, rank
from welfare.dispatch.workflow import TransferStatus


@dataclass(frozen=True, slots=True)
class Asked:
    """A case that the viewer is asked to take over: enough to decide, and no more. Title, name and
    house are read once it is theirs."""

    id: int
    number: str
    category_id: int
    village_no: int | None
    priority: Priority
    status: CaseStatus
    due_at: datetime
    worker: str
    asked_by: str
    asked_at: datetime
    note: str


def asked_of(viewer: Viewer, *, only: int | None = None) -> list[Asked]:
    """What waits for the viewer's yes or no, the oldest first, in one statement."""
    if not viewer.can(Permission.WORK_CASES):
        return []
    owner, asker = aliased(User), aliased(User)
    statement = (
        select(
            Transfer.id, Case.number, Case.category_id, Case.village_no, Case.priority,
            Case.status, Case.due_at, owner.display_name.label("worker"),
            asker.display_name.label("asked_by"), Transfer.asked_at, Transfer.note,
        )
        .join(Case, Case.id == Transfer.case_id)
        .join(Assignment, Assignment.id == Transfer.assignment_id)
        .join(owner, owner.id == Transfer.from_id)
        .outerjoin(asker, asker.id == Transfer.asked_by_id)
        .where(
            Transfer.to_id == viewer.user_id,
            Transfer.status == TransferStatus.ASKED,
            Assignment.status.in_(CURRENT),
            Case.closed_at.is_(None),
        )
        .order_by(Transfer.id)
        .limit(50)
    )  # fmt: skip
    if only is not None:
        statement = statement.where(Transfer.id == only)
    return [_asked(row) for row in db.session.execute(statement) if viewer.covers(row.village_no)]


def _asked(row: Row[*tuple[Any, ...]]) -> Asked:
    return Asked(
        id=row.id,
        number=row.number,
        category_id=row.category_id,
        village_no=row.village_no,
        priority=row.priority,
        status=row.status,
        due_at=row.due_at,
        worker=row.worker,
        asked_by=row.asked_by or "",
        asked_at=row.asked_at,
        note=row.note,
    )


def asked(transfer_id: int, *, viewer: Viewer) -> Asked:
    """One of them; ``NotFound`` when it is not the viewer's to answer, or settled."""
    found = asked_of(viewer, only=transfer_id)
    if not found:
        raise NotFound
    return found[0]


def receivers(held: CaseAssignments, *, viewer: Viewer) -> list[Ranked]:
    """Who could take a case over, the best first. A worker who asks is told only who may, as the
    office would see them; who must not, and why, is the office's to know."""
    if not can_ask_transfer(viewer, held.case):
        return []
    office = viewer.can(Permission.ASSIGN_CASES)
    asking = replace(viewer, permissions=viewer.permissions | {Permission.ASSIGN_CASES})
    owner = held.case.assignee_id or 0
    found = rank([held.case.number], viewer=asking, without={owner})
    return [one for one in found[0].ranked if one.allowed or office] if found else []
