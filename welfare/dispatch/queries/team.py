"""The workers beside the board: what they carry, what they can do, what their day looks like."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.crew import Away, Member, crew
from welfare.dispatch.queries.workers import WorkerLoad, carried_by, week_of
from welfare.dispatch.workflow import VisitStatus


@dataclass(frozen=True, slots=True)
class Teammate:
    """A worker with their load and their day. ``today``: hours of today's visits, empty for any
    time of the day."""

    member: Member
    load: WorkerLoad
    today: tuple[str, ...] = ()
    away: Away | None = None


def team(viewer: Viewer) -> list[Teammate]:
    """All active workers, those who are there and carry least first, in three statements.

    Empty for who may not give out cases.
    """
    if not viewer.can(Permission.ASSIGN_CASES):
        return []
    today = clock.today()
    monday, sunday = week_of(today)
    members = crew(viewer=viewer)
    loads = carried_by(members)
    week: dict[int, int] = {}
    hours: dict[int, list[str]] = {}
    for row in db.session.execute(
        select(Visit.worker_id, Visit.planned_on, Visit.planned_time)
        .where(
            Visit.planned_on.between(monday, sunday),
            Visit.status.in_([VisitStatus.PLANNED, VisitStatus.DONE]),
        )
        .order_by(Visit.planned_time, Visit.id)
    ):
        week[row.worker_id] = week.get(row.worker_id, 0) + 1
        if row.planned_on == today:
            hours.setdefault(row.worker_id, []).append(row.planned_time)
    found = [
        Teammate(
            one,
            replace(loads[one.id], visits_week=week.get(one.id, 0)),
            tuple(hours.get(one.id, ())),
            one.away_on(today),
        )
        for one in members
    ]
    return sorted(found, key=lambda mate: (mate.away is not None, mate.load.weight, mate.load.name))
