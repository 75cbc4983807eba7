"""Requests that nobody has decided on yet, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, or_, select, true

from welfare.cases.queries.rights import hidden_levels
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
    if not viewer.can(Permission.VIEW_COMPLAINTS):
        return Waiting()
    statement, values = waiting_numbers(viewer)
    return Waiting(*db.session.connection().execute(statement, values).one())


def waiting_numbers(viewer: Viewer) -> tuple[Any, dict[str, Any]]:
    """The statement of one row whose columns are those of `Waiting`, and what it is to be run with,
    for those who put it into another."""
    now = clock.now()
    return _statement(viewer.villages, hidden_levels(viewer)), {"now": now, "week_ago": now - WEEK}


@lru_cache(maxsize=100)
def _statement(villages: frozenset[int] | None, hidden: tuple[Sensitivity, ...]) -> Any:
    unread = Complaint.status == ComplaintStatus.SUBMITTED
    return select(
        _number(unread),
        _number(Complaint.status == ComplaintStatus.NEEDS_INFO),
        _number(unread & (Complaint.acknowledge_by < bindparam("now"))),
        _number(unread & (Complaint.filed_at < bindparam("week_ago"))),
        func.min(case((unread, Complaint.filed_at))),
    ).where(
        Complaint.status.in_([ComplaintStatus.SUBMITTED, ComplaintStatus.NEEDS_INFO]),
        _visible(villages, hidden),
    )


def _number(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _visible(
    villages: frozenset[int] | None, hidden: tuple[Sensitivity, ...]
) -> ColumnElement[bool]:
    area: ColumnElement[bool] = true()
    if villages is not None:
        area = or_(Complaint.village_no.is_(None), Complaint.village_no.in_(sorted(villages)))
    return area & Complaint.sensitivity.not_in(hidden) if hidden else area
