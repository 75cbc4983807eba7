"""Cases to visit on a day, proposed for its plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, literal, select, union_all
from sqlalchemy.orm import aliased

from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseStage
from welfare.cases.queries.rights import visible_to
from welfare.core import clock
from welfare.core.db import db, moment_of
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.day_problem import PLANNABLE
from welfare.dispatch.queries.rules import centres
from welfare.dispatch.queries.wants import CaseWant, VisitBy, wants
from welfare.dispatch.workflow import VisitStatus

HORIZON = timedelta(days=7)
"""A case whose first visit falls due within this time of the day is proposed for it."""


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


def plannable(numbers: Collection[str], *, viewer: Viewer) -> set[str]:
    """Those of these numbers that are of cases which the viewer sees and that can be planned."""
    which = Case.number.in_(sorted(numbers)) & Case.status.in_(PLANNABLE)
    return set(db.session.scalars(select(Case.number).where(which, visible_to(viewer))))


def _made_since() -> Any:
    """Whether a later visit was made than the one that asked for another."""
    later = aliased(Visit)
    return exists().where(
        later.case_id == Visit.case_id,
        later.status == VisitStatus.DONE,
        later.visited_at > Visit.visited_at,
    )
