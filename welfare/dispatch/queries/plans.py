"""Plans of days, read for their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.queries import NOWHERE, told_places
from welfare.cases.queries.rights import can_see, sees_names, visible_to
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.facts import Before
from welfare.dispatch.models import DayPlan, PlanStop, Visit
from welfare.dispatch.queries.clashes import away_then
from welfare.dispatch.queries.plan_rows import (
    Coming,
    Outset,
    PlanFile,
    PlanRow,
    StopRow,
    TourRow,
    clock_words,
)
from welfare.dispatch.queries.visits import person_name
from welfare.dispatch.workflow import PlanStatus, VisitStatus
from welfare.households.models import Household, Person

_Partner = aliased(User)
_Second = aliased(User)
_Lead = aliased(User)
_Now = aliased(User)
_Old = aliased(DayPlan)
_New = aliased(DayPlan)


def plans(*, viewer: Viewer, since: date, most: int = 60) -> list[PlanRow]:
    """Plans of a day and later, the latest first."""
    if not viewer.can(Permission.ASSIGN_CASES):
        raise Forbidden
    rows = db.session.execute(
        select(
            DayPlan.number, DayPlan.day, DayPlan.status, User.display_name.label("made_by"),
            DayPlan.made_at, DayPlan.metres,
            func.count(PlanStop.worker_id).label("placed"), func.count(PlanStop.id).label("all"),
        )
        .outerjoin(User, User.id == DayPlan.made_by_id)
        .outerjoin(PlanStop, (PlanStop.plan_id == DayPlan.id) & PlanStop.dropped.is_(False))
        .where(DayPlan.day >= since)
        .group_by(DayPlan.id, User.display_name)
        .order_by(DayPlan.day.desc(), DayPlan.id.desc())
        .limit(most)
    )  # fmt: skip
    return [
        PlanRow(
            row.number, row.day, row.status, row.made_by or "", row.made_at, row.placed,
            row.all - row.placed, row.metres,
        )
        for row in rows
    ]  # fmt: skip


def plan_file(number: str, *, viewer: Viewer) -> PlanFile:
    """A plan with all its stops; ``NotFound`` for who may not give out work.

    Cases that the viewer must not see stand there by time and worker alone.
    """
    if not viewer.can(Permission.ASSIGN_CASES):
        raise NotFound
    plan = db.session.execute(
        select(
            DayPlan.id, DayPlan.number, DayPlan.version, DayPlan.day, DayPlan.status,
            DayPlan.worker_ids, DayPlan.metres, DayPlan.milliseconds, DayPlan.basis,
            User.display_name.label("made_by"), DayPlan.made_at,
            _Old.number.label("replaces"), _New.number.label("replaced_by"),
        )
        .outerjoin(User, User.id == DayPlan.made_by_id)
        .outerjoin(_Old, _Old.id == DayPlan.replaces_id)
        .outerjoin(_New, (_New.replaces_id == DayPlan.id) & (_New.status == PlanStatus.ACCEPTED))
        .where(DayPlan.number == number)
    ).first()  # fmt: skip
    if plan is None:
        raise NotFound
    rows = db.session.execute(_stops(plan.id)).all()
    stops = [_stop(row, viewer) for row in rows]
    if plan.status == PlanStatus.ACCEPTED:
        stops = [_with_second(stop, row) for stop, row in zip(stops, rows, strict=True)]
    stops = _told(stops)
    since = plan.basis.get("since", 0)
    stops = [replace(one, begun=one.standing and (one.arrive or 0) <= since) for one in stops]
    if plan.status == PlanStatus.DRAFT:
        stops = _coming(stops)
    if plan.status != PlanStatus.ACCEPTED:
        stops = [replace(stop, visit_status=None) for stop in stops]
    goers = {one for s in stops if s.before for one in (s.before.worker, s.before.companion) if one}
    names = _names({*plan.worker_ids, *goers, *(item["worker"] for s in stops for item in s.why
                                        if item.get("worker"))})  # fmt: skip
    return PlanFile(
        number=plan.number,
        version=plan.version,
        day=plan.day,
        status=plan.status,
        worker_ids=tuple(plan.worker_ids),
        metres=plan.metres,
        milliseconds=plan.milliseconds,
        basis=plan.basis,
        made_by=plan.made_by or "",
        made_at=plan.made_at,
        tours=_tours(plan, stops, names, _outsets(plan.basis, viewer)),
        left=tuple(stop for stop in stops if stop.worker_id is None and not stop.dropped),
        dropped=tuple(stop for stop in stops if stop.dropped),
        names=names,
        away=away_then(plan.day, _goers(stops)),
        replaces=plan.replaces or "",
        replaced_by=plan.replaced_by or "",
    )


def _goers(stops: list[StopRow]) -> set[int]:
    """Who is to go somewhere by the plan, and still does."""
    going = [stop for stop in stops if not stop.moved]
    return {one for stop in going for one in (stop.worker_id, stop.partner_id) if one}


def _coming(stops: list[StopRow]) -> list[StopRow]:
    """With the next visit of each case that is planned besides; one of the day itself that the
    plan was built around is none."""
    rows = db.session.execute(
        select(Visit.case_id, Visit.number, Visit.planned_on, User.display_name)
        .join(User, User.id == Visit.worker_id)
        .where(Visit.case_id.in_({stop.case_id for stop in stops if stop.number}))
        .where(Visit.status == VisitStatus.PLANNED, Visit.planned_on >= clock.today())
        .order_by(Visit.planned_on.desc(), Visit.id.desc())
    )
    known = {stop.visit for stop in stops if stop.visit}
    known |= {stop.before.number for stop in stops if stop.before}
    found = {row.case_id: Coming(*row[2:]) for row in rows if row.number not in known}
    return [replace(stop, coming=found.get(stop.case_id)) for stop in stops]


def case_numbers(plan_id: int, *, viewer: Viewer) -> list[str]:
    """The numbers of a plan's cases that the viewer sees."""
    return list(
        db.session.scalars(
            select(Case.number)
            .join(PlanStop, PlanStop.case_id == Case.id)
            .where(PlanStop.plan_id == plan_id, visible_to(viewer))
        )
    )


