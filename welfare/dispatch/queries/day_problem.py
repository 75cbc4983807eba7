"""A day to be planned, put together from the database as plain figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.facts import Freed
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.crew import Member, crew
from welfare.dispatch.queries.day_jobs import NO_WISH, Standing, Whys, Wish, job_of, minute_of
from welfare.dispatch.queries.ranking import known_of
from welfare.dispatch.queries.rules import Figures, centres, figures
from welfare.dispatch.queries.under_way import Made, Out, made_by, out_of, since_of
from welfare.dispatch.queries.wants import CaseWant, wants
from welfare.dispatch.routing import Day, Ground, Job, Place, Worker
from welfare.dispatch.workflow import OUTSIDE, VisitStatus

PLANNABLE = (CaseStatus.NEW, CaseStatus.OFFERED, CaseStatus.WORKING)


NOTHING_FREED = Freed()
KEPT_WORTH = 6
"""What a visit is worth besides because it was promised before the day was planned anew."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The day for the solver, and what is needed to tell its answer."""

    day: date
    asked: Day
    cases: Mapping[int, CaseWant]
    members: Mapping[int, Member]
    standing: Mapping[int, Standing]
    """By case."""
    whys: Mapping[int, Whys]
    """By case, why nobody may go: in codes."""
    wishes: Mapping[int, Wish]
    figures: Figures
    freed: Freed = NOTHING_FREED
    since: int = 0
    """The minute before which nothing can be any more: now, where the day is today."""
    begun: Mapping[int, Standing] = field(default_factory=dict)
    """By case the visits whose hour has come: they stay as they are, and nobody plans them."""
    out: Mapping[int, Out] = field(default_factory=dict)
    """By worker where those are who are out already."""
    estimated: int = 0
    chosen: tuple[int, ...] = field(default=())


def problem(
    day: date,
    numbers: Collection[str],
    worker_ids: Collection[int],
    *,
    viewer: Viewer,
    wishes: Mapping[str, Wish] | None = None,
    freed: Freed = NOTHING_FREED,
) -> Problem:
    """Everything the solver has to know of a day, in ten statements however many cases; a few
    more for a day that has begun, of which only what is still to come is planned.

    Cases that are closed or that the viewer does not see are left out; so are workers who are
    away. Visits planned for the day already belong to it without being chosen, but for those that
    are ``freed`` to be planned otherwise.
    """
    if not viewer.can(Permission.ASSIGN_CASES):
        raise Forbidden
    chosen = crew(viewer=viewer, only=frozenset(worker_ids), since=day)
    there = [one for one in chosen if one.away_on(day) is None]
    ids, since, rules = [one.id for one in there], since_of(day), figures()
    made = made_by(ids, day, since, freed=freed.ids)
    out = out_of(made, since, rules.lunch_minutes, viewer=viewer)
    standing, begun = _parted(_standing(day, ids, freed), made)
    cases = [_unbound(case, freed) for case in _cases(numbers, standing | begun, viewer)]
    known = known_of(cases, chosen)
    by_case = {case.id: wish for case in cases if (wish := (wishes or {}).get(case.number))}
    whys: dict[int, Whys] = {}
    jobs = []
    office = _office(rules, cases)
    worth = _unit(rules, office, cases)
    for case in cases:
        wish = by_case.get(case.id, NO_WISH)
        if wish.dropped or case.id in begun:
            continue
        job, why = job_of(case, there, chosen, known, standing.get(case.id), wish, worth, office)
        if case.id not in standing:
            job = _renewed(job, case, freed, worth)
        if why:
            whys[case.id] = why
        jobs.append(job)
    return Problem(
        day=day,
        asked=Day(
            office,
            _ground(rules),
            tuple(_worker(one, since, out.get(one.id)) for one in there),
            tuple(jobs),
        ),
        cases={case.id: case for case in cases},
        members={one.id: one for one in chosen},
        standing=standing,
        whys=whys,
        wishes=by_case,
        figures=rules,
        freed=freed,
        since=since,
        begun=begun,
        out=out,
        estimated=sum(case.estimated for case in cases),
        chosen=tuple(sorted(one.id for one in chosen)),
    )


def _cases(
    numbers: Collection[str], standing: Mapping[int, Standing], viewer: Viewer
) -> list[CaseWant]:
    which: ColumnElement[bool] = Case.number.in_(sorted(numbers)) & Case.status.in_(PLANNABLE)
    if standing:
        which = or_(which, Case.id.in_(sorted(standing)))
    return wants(which, viewer=viewer, centres=centres())


def _unbound(case: CaseWant, freed: Freed) -> CaseWant:
    """A case that still waits for the answer to the plan's offer is nobody's yet."""
    before = freed.visits.get(case.id)
    return replace(case, assignee_id=None) if before is not None and before.offered else case


def _renewed(job: Job, case: CaseWant, freed: Freed, unit: int) -> Job:
    """A visit that is planned anew is rather kept than left out."""
    kept = unit * KEPT_WORTH if case.id in freed.visits else 0
    return replace(job, prize=job.prize + kept)


def _parted(
    standing: Mapping[int, Standing], made: Sequence[Made]
) -> tuple[dict[int, Standing], dict[int, Standing]]:
    """What stands still to come, and what has begun."""
    begun = {one.visit_id for one in made if one.begun}
    return (
        {case_id: one for case_id, one in standing.items() if one.id not in begun},
        {case_id: one for case_id, one in standing.items() if one.id in begun},
    )


def _standing(day: date, worker_ids: Sequence[int], freed: Freed) -> dict[int, Standing]:
    rows = db.session.execute(
        select(Visit.id, Visit.case_id, Visit.worker_id, Visit.companion_id, Visit.planned_time)
        .where(
            Visit.planned_on == day,
            Visit.status == VisitStatus.PLANNED,
            Visit.worker_id.in_(worker_ids),
            Visit.id.not_in(freed.ids),
            Visit.kind.in_(sorted(OUTSIDE)),
        )
        .order_by(Visit.id.desc())
    )
    return {row.case_id: Standing(*row) for row in rows}


def _ground(rules: Figures) -> Ground:
    return Ground(rules.road_factor, rules.speed_kmh, rules.lunch_minutes)


def _office(rules: Figures, cases: Sequence[CaseWant]) -> Place:
    """The office; where nobody has said where it stands, the middle of the houses."""
    if rules.office_lat is not None and rules.office_lng is not None:
        return Place(rules.office_lat, rules.office_lng)
    known = [(case.lat, case.lng) for case in cases if case.lat is not None]
    if not known:
        return Place(0.0, 0.0)
    return Place(
        sum(lat or 0 for lat, _ in known) / len(known),
        sum(lng or 0 for _, lng in known) / len(known),
    )


def _unit(rules: Figures, office: Place, cases: Sequence[CaseWant]) -> int:
    """Metres that no single visit can cost: the farthest house, there and back, and some."""
    ground = _ground(rules)
    far = [
        ground.metres(office, Place(case.lat, case.lng))
        for case in cases
        if case.lat is not None and case.lng is not None
    ]
    return max(10_000, *far, 0) if far else 10_000


def _worker(member: Member, since: int, out: Out | None) -> Worker:
    """Whoever is out goes on from there, with what is left of their day; nobody before now."""
    ends = minute_of(member.ends, 990)
    starts = max(minute_of(member.starts, 510), since, out.free if out else 0)
    return Worker(
        member.id,
        min(starts, ends),
        ends,
        max(member.max_visits - (out.visits if out else 0), 0),
        member.alone,
        out.place if out else None,
    )
