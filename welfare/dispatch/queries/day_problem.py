"""A day to be planned, put together from the database as plain figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseStage
from welfare.cases.queries.rights import visible_to
from welfare.cases.workflow import CaseStatus, Priority
from welfare.core import clock
from welfare.core.db import db, moment_of
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.facts import Freed
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.crew import Member, crew
from welfare.dispatch.queries.ranking import Known, bars_of, known_of
from welfare.dispatch.queries.rules import Figures, centres, figures
from welfare.dispatch.queries.under_way import Made, Out, made_by, out_of, since_of
from welfare.dispatch.queries.wants import CaseWant, VisitBy, wants
from welfare.dispatch.routing import Day, Ground, Job, Place, Worker
from welfare.dispatch.workflow import OUTSIDE, VisitStatus
from welfare.households.kinds import Sex

HORIZON = timedelta(days=7)
"""A case whose first visit falls due within this time of the day is proposed for it."""

PLANNABLE = (CaseStatus.NEW, CaseStatus.OFFERED, CaseStatus.WORKING)

WORTH = {Priority.LOW: 2, Priority.NORMAL: 3, Priority.HIGH: 6, Priority.URGENT: 12}
LATE_WORTH = 3
STANDING_WORTH = 1000
"""A visit that is planned already is kept, whatever it costs."""

Whys = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody set by hand for one case of a plan."""

    worker_id: int | None = None
    at: int | None = None
    dropped: bool = False


NO_WISH = Wish()
NOTHING_FREED = Freed()
KEPT_WORTH = 6
"""What a visit is worth besides because it was promised before the day was planned anew."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit that was planned for the day already."""

    id: int
    case_id: int
    worker_id: int
    companion_id: int | None
    planned_time: str


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


def minute_of(text: str, otherwise: int) -> int:
    """Minutes since midnight of ``HH:MM``."""
    return int(text[:2]) * 60 + int(text[3:5]) if len(text) == 5 else otherwise


def proposed(day: date, *, viewer: Viewer, most: int = 200) -> list[CaseWant]:
    """Open cases to visit on a day, as ``visit_by`` says why: those whose first visit is late or
    due by then (the earliest first), then those whose last visit asked for another one; those with
    a visit planned for a coming day are left out, and so is what nobody need visit."""
    if not viewer.can(Permission.ASSIGN_CASES):
        raise Forbidden
    other = aliased(Visit)
    ahead = exists().where(
        other.case_id == Case.id,
        other.status == VisitStatus.PLANNED,
        other.planned_on >= clock.today(),
    )
    until = clock.now() + (day - clock.today()) + HORIZON
    firsts = (
        select(CaseStage.case_id, CaseStage.due_at, literal(True))
        .join(Case, Case.id == CaseStage.case_id)
        .where(CaseStage.stage == Stage.FIRST_VISIT, CaseStage.due_at <= until)
        .where(CaseStage.met_at.is_(None), CaseStage.ended_at.is_(None))
    )
    asked = (
        select(Visit.case_id, moment_of(Visit.next_visit_on), literal(False))
        .join(Case, Case.id == Visit.case_id)
        .where(Visit.status == VisitStatus.DONE, Visit.next_visit_on <= day, ~_made_since())
    )
    mine = (Case.closed_at.is_(None), Case.status.in_(PLANNABLE), ~ahead, visible_to(viewer))
    rows = db.session.execute(union_all(firsts.where(*mine), asked.where(*mine))).all()
    ranked = sorted((not first, at, case_id) for case_id, at, first in rows)
    reasons: dict[int, VisitBy] = {}
    for later, at, case_id in ranked:
        reasons.setdefault(case_id, VisitBy(clock.local(at).date(), not later))
    ids = list(reasons)[:most]
    found = wants(Case.id.in_(ids), viewer=viewer, centres=centres(), most=most) if ids else []
    place = {case_id: where for where, case_id in enumerate(ids)}
    return [
        replace(case, visit_by=reasons[case.id])
        for case in sorted(found, key=lambda case: place[case.id])
    ]


def _made_since() -> Any:
    """Whether a later visit was made than the one that asked for another."""
    later = aliased(Visit)
    return exists().where(
        later.case_id == Visit.case_id,
        later.status == VisitStatus.DONE,
        later.visited_at > Visit.visited_at,
    )


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
        job, why = _job(case, there, chosen, known, standing.get(case.id), wish, worth, office)
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


