"""Who is out already on the day that is planned: where they are, and when they can go on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import and_, or_, select

from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.rules import centres
from welfare.dispatch.queries.wants import CaseWant, wants
from welfare.dispatch.routing import Place
from welfare.dispatch.routing.noon import Noon
from welfare.dispatch.workflow import OUTSIDE, VisitStatus


@dataclass(frozen=True, slots=True)
class Made:
    """A visit of today that is done, or whose hour has come (``begun``). ``at``: in which minute
    of the day it was written down or was to begin."""

    visit_id: int
    case_id: int
    goers: frozenset[int]
    at: int
    begun: bool


@dataclass(frozen=True, slots=True)
class Out:
    """Where somebody is since their last visit, and from which minute of the day they can go on;
    ``visits``: how many of their day's they have behind them."""

    case_id: int
    place: Place | None
    free: int
    visits: int


def since_of(day: date) -> int:
    """The minute before which nothing can be planned any more; 0 unless the day is today."""
    now = clock.local(clock.now())
    return now.hour * 60 + now.minute if day == now.date() else 0


def made_by(
    worker_ids: Collection[int], day: date, since: int, *, freed: Collection[int]
) -> tuple[Made, ...]:
    """What these workers have done or begun on a day until a minute, in its order; ``freed`` are
    ids of visits that are planned otherwise."""
    if not since:
        return ()
    midnight = datetime.combine(day, time(), clock.BANGKOK).astimezone(UTC)
    hour = f"{since // 60:02d}:{since % 60:02d}"
    done = and_(Visit.status == VisitStatus.DONE, Visit.visited_at.between(midnight, clock.now()))
    begun = and_(
        Visit.status == VisitStatus.PLANNED,
        Visit.planned_on == day,
        Visit.planned_time.between("00:00", hour),
        Visit.id.not_in(freed),
    )
    rows = db.session.execute(
        select(
            Visit.id, Visit.case_id, Visit.worker_id, Visit.companion_id, Visit.status,
            Visit.visited_at, Visit.planned_time,
        )
        .where(or_(Visit.worker_id.in_(worker_ids), Visit.companion_id.in_(worker_ids)))
        .where(Visit.kind.in_(sorted(OUTSIDE)), or_(done, begun))
    )  # fmt: skip
    found = [
        Made(
            visit_id=row.id,
            case_id=row.case_id,
            goers=frozenset({row.worker_id, row.companion_id} - {None}),
            at=_minute(row.visited_at, row.planned_time),
            begun=row.status == VisitStatus.PLANNED,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.visit_id)))


def _minute(visited_at: datetime | None, planned_time: str) -> int:
    if visited_at is None:
        return int(planned_time[:2]) * 60 + int(planned_time[3:])
    at = clock.local(visited_at)
    return at.hour * 60 + at.minute


def out_of(made: Iterable[Made], since: int, lunch: int, *, viewer: Viewer) -> dict[int, Out]:
    """By worker where the last of these visits leaves them. Who wrote a visit down can go on;
    what has begun takes its time, and the break where it spans noon. No place where the viewer
    does not see the case, or it is closed."""
    last: dict[int, Made] = {}
    counts: dict[int, int] = {}
    for one in made:
        for goer in one.goers:
            last[goer], counts[goer] = one, counts.get(goer, 0) + 1
    ids = {one.case_id for one in last.values()}
    cases = wants(Case.id.in_(sorted(ids)), viewer=viewer, centres=centres()) if ids else []
    known = {case.id: case for case in cases}
    return {
        goer: Out(
            one.case_id, _place(known.get(one.case_id)), _free(one, known, since, Noon(lunch)),
            counts[goer],
        )
        for goer, one in last.items()
    }  # fmt: skip


def _place(case: CaseWant | None) -> Place | None:
    if case is None or case.lat is None or case.lng is None:
        return None
    return Place(case.lat, case.lng)


def _free(one: Made, known: Mapping[int, CaseWant], since: int, noon: Noon) -> int:
    case = known.get(one.case_id)
    if not one.begun or case is None:
        return since
    return max(since, noon.real(noon.not_before(one.at) + case.minutes))
