"""Loading assignments and visits for a person who wants to change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from welfare.accounts.models import User, UserArea, UserRole
from welfare.cases.models import Case
from welfare.cases.queries import load_case_by_id
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import ROLE_PERMISSIONS, Permission, Viewer
from welfare.dispatch.models import Assignment, Visit
from welfare.dispatch.policies import can_see_visit
from welfare.dispatch.workflow import AssignmentStatus, VisitStatus

CURRENT = (AssignmentStatus.OFFERED, AssignmentStatus.ACCEPTED)
WORKING_ROLES = tuple(
    role for role, rights in ROLE_PERMISSIONS.items() if Permission.WORK_CASES in rights
)


def current_assignment(case: Case) -> Assignment | None:
    """The offered or accepted assignment of a case that the caller has locked."""
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.case_id == case.id, Assignment.status.in_(CURRENT))
        .execution_options(populate_existing=True)
    )


def former_workers(case_id: int) -> frozenset[int]:
    """Everybody who has this case or had it."""
    return frozenset(
        db.session.scalars(select(Assignment.worker_id).where(Assignment.case_id == case_id))
    )


def planned_visits(case: Case) -> list[Visit]:
    """The visits of a locked case that are still to be made."""
    return list(
        db.session.scalars(
            select(Visit)
            .where(Visit.case_id == case.id, Visit.status == VisitStatus.PLANNED)
            .order_by(Visit.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def visits_after(case: Case, day: date) -> list[Visit]:
    """The visits of a locked case that are planned for later than a day."""
    return [visit for visit in planned_visits(case) if visit.planned_on > day]


def load_visit(number: str, *, viewer: Viewer, for_update: bool = False) -> tuple[Visit, Case]:
    """A visit and its case; ``NotFound`` when the viewer may not know of it.

    For a change the case is locked first, as all verbs do that change both.
    """
    case = _case_of_visit(number, viewer) if for_update else None
    statement = select(Visit).where(Visit.number == number)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    visit = db.session.scalar(statement)
    if visit is None:
        raise NotFound
    case = case or load_case_by_id(visit.case_id, viewer=viewer)
    if not can_see_visit(viewer, visit, case):
        raise NotFound
    return visit, case


def _case_of_visit(number: str, viewer: Viewer) -> Case:
    case_id = db.session.scalar(select(Visit.case_id).where(Visit.number == number))
    if case_id is None:
        raise NotFound
    return load_case_by_id(case_id, viewer=viewer, for_update=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a case could be given to; ``villages`` ``None``: the whole municipality."""

    id: int
    name: str
    villages: frozenset[int] | None

    def covers(self, village_no: int | None) -> bool:
        """Whether a village (or an unknown one) lies in their area."""
        return self.villages is None or village_no is None or village_no in self.villages


def candidate(worker_id: int) -> Candidate | None:
    """The active worker with this id; ``None`` for everybody else, deactivated ones too."""
    name = db.session.scalar(
        select(User.display_name)
        .join(UserRole, UserRole.user_id == User.id)
        .where(User.id == worker_id, User.active, UserRole.role.in_(WORKING_ROLES))
    )
    if name is None:
        return None
    villages = db.session.scalars(
        select(UserArea.village_no).where(UserArea.user_id == worker_id)
    ).all()
    return Candidate(worker_id, name, frozenset(villages) or None)


def name_of(user_id: int | None) -> str:
    """The display name of a user."""
    return db.session.scalar(select(User.display_name).where(User.id == user_id)) or ""
