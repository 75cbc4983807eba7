"""Who may go along on one visit, and what else they have to do that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.policies import as_dispatcher
from welfare.dispatch.queries.crew import Away, Member, crew
from welfare.dispatch.queries.ranking import Bar, bars_of, known_of
from welfare.dispatch.queries.seconds import may_go_along, near
from welfare.dispatch.queries.wants import wants
from welfare.dispatch.workflow import VisitStatus


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody who may go along: the hours of their own visits of that day (``HH:MM``, empty: at
    any hour), and those of them about the hour of this one."""

    id: int
    name: str
    hours: tuple[str, ...]
    overlapping: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """Somebody who may not go along, and why: what forbids the case, an absence, or neither (two
    who must not go alone)."""

    name: str
    bars: tuple[Bar, ...]
    away: Away | None


@dataclass(frozen=True, slots=True)
class Mates:
    """Everybody for one visit, the free before those who have something about that hour."""

    house: bool
    """Two must go to this house, whoever goes."""
    timid: bool
    """The worker must not go alone anywhere."""
    fit: tuple[Mate, ...] = ()
    unfit: tuple[Unfit, ...] = ()

    @property
    def pair(self) -> bool:
        """Whether two must go."""
        return self.house or self.timid


def mates_of(
    case_id: int, worker_id: int, day: date, hour: str, *, viewer: Viewer, but: int = 0
) -> Mates | None:
    """Who may go along with the worker of a case on a day about an hour (empty: any), in five
    statements; ``None``: the case is closed, or its worker does not work here any more.

    ``but`` is the id of the visit itself, which overlaps with nothing.
    """
    cases = wants(Case.id == case_id, viewer=viewer, centres={}, places=False)
    members = crew(viewer=as_dispatcher(viewer), since=min(day, clock.today()))
    leader = next((one for one in members if one.id == worker_id), None)
    if not cases or leader is None:
        return None
    case, known = cases[0], known_of(cases, members)
    others = [one for one in members if one.id != leader.id]
    bars = {one.id: bars_of(case, one, known) for one in others}
    may = [one for one in others if not bars[one.id] and may_go_along(leader, one, day)]
    hours = _hours(day, [one.id for one in may], but)
    fit = [_mate(one, hours.get(one.id, ()), hour) for one in may]
    return Mates(
        house=case.pair,
        timid=not leader.alone,
        fit=tuple(sorted(fit, key=lambda one: bool(one.overlapping))),
        unfit=tuple(
            Unfit(one.name, bars[one.id], one.away_on(day)) for one in others if one not in may
        ),
    )


def _mate(member: Member, hours: tuple[str, ...], hour: str) -> Mate:
    overlapping = tuple(one for one in hours if near(one, hour))
    return Mate(member.id, member.name, hours, overlapping)


def _hours(day: date, worker_ids: list[int], but: int) -> dict[int, tuple[str, ...]]:
    """By worker the hours of the visits that they make or go along on."""
    rows = db.session.execute(
        select(Visit.worker_id, Visit.companion_id, Visit.planned_time)
        .where(Visit.planned_on == day, Visit.status == VisitStatus.PLANNED, Visit.id != but)
        .where(or_(Visit.worker_id.in_(worker_ids), Visit.companion_id.in_(worker_ids)))
        .order_by(Visit.planned_time, Visit.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        for one in (row.worker_id, row.companion_id):
            if one is not None:
                found[one] = (*found.get(one, ()), row.planned_time)
    return found
