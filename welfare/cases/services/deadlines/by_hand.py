"""A manager sets a deadline of a case by hand: with a reason that stays to be read."""

from __future__ import annotations

from datetime import date, timedelta

from welfare.cases.counters import Counted, count_change
from welfare.cases.kinds import Stage
from welfare.cases.models import CaseStage
from welfare.cases.policies import can_set_deadline
from welfare.cases.queries.loading import CaseClock, clock_of, load_case
from welfare.cases.services.deadlines.stages import (
    is_running,
    reckon_row,
    settle_due,
    stages_to_change,
)
from welfare.cases.services.editing import refuse_stale
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.deadlines import closures_for
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.municipality import closures_between
from welfare.core.security.permissions import Viewer
from welfare.core.workdays import is_working_day

FARTHEST = timedelta(days=730)


def set_deadline(
    *, actor: Viewer, number: str, version: int, stage: Stage, due_on: date, reason: str
) -> None:
    """Let a running deadline of an open case fall on another working day, for a reason.

    What the case waits from now on still moves it. ``Refused`` for a day that has come already, is
    no working day or lies more than two years ahead, and for what is no longer running.
    """
    case = load_case(number, viewer=actor, for_update=True)
    if not can_set_deadline(actor, case):
        raise Forbidden
    refuse_stale(case, version)
    _refuse_day(due_on)
    known = clock_of(case) or CaseClock(case.opened_at, 1, ())
    counted = Counted.of(case)
    with db.session.no_autoflush:
        rows = stages_to_change(case, known)
        row = next((one for one in rows if one.stage is stage and is_running(one)), None)
        if row is None:
            raise Refused(_("This deadline is not running any more."), field="stage")
        before = clock.local(row.due_at).date()
        _put(actor, row, known, due_on, reason)
        data = settle_due(case, rows)
    case.updated_at = clock.now()
    details = {"stage": stage.value, "before": before.isoformat(), "after": due_on.isoformat()}
    audit.record(actor, "case.deadline_set", "case", number, {**details, "length": len(reason)})
    kept = {"clock": data["clock"]} if stage is Stage.CLOSURE and data else {}
    add_event(
        actor=actor, case=case, kind=EventKind.DEADLINE, text=reason,
        data={"verb": "set", **details, **kept},
    )  # fmt: skip
    db.session.flush()
    count_change(counted, Counted.of(case))


def _put(actor: Viewer, row: CaseStage, known: CaseClock, due_on: date, reason: str) -> None:
    row.hand_on, row.hand_at = due_on, clock.now()
    row.hand_by_id, row.hand_reason = actor.user_id or None, reason
    ahead = (due_on - clock.local(known.start).date()).days
    reckon_row(row, known, closures_for(known.start, ahead, known.pauses))


def _refuse_day(due_on: date) -> None:
    today = clock.today()
    if due_on <= today:
        raise Refused(_("Please choose a day after today."), field="due_on")
    if due_on - today > FARTHEST:
        raise Refused(_("This day is more than two years ahead. Please check the year."),
                      field="due_on")  # fmt: skip
    if not is_working_day(due_on, closures_between(due_on, due_on)):
        raise Refused(_("The office is closed on this day. Please choose a working day."),
                      field="due_on")  # fmt: skip
