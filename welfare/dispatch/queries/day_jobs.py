"""Visits of a day for the solver: what each takes, who may have it, and why nobody may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from welfare.cases.workflow import Priority
from welfare.dispatch.queries.crew import Member
from welfare.dispatch.queries.ranking import Known, bars_of
from welfare.dispatch.queries.wants import CaseWant
from welfare.dispatch.routing import Job, Place
from welfare.households.kinds import Sex

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


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit that was planned for the day already."""

    id: int
    case_id: int
    worker_id: int
    companion_id: int | None
    planned_time: str


def minute_of(text: str, otherwise: int) -> int:
    """Minutes since midnight of ``HH:MM``."""
    return int(text[:2]) * 60 + int(text[3:5]) if len(text) == 5 else otherwise


def job_of(
    case: CaseWant,
    there: Sequence[Member],
    chosen: Sequence[Member],
    known: Known,
    standing: Standing | None,
    wish: Wish,
    unit: int,
    office: Place,
) -> tuple[Job, Whys]:
    """One visit for the solver, and why nobody may make it; empty: somebody may. ``unit`` is what
    a visit is worth at least, in metres of way."""
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
