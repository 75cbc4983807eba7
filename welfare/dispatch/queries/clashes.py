"""What falls into the days on which a worker is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.sql.expression import literal

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.queries.rights import visible_to
from welfare.core import clock
from welfare.core.db import db, moment_of
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import Absence, Visit
from welfare.dispatch.queries.crew import Away
from welfare.dispatch.workflow import AbsenceKind, VisitStatus

MOST = 200


@dataclass(slots=True)
class Clash:
    """What falls into one absence: visits by number of the case and day, deadlines likewise."""

    visits: list[tuple[str, date]] = field(default_factory=list)
    deadlines: list[tuple[str, date]] = field(default_factory=list)


def clashes(user_id: int, away: Iterable[Away], *, viewer: Viewer) -> dict[int, Clash]:
    """By the id of each absence what falls into it, where anything does; in one statement."""
    spans = list(away)
    if not spans:
        return {}
    first = min(one.first_day for one in spans)
    last = max(one.last_day for one in spans)
    begins = datetime.combine(first, time(), clock.BANGKOK).astimezone(UTC)
    ends = datetime.combine(last + timedelta(days=1), time(), clock.BANGKOK).astimezone(UTC)
    visits = (
        select(literal("visit").label("what"), Case.number, moment_of(Visit.planned_on).label("at"))
        .join(Case, Case.id == Visit.case_id)
        .where(
            or_(Visit.worker_id == user_id, Visit.companion_id == user_id),
            Visit.status == VisitStatus.PLANNED,
            Visit.planned_on.between(first, last),
            visible_to(viewer),
        )
    )
    deadlines = select(
        literal("deadline").label("what"), Case.number, Case.due_at.label("at")
    ).where(
        Case.assignee_id == user_id,
        Case.closed_at.is_(None),
        Case.paused_at.is_(None),
        Case.due_at >= begins,
        Case.due_at < ends,
        visible_to(viewer),
    )
    found: dict[int, Clash] = {}
    for row in db.session.execute(union_all(visits, deadlines).limit(MOST)):
        day = clock.local(row.at).date()
        for one in spans:
            if one.first_day <= day <= one.last_day:
                clash = found.setdefault(one.id, Clash())
                (clash.visits if row.what == "visit" else clash.deadlines).append((row.number, day))
    for clash in found.values():
        clash.visits.sort(key=lambda line: line[1])
        clash.deadlines.sort(key=lambda line: line[1])
    return found


@dataclass(frozen=True, slots=True)
class AwayThen:
    """A worker who has visits to make on days on which they are not there."""

    username: str
    worker: str
    kind: AbsenceKind
    visits: int = 0


def away_then(day: date, user_ids: Iterable[int]) -> tuple[AwayThen, ...]:
    """Who of these is away on a day, by name."""
    asked = sorted(user_ids)
    if not asked:
        return ()
    rows = db.session.execute(
        select(User.username, User.display_name, Absence.kind)
        .join(Absence, Absence.user_id == User.id)
        .where(User.id.in_(asked), Absence.taken_back_at.is_(None))
        .where(Absence.first_day <= day, Absence.last_day >= day)
        .order_by(User.display_name, Absence.id)
    )
    return tuple({row.username: AwayThen(*row) for row in rows}.values())


def visits_of_the_away(viewer: Viewer) -> list[AwayThen]:
    """Visits to come, of cases that the viewer sees, on days on which their worker is away."""
    rows = db.session.execute(
        select(
            User.username,
            User.display_name,
            func.min(Absence.kind).label("kind"),
            func.count(Visit.id.distinct()).label("visits"),
        )
        .select_from(Visit)
        .join(Case, Case.id == Visit.case_id)
        .join(User, User.id == Visit.worker_id)
        .join(Absence, Absence.user_id == User.id)
        .where(Visit.status == VisitStatus.PLANNED, Visit.planned_on >= clock.today())
        .where(Visit.planned_on.between(Absence.first_day, Absence.last_day))
        .where(Absence.taken_back_at.is_(None), visible_to(viewer))
        .group_by(User.id, User.username, User.display_name)
        .order_by(User.display_name)
    )
    return [AwayThen(row.username, row.display_name, row.kind, row.visits) for row in rows]