def plannable(numbers: Collection[str], *, viewer: Viewer) -> set[str]:
    """Those of these numbers that are of open cases which the viewer sees."""
    which = Case.number.in_(sorted(numbers)) & Case.status.in_(PLANNABLE)
    return set(db.session.scalars(select(Case.number).where(which, visible_to(viewer))))


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


def _job(
    case: CaseWant,
    there: Sequence[Member],
    chosen: Sequence[Member],
    known: Known,
    standing: Standing | None,
    wish: Wish,
    unit: int,
    office: Place,
) -> tuple[Job, Whys]:
    free = frozenset(one.id for one in there if not bars_of(case, one, known))
    if standing is not None:
        leaders: frozenset[int] = frozenset({standing.worker_id})
        why: Whys = []
        joiners = frozenset({standing.companion_id} if standing.companion_id else ())
        pair = standing.companion_id is not None
    else:
        leaders, why = _leaders(case, there, chosen, known, wish)
        steady = frozenset(one.id for one in there if one.alone)
        timid = bool(leaders) and not leaders & steady
        joiners, pair = free & steady if timid else free, case.pair or timid
    at = wish.at
    if standing is not None and at is None and standing.planned_time:
        at = minute_of(standing.planned_time, 0)
    place = Place(case.lat, case.lng) if case.lat is not None and case.lng is not None else office
    worth = WORTH[case.priority] + (LATE_WORTH if case.overdue else 0)
    job = Job(
        id=case.id,
        place=place,
        minutes=case.minutes,
        prize=unit * (STANDING_WORTH if standing is not None else worth),
        may_lead=leaders,
        may_join=joiners,
        pair=pair,
        earliest=minute_of(case.earliest, 0),
        latest=minute_of(case.latest, 24 * 60),
        wanted_worker=wish.worker_id if standing is None else None,
        wanted_at=at,
    )
    if not why and wish.worker_id and wish.worker_id not in leaders:
        one = next((one for one in chosen if one.id == wish.worker_id), None)
        why = _against(case, one, known, there) if one else [{"code": "not_chosen"}]
        why = why or [{"code": "owner", "worker": case.assignee_id}]
    return job, why


def _leaders(
    case: CaseWant, there: Sequence[Member], chosen: Sequence[Member], known: Known, wish: Wish
) -> tuple[frozenset[int], Whys]:
    """Who may have the visit; where nobody may, why not, a line a worker.

    Those who must not go alone have it where nobody else may, or by somebody's wish: then two go.
    """
    if case.assignee_id is not None:
        return _owner(case, there, chosen, known)
    against = {one.id: _against(case, one, known, there) for one in chosen}
    fit = frozenset(one for one, why in against.items() if not why)
    timid = frozenset(
        one for one, why in against.items() if [line["code"] for line in why] == ["not_alone"]
    )
    if wish.worker_id in timid:
        return frozenset({wish.worker_id}), []
    if fit or timid:
        return fit or timid, []
    return frozenset(), [line for why in against.values() for line in why]


def _owner(
    case: CaseWant, there: Sequence[Member], chosen: Sequence[Member], known: Known
) -> tuple[frozenset[int], Whys]:
    """A case that somebody has stays with them."""
    owner = next((one for one in chosen if one.id == case.assignee_id), None)
    if owner is None:
        return frozenset(), [{"code": "owner_not_chosen", "worker": case.assignee_id}]
    if owner not in there:
        return frozenset(), [{"code": "away", "worker": owner.id}]
    bars = bars_of(case, owner, known)
    if bars:
        return frozenset(), [{"code": bar.value, "worker": owner.id} for bar in bars]
    return frozenset({owner.id}), []


def _against(case: CaseWant, member: Member, known: Known, there: Sequence[Member]) -> Whys:
    """What keeps one worker from a case that nobody has; empty: nothing."""
    found: Whys = [{"code": bar.value, "worker": member.id} for bar in bars_of(case, member, known)]
    if member not in there:
        found.append({"code": "away", "worker": member.id})
    lacking = sorted(case.skills - member.skills)
    if lacking:
        found.append({"code": "skill", "worker": member.id, "what": lacking})
    if case.language and case.language not in member.languages:
        found.append({"code": "language", "worker": member.id, "what": [case.language]})
    if case.sex != Sex.UNKNOWN and case.sex != member.sex:
        found.append({"code": "sex", "worker": member.id, "what": [case.sex.value]})
    if not found and not member.alone and not case.pair:
        found.append({"code": "not_alone", "worker": member.id})
    return found
