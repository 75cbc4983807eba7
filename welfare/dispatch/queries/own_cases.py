"""A worker's own open cases, for the phone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Row

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.queries import NOWHERE, told_places
from welfare.cases.queries.rights import visible_to
from welfare.cases.workflow import CaseStatus, Priority
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Assignment
from welfare.dispatch.queries.visits import person_name
from welfare.dispatch.workflow import AssignmentStatus
from welfare.households.models import Household, Person

MOST = 200


@dataclass(frozen=True, slots=True)
class OwnCase:
    """An open case of the viewer; ``note`` and ``offered_by`` belong to an unanswered offer."""

    id: int
    number: str
    title: str
    category_id: int
    priority: Priority
    status: CaseStatus
    village_no: int | None
    house_no: str
    person: str
    due_at: datetime
    offered_by: str
    offered_at: datetime | None
    note: str

    @property
    def offered(self) -> bool:
        """Whether the viewer is still to accept or decline it."""
        return self.status == CaseStatus.OFFERED

    @property
    def overdue(self) -> bool:
        """Whether the deadline has passed while the office's clock was running."""
        return self.status != CaseStatus.WAITING and self.due_at <= clock.now()


def own_cases(viewer: Viewer) -> list[OwnCase]:
    """Open cases that the viewer has or is offered, the earliest deadline first."""
    rows = db.session.execute(
        select(
            Case.id, Case.number, Case.title.label("case_title"), Case.category_id, Case.priority,
            Case.status, Case.village_no, Case.due_at, Household.house_no, Person.title,
            Person.first_name, Person.middle_name, Person.last_name,
            User.display_name.label("offered_by"), Assignment.offered_at, Assignment.note,
        )
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(
            Assignment,
            and_(
                Assignment.case_id == Case.id, Assignment.status == AssignmentStatus.OFFERED
            ),
        )
        .outerjoin(User, User.id == Assignment.offered_by_id)
        .where(
            Case.assignee_id == viewer.user_id, Case.closed_at.is_(None), visible_to(viewer)
        )
        .order_by(Case.due_at, Case.id)
        .limit(MOST)
    )  # fmt: skip
    cases = [_row(row) for row in rows]
    told = told_places(case.id for case in cases if not case.house_no)
    return [
        case
        if case.house_no
        else replace(
            case,
            house_no=(place := told.get(case.id, NOWHERE)).house_no,
            person=case.person or place.subject,
        )
        for case in cases
    ]


def _row(row: Row[*tuple[Any, ...]]) -> OwnCase:
    return OwnCase(
        id=row.id,
        number=row.number,
        title=row.case_title,
        category_id=row.category_id,
        priority=row.priority,
        status=row.status,
        village_no=row.village_no,
        house_no=row.house_no or "",
        person=person_name(row),
        due_at=row.due_at,
        offered_by=row.offered_by or "",
        offered_at=row.offered_at,
        note=row.note or "",
    )
