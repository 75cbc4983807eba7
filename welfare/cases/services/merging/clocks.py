"""The deadlines of two cases that became one: who asked first is not made to wait longer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from welfare.cases.models import Case, CaseStage
from welfare.cases.queries.loading import CaseClock, clock_of
from welfare.cases.services.deadlines.stages import (
    give_anew,
    is_running,
    reckon_row,
    settle_due,
    stages_to_change,
)
from welfare.cases.services.merging.journal import Journal, values_of
from welfare.core import clock
from welfare.core.db import db
from welfare.core.deadlines import closures_for
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

_KEPT = ("met_at", "due_at", "hand_on", "hand_at", "hand_by_id", "hand_reason", "reckoning")


def join_clocks(
    *, actor: Viewer, survivor: Case, merged: Case, other_kind: bool, journal: Journal
) -> dict[str, Any]:
    """Give the survivor the earlier of two deadlines and what the other has met already.

    Returns what the timeline keeps. Called while the other's stages still run.
    """
    known = clock_of(survivor) or CaseClock(survivor.opened_at, 1, ())
    data = give_anew(survivor) if other_kind else {}
    rows = stages_to_change(survivor, known)
    db.session.flush()
    before = [(row, values_of(row, _KEPT)) for row in rows]
    theirs = {row.stage: row for row in _stages(merged)}
    for row in rows:
        other = theirs.get(row.stage)
        if other is None or not is_running(row):
            continue
        if other.met_at is not None:
            row.met_at = max(row.started_at, other.met_at)
        elif is_running(other) and other.due_at < row.due_at:
            _bring_forward(actor, row, other, known, merged.number)
    for row, values in before:
        journal.note_change(row, values)
    return data | settle_due(survivor, rows)


def part_clocks(survivor: Case, *, other_kind: bool) -> dict[str, Any]:
    """After the undo: the survivor's own deadlines, for its own kind and urgency again."""
    known = clock_of(survivor)
    if known is None:
        return {}
    data = give_anew(survivor) if other_kind else {}
    return data | settle_due(survivor, stages_to_change(survivor, known))


def _stages(case: Case) -> list[CaseStage]:
    return list(
        db.session.scalars(
            select(CaseStage).where(
                CaseStage.case_id == case.id, CaseStage.round == case.reopened_times
            )
        )
    )


def _bring_forward(
    actor: Viewer, row: CaseStage, other: CaseStage, known: CaseClock, number: str
) -> None:
    row.hand_on, row.hand_at = clock.local(other.due_at).date(), clock.now()
    row.hand_by_id = actor.user_id or None
    row.hand_reason = _("The earlier deadline of %(number)s, which is part of this case now.",
                        number=number)  # fmt: skip
    ahead = abs((row.hand_on - clock.local(known.start).date()).days) + 1
    reckon_row(row, known, closures_for(min(known.start, other.started_at), ahead, known.pauses))
    row.due_at = min(row.due_at, other.due_at)
