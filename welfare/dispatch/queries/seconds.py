"""Who goes along where a lone visit is unsafe or the worker must not go alone: plain questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select

from welfare.core.db import db
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.crew import Member
from welfare.dispatch.queries.wants import CaseWant
from welfare.dispatch.workflow import VisitStatus

APART = 60
"""So many minutes at least lie between two visits on which somebody goes along."""


def needs_second(case: CaseWant, leader: Member) -> bool:
    """Whether two must go when this worker visits this case."""
    return case.pair or not leader.alone


def second_among(
    leader: Member, fit: Iterable[Member], day: date, busy: Collection[int] = frozenset()
) -> Member | None:
    """The first of those whom nothing forbids the case who can go along on a day; ``None``: nobody.

    With somebody who must not go alone goes somebody who may. ``busy`` are ids of who is elsewhere
    at that hour.
    """
    return next((one for one in fit if may_go_along(leader, one, day) and one.id not in busy), None)


def may_go_along(leader: Member, other: Member, day: date) -> bool:
    """Whether somebody whom nothing else forbids the case can go along with its worker."""
    there = other.away_on(day) is None
    return other.id != leader.id and there and (leader.alone or other.alone)


def busy_at(day: date, hour: str) -> frozenset[int]:
    """Who has a visit on a day about an hour (``HH:MM``; empty: no hour is set, nobody is)."""
    if not hour:
        return frozenset()
    rows = db.session.execute(
        select(Visit.worker_id, Visit.companion_id, Visit.planned_time).where(
            Visit.planned_on == day, Visit.status == VisitStatus.PLANNED, Visit.planned_time != ""
        )
    )
    found = [row for row in rows if near(row.planned_time, hour)]
    return frozenset(one for row in found for one in (row.worker_id, row.companion_id) if one)


def near(one: str, other: str) -> bool:
    """Whether nobody can be at two visits at these hours; no hour is near none."""
    return bool(one and other) and abs(_minute(one) - _minute(other)) < APART


def _minute(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:5])
