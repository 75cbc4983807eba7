"""Requests that nobody has decided on yet, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, or_, select, true

from welfare.cases.workflow import Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.intake.models import Complaint
from welfare.intake.workflow import ComplaintStatus

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait to be read, how many wait for their filer's answer, since when at the worst.

    ``late``: unread past the day by which the filer was promised an answer.
    """

    unread: int = 0
    asked: int = 0
    late: int = 0
    over_a_week: int = 0
    oldest: datetime | None = None


def waiting(viewer: Viewer) -> Waiting:
    """The undecided requests that the viewer may see, counted in one statement."""
    now = clock.now()
    unread = Complaint.status == ComplaintStatus.SUBMITTED
    row = db.session.execute(
        select(
            _number(unread),
            _number(Complaint.status == ComplaintStatus.NEEDS_INFO),
            _number(unread & (Complaint.acknowledge_by < now)),
            _number(unread & (Complaint.filed_at < now - WEEK)),
            func.min(case((unread, Complaint.filed_at))),
        ).where(
            Complaint.status.in_([ComplaintStatus.SUBMITTED, ComplaintStatus.NEEDS_INFO]),
            _visible(viewer),
        )
    ).one()
    return Waiting(*row)


def _number(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _visible(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.can(Permission.VIEW_COMPLAINTS):
        return false()
    area: ColumnElement[bool] = true()
    if viewer.villages is not None:
        inside = Complaint.village_no.in_(sorted(viewer.villages))
        area = or_(Complaint.village_no.is_(None), inside)
    if viewer.can(Permission.VIEW_RESTRICTED):
        return area
    return area & (Complaint.sensitivity != Sensitivity.RESTRICTED)
