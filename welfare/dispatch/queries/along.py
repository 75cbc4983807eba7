"""Visits on which a worker goes along with another, because a lone visit is unsafe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.workflow import VisitStatus
from welfare.households.models import Household


@dataclass(frozen=True, slots=True)
class Along:
    """When, where and with whom; whom it is about is told by the worker of the case."""

    number: str
    day: date
    time: str
    worker: str
    village_no: int | None
    house_no: str
    lane: str
    landmark: str


def goes_along(viewer: Viewer, days: int = 14) -> list[Along]:
    """The coming visits on which the viewer is the second worker, in their order."""
    if not viewer.can(Permission.WORK_CASES):
        return []
    today = clock.today()
    rows = db.session.execute(
        select(
            Visit.number, Visit.planned_on, Visit.planned_time, User.display_name,
            Case.village_no, Household.house_no, Household.lane, Household.landmark,
        )
        .join(Case, Case.id == Visit.case_id)
        .join(User, User.id == Visit.worker_id)
        .outerjoin(Household, Household.id == Case.household_id)
        .where(
            Visit.companion_id == viewer.user_id,
            Visit.worker_id == Case.assignee_id,
            Visit.status == VisitStatus.PLANNED,
            Visit.planned_on.between(today, today + timedelta(days=days)),
            Case.closed_at.is_(None),
        )
        .order_by(Visit.planned_on, Visit.planned_time, Visit.id)
        .limit(100)
    )  # fmt: skip
    return [
        Along(
            row.number, row.planned_on, row.planned_time, row.display_name, row.village_no,
            row.house_no or "", row.lane or "", row.landmark or "",
        )
        for row in rows
    ]  # fmt: skip
