"""The best workers for cases, each with its reasons. The order is advice: a person decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from functools import partial

from sqlalchemy import or_, select

from welfare.cases.kinds import Fault
from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Assignment
from welfare.dispatch.queries.crew import Member, crew
from welfare.dispatch.queries.kin import NO_KIN, Kin, kin_of
from welfare.dispatch.queries.proposals import Proposal, proposal_for
from welfare.dispatch.queries.routing_rules import kept_rules
from welfare.dispatch.queries.rules import figures
from welfare.dispatch.queries.seconds import needs_second, second_among
from welfare.dispatch.queries.wants import CaseWant, wants
from welfare.dispatch.queries.workers import WorkerLoad, carried_by
from welfare.dispatch.workflow import AssignmentStatus, Conflict, Weight
from welfare.households.kinds import Sex

SHORT = timedelta(days=3)
"""A deadline nearer than this makes what a worker has late already count."""


class Bar(StrEnum):
    """Why somebody must not have a case at all."""

    COMPLAINED_OF = "complained_of"
    RELATIVE = "relative"
    AREA = "area"
    TOLD_RELATIVE = "told_relative"
    TOLD_CONFLICT = "told_conflict"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against; ``what`` are codes and numbers for the words."""

    weight: Weight
    points: int
    good: bool
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A worker for one case. ``bars`` non-empty: must not have it."""

    member: Member
    load: WorkerLoad
    bars: tuple[Bar, ...]
    reasons: tuple[Reason, ...]
    extra: int = 0
    """What this case adds to their weighted load."""
    taken: int = 0
    """What the cases proposed for them before this one add to it."""
    rule: str = ""
    """The rule that proposes them first, and why; empty: none does."""
    rule_reason: str = ""
    pair: bool = False
    """Two must go when they go."""
    second: Member | None = None
    """Who is proposed to go along then; ``None``: nobody can."""

    @property
    def before(self) -> int:
        """Their weighted load before this case."""
        return self.load.weight + self.taken

    @property
    def points(self) -> int:
        """The sum of the reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def allowed(self) -> bool:
        """Whether nothing forbids it."""
        return not self.bars


