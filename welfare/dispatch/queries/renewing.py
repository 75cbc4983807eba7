"""What of an accepted plan can still be planned otherwise."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus
from welfare.core.db import db
from welfare.dispatch.facts import Before, Freed
from welfare.dispatch.models import PlanStop, Visit
from welfare.dispatch.queries.day_jobs import Wish, minute_of
from welfare.dispatch.queries.under_way import since_of
from welfare.dispatch.workflow import VisitStatus


def freed_of(plan_id: int, day: date) -> Freed:
    """The visits of a plan that are still to be made; today not those whose hour has come.

    Done, missed and called off stay as they are, and so does what others planned.
    """
    since = since_of(day)
    rows = db.session.execute(
        select(
            Visit.case_id, Visit.id, Visit.number, Visit.worker_id, Visit.companion_id,
            Visit.planned_time, PlanStop.offered, Case.status, Case.assignee_id,
        )
        .join(PlanStop, PlanStop.visit_id == Visit.id)
        .join(Case, Case.id == Visit.case_id)
        .where(PlanStop.plan_id == plan_id, Visit.planned_on == day)
        .where(Visit.status == VisitStatus.PLANNED, Case.closed_at.is_(None))
    )  # fmt: skip
    visits = {
        row.case_id: Before(
            row.id, row.number, row.worker_id, row.companion_id, row.planned_time,
            row.offered and row.status == CaseStatus.OFFERED and row.assignee_id == row.worker_id,
        )
        for row in rows
        if minute_of(row.planned_time, 24 * 60) > since
    }  # fmt: skip
    return Freed(visits)


def wishes_of(plan_id: int, there: set[int]) -> dict[str, Wish]:
    """What was set by hand in a plan and can still be kept, by the number of the case."""
    rows = db.session.execute(
        select(Case.number, PlanStop.wanted_worker_id, PlanStop.wanted_at, PlanStop.dropped)
        .join(Case, Case.id == PlanStop.case_id)
        .where(PlanStop.plan_id == plan_id)
    )
    found = {
        row.number: Wish(
            row.wanted_worker_id if row.wanted_worker_id in there else None,
            row.wanted_at if row.wanted_worker_id in (None, *there) else None,
            row.dropped,
        )
        for row in rows
    }
    return {number: wish for number, wish in found.items() if wish != Wish()}


def cases_to_renew(plan_id: int, freed: Freed) -> set[str]:
    """Numbers of the cases whose visit may be planned otherwise, and of those that did not fit."""
    rows = db.session.execute(
        select(Case.id, Case.number, PlanStop.worker_id, PlanStop.dropped)
        .join(PlanStop, PlanStop.case_id == Case.id)
        .where(PlanStop.plan_id == plan_id, Case.closed_at.is_(None))
    )
    return {
        row.number
        for row in rows
        if row.id in freed.visits or (row.worker_id is None and not row.dropped)
    }