def overtaken(plan_id: int, *, viewer: Viewer) -> bool:
    """Whether the plan holds a case that the viewer must not see."""
    unseen = (
        select(PlanStop.id)
        .join(Case, Case.id == PlanStop.case_id)
        .where(PlanStop.plan_id == plan_id, ~visible_to(viewer))
    )
    return db.session.scalar(unseen.limit(1)) is not None


def _stops(plan_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PlanStop, Case.number.label("case_number"), Case.title.label("case_title"),
            Case.village_no, Case.category_id, Case.priority, Case.status.label("case_status"),
            Case.sensitivity, Case.assignee_id, Case.opened_by_id, Household.house_no,
            Household.lane, Household.landmark, Person.title, Person.first_name,
            Person.middle_name, Person.last_name, _Lead.display_name.label("worker"),
            _Partner.display_name.label("partner"), Visit.number.label("visit_number"),
            Visit.status.label("visit_status"), _Now.display_name.label("now"),
            Visit.planned_on, Visit.companion_id, _Second.display_name.label("companion"),
        )
        .join(Case, Case.id == PlanStop.case_id)
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(_Lead, _Lead.id == PlanStop.worker_id)
        .outerjoin(_Now, _Now.id == Case.assignee_id)
        .outerjoin(_Partner, _Partner.id == PlanStop.partner_id)
        .outerjoin(Visit, Visit.id == func.coalesce(PlanStop.visit_id, PlanStop.standing_visit_id))
        .outerjoin(_Second, _Second.id == Visit.companion_id)
        .where(PlanStop.plan_id == plan_id)
        .order_by(PlanStop.arrive, Case.due_at, PlanStop.id)
    )  # fmt: skip


