"""The deadlines of a case: given at its opening, moved by waiting, met by what is done.

``cases.due_at`` is the closure's deadline: what citizens are told, counters count and lists sort
by. The earlier stages stand in ``case_stages`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from welfare.cases.facts import met_by, met_in
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseStage
from welfare.cases.queries.deadlines.rules import Given, in_force
from welfare.cases.queries.deadlines.stages import history_of, reckon, reckon_by_hand
from welfare.cases.queries.loading import CaseClock, clock_of
from welfare.cases.workflow import EventKind, Priority
from welfare.core import clock
from welfare.core.db import db
from welfare.core.deadlines import Deadline, closures_for


@dataclass(frozen=True, slots=True)
class Begun:
    """The deadlines that a clock begins with, reckoned."""

    start: datetime
    stages: tuple[tuple[Given, Deadline], ...]

    @property
    def closure(self) -> Deadline:
        """The last of them."""
        return next(due for given, due in self.stages if given.stage is Stage.CLOSURE)

    @property
    def data(self) -> dict[str, Any]:
        """What the timeline keeps of it."""
        return {
            "clock_days": self.closure.working_days,
            "clock_starts": True,
            "clock": self.closure.as_data(),
        }


def begin_clock(category_id: int, priority: Priority, start: datetime) -> Begun:
    """What a case of this kind and urgency is given when its clock begins now."""
    given = in_force(category_id, priority, clock.local(start).date())
    closures = closures_for(start, max((one.working_days for one in given), default=1))
    known = CaseClock(start, 0, ())
    return Begun(start, tuple((one, reckon(known, one.working_days, closures)) for one in given))


def write_stages(case: Case, begun: Begun) -> None:
    """Keep what a case was given, for its present opening. The caller flushes."""
    db.session.add_all(_row(case, given, due, begun.start) for given, due in begun.stages)


def _row(case: Case, given: Given, due: Deadline, start: datetime) -> CaseStage:
    return CaseStage(
        case_id=case.id,
        round=case.reopened_times,
        stage=given.stage,
        working_days=given.working_days,
        rule_id=given.rule_id,
        started_at=start,
        due_at=due.due_at,
        reckoning=due.as_data(),
    )


def stages_to_change(case: Case, known: CaseClock) -> list[CaseStage]:
    """The deadlines of the present opening, locked.

    A case from before there were stages gets the one that it was given then: its closure.
    """
    rows = list(
        db.session.scalars(
            select(CaseStage)
            .where(CaseStage.case_id == case.id, CaseStage.round == case.reopened_times)
            .order_by(CaseStage.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
    if rows:
        return rows
    given = Given(Stage.CLOSURE, known.working_days, None)
    due = reckon(known, known.working_days, closures_for(known.start, known.working_days))
    row = _row(case, given, due, known.start)
    row.due_at = case.due_at
    db.session.add(row)
    return [row]


def is_running(row: CaseStage) -> bool:
    """Whether a deadline is neither met nor given up."""
    return row.met_at is None and row.ended_at is None


def reckon_row(row: CaseStage, known: CaseClock, closures: Mapping[date, str]) -> bool:
    """Reckon one deadline anew; whether its day moved."""
    if row.hand_on is not None and row.hand_at is not None:
        due = reckon_by_hand(known, row.hand_on, row.hand_at, closures)
    else:
        due = reckon(known, row.working_days, closures)
    moved, row.due_at, row.reckoning = row.due_at != due.due_at, due.due_at, due.as_data()
    return moved


def reckon_stages(case: Case) -> dict[str, Any]:
    """Reckon what still runs anew, after a wait; what the timeline keeps of it."""
    known = clock_of(case)
    if known is None:
        return {}
    rows = stages_to_change(case, known)
    closures = _closures(rows, known)
    for row in rows:
        if is_running(row):
            reckon_row(row, known, closures)
    return settle_due(case, rows)


def _closures(rows: Iterable[CaseStage], known: CaseClock) -> dict[date, str]:
    days = max((row.working_days for row in rows), default=1)
    by_hand = max((row.hand_on for row in rows if row.hand_on), default=None)
    if by_hand is not None:
        days = max(days, (by_hand - clock.local(known.start).date()).days)
    return closures_for(known.start, days, known.pauses)


def settle_due(case: Case, rows: Iterable[CaseStage]) -> dict[str, Any]:
    """Let ``cases.due_at`` follow the closure's deadline; what the timeline keeps of it."""
    closure = next((row for row in rows if row.stage is Stage.CLOSURE), None)
    if closure is None:
        return {}
    if closure.due_at != case.due_at:
        case.due_at = closure.due_at
    return {"clock": closure.reckoning} if closure.reckoning else {}


