"""Closed days were changed: deadlines that run are reckoned anew, in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import exists, select, update

from welfare.cases.counters import Counted, count_change
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseStage, ReckoningTask
from welfare.cases.queries.deadlines.rules import days_of_kind
from welfare.cases.queries.loading import CaseClock, clock_of
from welfare.cases.services.deadlines.stages import (
    is_running,
    reckon_row,
    stages_to_change,
)
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.deadlines import closures_for
from welfare.core.security.permissions import SYSTEM, Viewer

LONGEST = 250
BATCH = 200

Promises = Callable[[list[date]], tuple[int, int]]
"""Deadlines of another domain: how many were looked at and how many moved."""


def note_closures(actor: Viewer, days: list[date]) -> None:
    """Ask the worker to reckon anew; in the transaction that changes the closed days."""
    db.session.add(
        ReckoningTask(
            asked_at=clock.now(),
            asked_by_id=actor.user_id or None,
            days=[day.isoformat() for day in days],
            done_at=None,
        )
    )


def reckon_anew(promises: Promises | None = None) -> int:
    """Do what was asked: every open case on whose deadlines the changed days may bear.

    Each case is committed for itself and its timeline says what moved, so that a run that is cut
    off goes on where it stood. Cases that wait are left: going on reckons them. Returns how many
    moved.
    """
    tasks = list(db.session.scalars(select(ReckoningTask).where(ReckoningTask.done_at.is_(None))))
    if not tasks:
        db.session.rollback()
        return 0
    ids = [task.id for task in tasks]
    days = sorted({date.fromisoformat(day) for task in tasks for day in task.days})
    db.session.rollback()
    cases = _bears_on(days[0])
    db.session.rollback()
    moved = sum(_reckon_case(case_id, days) for case_id in cases)
    looked, promised = promises(days) if promises else (0, 0)
    db.session.execute(
        update(ReckoningTask)
        .where(ReckoningTask.id.in_(ids))
        .values(done_at=clock.now(), looked_at=len(cases) + looked, moved=moved + promised)
    )
    db.session.commit()
    return moved + promised


def _bears_on(first: date) -> list[int]:
    """Open cases with a deadline on or after the first changed day."""
    since = datetime.combine(first, time(), clock.BANGKOK)
    rows = db.session.scalars(
        select(CaseStage.case_id)
        .join(Case, Case.id == CaseStage.case_id)
        .where(CaseStage.met_at.is_(None), CaseStage.ended_at.is_(None))
        .where(CaseStage.due_at >= since, Case.closed_at.is_(None), Case.paused_at.is_(None))
        .distinct()
        .order_by(CaseStage.case_id)
    )
    return list(rows)


def _reckon_case(case_id: int, days: list[date]) -> bool:
    case = db.session.scalar(
        select(Case)
        .where(Case.id == case_id, Case.closed_at.is_(None), Case.paused_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known = clock_of(case) if case is not None else None
    if case is None or known is None:
        db.session.rollback()
        return False
    rows = [row for row in stages_to_change(case, known) if is_running(row)]
    closures = closures_for(known.start, LONGEST, known.pauses)
    moved = [
        (row.stage, before, row)
        for row, before in [(row, row.due_at) for row in rows]
        if reckon_row(row, known, closures) and row.due_at != before
    ]
    if moved:
        _tell(case, moved, days)
    db.session.commit()
    return bool(moved)


def _tell(case: Case, moved: list[tuple[Stage, datetime, CaseStage]], days: list[date]) -> None:
    """Note on the timeline what moved and why. The version of the case stays: nobody's open form
    is refused for it."""
    changes = [
        [stage.value, before.isoformat(), row.due_at.isoformat()] for stage, before, row in moved
    ]
    data: dict[str, Any] = {
        "verb": "reckoned",
        "moved": changes,
        "days": [day.isoformat() for day in days],
    }
    closure = next((row for stage, _before, row in moved if stage is Stage.CLOSURE), None)
    if closure is not None:
        data["clock"] = closure.reckoning
        before = Counted.of(case)
        db.session.execute(
            update(Case)
            .where(Case.id == case.id)
            .values(due_at=closure.due_at)
            .execution_options(synchronize_session=False)
        )
        count_change(before, replace(before, due_at=closure.due_at))
    add_event(actor=SYSTEM, case=case, kind=EventKind.DEADLINE, data=data)
    audit.record(
        SYSTEM, "case.deadlines_reckoned", "case", case.number,
        {"stages": [stage.value for stage, *_rest in moved]},
    )  # fmt: skip


def give_missing(limit: int = BATCH) -> int:
    """Give open cases from before there were stages the deadline that they had: their closure."""
    lacking = ~exists().where(CaseStage.case_id == Case.id, CaseStage.round == Case.reopened_times)
    cases = list(
        db.session.scalars(
            select(Case).where(Case.closed_at.is_(None), lacking).order_by(Case.id).limit(limit)
        )
    )
    for case in cases:
        days = days_of_kind(case.category_id, Stage.CLOSURE) or 1
        stages_to_change(case, clock_of(case) or CaseClock(case.opened_at, days, ()))
    db.session.commit()
    return len(cases)