def _stop(row: Row[*tuple[Any, ...]], viewer: Viewer) -> StopRow:
    stop: PlanStop = row.PlanStop
    found = StopRow(
        id=stop.id,
        number=row.case_number,
        title=row.case_title,
        person=person_name(row),
        house_no=row.house_no or "",
        lane=row.lane or "",
        landmark=row.landmark or "",
        village_no=row.village_no,
        category_id=row.category_id,
        priority=row.priority,
        status=row.case_status,
        sensitivity=row.sensitivity,
        assignee_id=row.assignee_id,
        opened_by_id=row.opened_by_id,
        case_id=stop.case_id,
        worker_id=stop.worker_id,
        worker=row.worker or "",
        partner_id=stop.partner_id,
        partner=row.partner or "",
        arrive=stop.arrive,
        minutes=stop.minutes,
        travel_minutes=stop.travel_minutes,
        metres=stop.metres,
        estimated=stop.estimated,
        wanted_worker_id=stop.wanted_worker_id,
        wanted_at=stop.wanted_at,
        dropped=stop.dropped,
        why=tuple(stop.why),
        standing=stop.standing_visit_id is not None,
        visit=row.visit_number or "",
        offered=stop.offered,
        now=row.now or "",
        visit_status=row.visit_status,
        before=Before(**stop.before) if stop.before else None,
    )
    if not can_see(viewer, found):
        return replace(found, number="", title="", person="", house_no="", lane="", landmark="",
                       village_no=None, visit="", category_id=0, now="",
                       visit_status=None)  # fmt: skip
    if not sees_names(viewer, found):
        return replace(found, title="", person="", house_no="", lane="", landmark="")
    return found


def _with_second(stop: StopRow, row: Row[*tuple[Any, ...]]) -> StopRow:
    """With who goes along on the visit by now, whatever the plan said."""
    if stop.moved or stop.visit_status not in (VisitStatus.PLANNED, VisitStatus.DONE):
        return stop
    ahead = stop.visit_status == VisitStatus.PLANNED and row.planned_on >= clock.today()
    return replace(
        stop,
        partner_id=row.companion_id,
        partner=row.companion or "",
        second_chosen=row.companion_id != stop.partner_id,
        may_choose_second=ahead,
    )


def _told(stops: list[StopRow]) -> list[StopRow]:
    """Where no household is linked: the house that the request speaks of."""
    bare = {stop.case_id for stop in stops if not stop.house_no and stop.title}
    told = told_places(bare)
    return [
        replace(
            stop,
            house_no=(place := told.get(stop.case_id, NOWHERE)).house_no,
            landmark=stop.landmark or place.landmark,
            person=stop.person or place.subject,
        )
        if stop.case_id in told
        else stop
        for stop in stops
    ]


def _names(user_ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(User.id, User.display_name).where(User.id.in_(sorted(user_ids)))
    )
    return {row.id: row.display_name for row in rows}


def _outsets(basis: Mapping[str, Any], viewer: Viewer) -> dict[int, Outset]:
    """By worker, of a day that had begun when it was planned."""
    out = basis.get("out", ())
    if not out:
        return {}
    rows = db.session.execute(
        select(Case.id, Case.number, Case.village_no)
        .where(Case.id.in_({one["case"] for one in out}), visible_to(viewer))
    )  # fmt: skip
    seen = {row.id: (row.number, row.village_no) for row in rows}
    return {
        one["worker"]: Outset(clock_words(one["free"]), *seen.get(one["case"], ("", None)))
        for one in out
        if one["known"]
    }


def _tours(
    plan: Row[*tuple[Any, ...]],
    stops: list[StopRow],
    names: Mapping[int, str],
    outsets: Mapping[int, Outset],
) -> tuple[TourRow, ...]:
    about = {tour["worker"]: tour for tour in plan.basis.get("tours", ())}
    found = []
    names = {**names, **{stop.partner_id: stop.partner for stop in stops if stop.partner_id}}
    ids = {*plan.worker_ids, *(stop.partner_id for stop in stops if stop.partner_id)}
    for worker_id in sorted(ids, key=lambda one: names.get(one, "")):
        mine = tuple(stop for stop in stops if worker_id in (stop.worker_id, stop.partner_id))
        facts = about.get(worker_id, {})
        goes = any(not stop.begun for stop in mine)
        found.append(
            TourRow(
                worker_id=worker_id,
                worker=names.get(worker_id, ""),
                leave=clock_words(facts.get("leave")) if goes else "",
                back=clock_words(facts.get("back")) if goes else "",
                lunch=clock_words(facts.get("lunch")),
                metres=facts.get("metres", 0),
                stops=mine,
                outset=outsets.get(worker_id),
            )
        )
    return tuple(found)