def give_anew(case: Case) -> dict[str, Any]:
    """Another kind of trouble or urgency: what was in force for it when the clock began.

    What was met stays met; a deadline set by hand stays as it was set.
    """
    known = clock_of(case)
    start = known.start if known else case.opened_at
    known = known or CaseClock(start, 0, ())
    given = {
        one.stage: one
        for one in in_force(case.category_id, case.priority, clock.local(start).date())
    }
    rows = {row.stage: row for row in stages_to_change(case, known)}
    longest = max(one.working_days for one in given.values())
    closures = closures_for(start, longest, known.pauses) | _closures(rows.values(), known)
    for stage, one in given.items():
        row = rows.get(stage)
        if row is None and (stage is Stage.CLOSURE or _has_stages(rows)):
            row = _row(case, one, reckon(known, one.working_days, closures), start)
            row.met_at = met_in(history_of(case.id), since=start).get(stage)
            db.session.add(row)
            rows[stage] = row
        elif row is not None and row.met_at is None:
            row.ended_at = None
            row.working_days, row.rule_id = one.working_days, one.rule_id
            reckon_row(row, known, closures)
    for stage, row in rows.items():
        if stage not in given and is_running(row):
            row.ended_at = clock.now()
    return {"clock_days": given[Stage.CLOSURE].working_days, **settle_due(case, rows.values())}


def _has_stages(rows: Mapping[Stage, CaseStage]) -> bool:
    """Whether a case has more than the one deadline of the time before stages."""
    return len(rows) > 1


def end_stages(case: Case, at: datetime) -> None:
    """A closed case: its closure is met, and with its outcome the decision; the rest fall away."""
    rows = db.session.scalars(
        select(CaseStage)
        .where(CaseStage.case_id == case.id, CaseStage.round == case.reopened_times)
        .where(CaseStage.met_at.is_(None), CaseStage.ended_at.is_(None))
        .with_for_update()
    )
    for row in rows:
        if row.stage in (Stage.CLOSURE, Stage.DECISION):
            row.met_at = at
        else:
            row.ended_at = at


def stop_stages(case: Case, at: datetime) -> None:
    """A case that became part of another: what ran stops, met or not; see :func:`run_again`."""
    db.session.execute(
        update(CaseStage)
        .where(CaseStage.case_id == case.id, CaseStage.round == case.reopened_times)
        .where(CaseStage.met_at.is_(None), CaseStage.ended_at.is_(None))
        .values(ended_at=at)
    )


def run_again(case: Case, at: datetime) -> None:
    """What stopped at this moment runs again."""
    db.session.execute(
        update(CaseStage)
        .where(CaseStage.case_id == case.id, CaseStage.round == case.reopened_times)
        .where(CaseStage.met_at.is_(None), CaseStage.ended_at == at)
        .values(ended_at=None)
    )


def follow_event(case: Case, kind: EventKind, data: Mapping[str, Any]) -> None:
    """Note which deadline a new line of the timeline meets, or that help was withdrawn again."""
    withdrawn = kind is EventKind.ASSISTANCE and data.get("verb") == "withdrawn"
    stage = Stage.DECISION if withdrawn else met_by(kind, data)
    if stage is None:
        return
    db.session.flush()
    row = db.session.scalar(
        select(CaseStage)
        .where(CaseStage.case_id == case.id, CaseStage.round == case.reopened_times)
        .where(CaseStage.stage == stage, CaseStage.ended_at.is_(None))
        .with_for_update()
    )
    if row is None or (row.met_at is not None and not withdrawn):
        return
    met = met_in(history_of(case.id), since=row.started_at).get(stage)
    if withdrawn and case.closed_at is not None:
        return
    if row.met_at != met:
        row.met_at = met