@dataclass(frozen=True, slots=True)
class Ranking:
    """A case with all workers: those who may have it first, the best in front."""

    case: CaseWant
    ranked: tuple[Ranked, ...]
    could_not: tuple[tuple[str, Fault], ...] = ()
    """Rules that should have proposed somebody and could not."""

    @property
    def best(self) -> Ranked | None:
        """The first who may have it."""
        return next((one for one in self.ranked if one.allowed), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of workers and cases together."""

    served: frozenset[tuple[int, str, int]] = frozenset()
    """Worker, ``person`` or ``household``, its id."""
    declined: frozenset[tuple[int, int]] = frozenset()
    """Worker and case."""
    kin: Mapping[int, Kin] = field(default_factory=dict)
    told: Mapping[tuple[int, int], Bar] = field(default_factory=dict)
    """Worker and case: what they said of themselves when they declined it."""


def rank(
    numbers: Sequence[str],
    *,
    viewer: Viewer,
    without: Collection[int] = frozenset(),
    known_loads: Mapping[int, tuple[Member, WorkerLoad]] | None = None,
) -> list[Ranking]:
    """The workers for each of these cases, in six statements however many there are.

    Several cases are ranked as if each were given to its best worker in turn, so that one who
    carries little is not given them all. ``without``: ids of workers who are not asked.
    ``known_loads``: workers and loads by id where the caller has read them already.
    """
    if not viewer.can(Permission.ASSIGN_CASES):
        return []
    named = Case.number.in_(sorted(set(numbers)))
    cases = wants(named, viewer=viewer, centres={}, places=False)
    if known_loads is None:
        members = [one for one in crew(viewer=viewer) if one.id not in without]
        loads = carried_by(members)
    else:
        members = [one for one, _load in known_loads.values() if one.id not in without]
        loads = {worker_id: load for worker_id, (_one, load) in known_loads.items()}
    known = known_of(cases, members)
    weights, rules = figures().weights, kept_rules()
    taken: dict[int, int] = {}
    found = []
    for case in cases:
        said = proposal_for(
            case, rules=rules, members=members, day=clock.today(),
            barred=partial(barred, case, known),
        )  # fmt: skip
        ranked = _first(said, _ranked(case, members, loads, known, weights, taken))
        could_not = tuple((rule.name, fault) for rule, fault in said.could_not)
        ranking = Ranking(case, _paired(case, ranked), could_not)
        found.append(ranking)
        if ranking.best is not None:
            best = ranking.best.member.id
            taken[best] = taken.get(best, 0) + burden(case)
    return found


def barred(case: CaseWant, known: Known, member: Member) -> bool:
    """Whether anything forbids this worker this case."""
    return bool(bars_of(case, member, known))


def _first(said: Proposal, ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Whom a rule names stand in front, in the order of their reasons."""
    if said.rule is None:
        return tuple(ranked)
    rule = said.rule
    marked = [
        replace(one, rule=rule.name, rule_reason=rule.reason)
        if one.member.id in said.workers
        else one
        for one in ranked
    ]
    return tuple(sorted(marked, key=lambda one: not one.rule))


def _paired(case: CaseWant, ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """With who goes along, where two must."""
    fit, today = [one.member for one in ranked if one.allowed], clock.today()
    return tuple(
        replace(one, pair=True, second=second_among(one.member, fit, today))
        if one.allowed and needs_second(case, one.member)
        else one
        for one in ranked
    )


def burden(case: CaseWant) -> int:
    """What a case adds to ``WorkerLoad.weight``."""
    return 1 + (2 if case.overdue else 0) + (2 if case.priority == "urgent" else 0)


def known_of(cases: Sequence[CaseWant], members: Sequence[Member]) -> Known:
    """Who has served whom before, who has said no, who is related, in two statements."""
    if not cases:
        return Known()
    ids = sorted(case.id for case in cases)
    houses = sorted({case.household_id for case in cases if case.household_id is not None})
    people = sorted({case.person_id for case in cases if case.person_id is not None})
    rows = db.session.execute(
        select(
            Assignment.worker_id, Assignment.status, Assignment.answered_at, Case.id,
            Case.household_id, Case.person_id, Assignment.conflict, Assignment.conflict_lifted_at,
        )
        .join(Case, Case.id == Assignment.case_id)
        .where(or_(Case.id.in_(ids), Case.household_id.in_(houses), Case.person_id.in_(people)))
    )  # fmt: skip
    served: set[tuple[int, str, int]] = set()
    declined: set[tuple[int, int]] = set()
    told: dict[tuple[int, int], Bar] = {}
    for row in rows:
        if row.conflict is not None and row.conflict_lifted_at is None:
            told[row.worker_id, row.id] = _TOLD[row.conflict]
        if row.status == AssignmentStatus.DECLINED:
            declined.add((row.worker_id, row.id))
        elif row.answered_at is not None:
            if row.household_id is not None:
                served.add((row.worker_id, "household", row.household_id))
            if row.person_id is not None:
                served.add((row.worker_id, "person", row.person_id))
    kin = kin_of(one.id for one in members if one.person_id is not None)
    return Known(frozenset(served), frozenset(declined), kin, told)


_TOLD = {Conflict.RELATIVE: Bar.TOLD_RELATIVE, Conflict.CONFLICT: Bar.TOLD_CONFLICT}


def bars_of(case: CaseWant, member: Member, known: Known) -> tuple[Bar, ...]:
    """What forbids this worker this case: hard rules, whoever decides."""
    kin = known.kin.get(member.id, NO_KIN)
    found = []
    if member.id in case.never:
        found.append(Bar.COMPLAINED_OF)
    if kin.touches(person_id=case.person_id, household_id=case.household_id, home_id=case.home_id):
        found.append(Bar.RELATIVE)
    if (member.id, case.id) in known.told:
        found.append(known.told[member.id, case.id])
    if not member.covers(case.village_no):
        found.append(Bar.AREA)
    return tuple(found)


def _ranked(
    case: CaseWant,
    members: Sequence[Member],
    loads: Mapping[int, WorkerLoad],
    known: Known,
    weights: Mapping[Weight, int],
    taken: Mapping[int, int],
) -> list[Ranked]:
    found = [
        Ranked(
            member=member,
            load=loads[member.id],
            bars=bars_of(case, member, known),
            reasons=tuple(
                _reasons(case, member, loads[member.id], known, weights, taken.get(member.id, 0))
            ),
            extra=burden(case),
            taken=taken.get(member.id, 0),
        )
        for member in members
    ]
    return sorted(found, key=lambda one: (not one.allowed, -one.points, one.member.name))


def _reasons(
    case: CaseWant,
    member: Member,
    load: WorkerLoad,
    known: Known,
    weights: Mapping[Weight, int],
    taken: int,
) -> list[Reason]:
    found: list[Reason | None] = [
        _continuity(case, member, known, weights),
        _village(case, member, weights),
        _skill(case, member, weights),
        _language(case, member, weights),
        _sex(case, member, weights),
        _away(member, weights),
        _slack(case, load, weights),
        Reason(
            Weight.LOAD,
            -weights[Weight.LOAD] * (load.weight + taken),
            load.weight + taken == 0,
            (str(load.weight + taken),),
        ),
    ]
    if (member.id, case.id) in known.declined:
        found.insert(0, Reason(Weight.DECLINED, -weights[Weight.DECLINED], False))
    return [reason for reason in found if reason is not None]


def _continuity(
    case: CaseWant, member: Member, known: Known, weights: Mapping[Weight, int]
) -> Reason | None:
    person = (member.id, "person", case.person_id or 0) in known.served
    house = (member.id, "household", case.household_id or 0) in known.served
    if not (person or house):
        return None
    what = "person" if person else "household"
    return Reason(Weight.CONTINUITY, weights[Weight.CONTINUITY], True, (what,))


def _village(case: CaseWant, member: Member, weights: Mapping[Weight, int]) -> Reason | None:
    if case.village_no is None or case.village_no not in member.villages:
        return None
    return Reason(Weight.VILLAGE, weights[Weight.VILLAGE], True, (str(case.village_no),))


def _skill(case: CaseWant, member: Member, weights: Mapping[Weight, int]) -> Reason | None:
    if not case.skills:
        return None
    lacking = tuple(sorted(case.skills - member.skills))
    if lacking:
        return Reason(Weight.SKILL, -weights[Weight.SKILL], False, lacking)
    return Reason(Weight.SKILL, weights[Weight.SKILL], True, tuple(sorted(case.skills)))


def _language(case: CaseWant, member: Member, weights: Mapping[Weight, int]) -> Reason | None:
    if not case.language:
        return None
    good = case.language in member.languages
    points = weights[Weight.LANGUAGE] if good else -weights[Weight.LANGUAGE]
    return Reason(Weight.LANGUAGE, points, good, (case.language,))


def _sex(case: CaseWant, member: Member, weights: Mapping[Weight, int]) -> Reason | None:
    if case.sex == Sex.UNKNOWN:
        return None
    good = case.sex == member.sex
    points = weights[Weight.SEX] if good else -weights[Weight.SEX]
    return Reason(Weight.SEX, points, good, (case.sex.value,))


def _away(member: Member, weights: Mapping[Weight, int]) -> Reason | None:
    away = member.away_on(clock.today())
    if away is None:
        return None
    what = (away.kind.value, away.last_day.isoformat())
    return Reason(Weight.LEAVE, -weights[Weight.LEAVE], False, what)


def _slack(case: CaseWant, load: WorkerLoad, weights: Mapping[Weight, int]) -> Reason | None:
    """Little time is left, and the worker has late cases already."""
    if case.paused or case.due_at - clock.now() > SHORT or not load.overdue:
        return None
    return Reason(Weight.SLACK, -weights[Weight.SLACK], False, (str(load.overdue),))
