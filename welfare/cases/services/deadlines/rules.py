"""Changing the days of a stage: from a day on, for cases opened from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from welfare.cases.kinds import Stage
from welfare.cases.labels import STAGES
from welfare.cases.models import DeadlineRule
from welfare.cases.policies import can_manage_categories
from welfare.cases.queries.categories import category_by_id
from welfare.cases.queries.deadlines.rules import seen_version
from welfare.cases.workflow import Priority
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


@dataclass(frozen=True, slots=True)
class Days:
    """The days of every stage as entered; ``None``: no deadline of its own.

    For one urgency that means the days of every urgency; for every urgency, no deadline.
    """

    by_stage: Mapping[Stage, int | None]
    effective_from: date
    legal_basis: str = ""
    source: str = ""


def set_days(
    *, actor: Viewer, category_id: int, priority: Priority | None, version: int, facts: Days
) -> int:
    """Let other days hold from a day on; returns how many stages changed.

    Cases keep what was in force on the day they were opened. ``Refused`` for a day that has
    passed and for a closure without days.
    """
    if not can_manage_categories(actor):
        raise Forbidden
    category = category_by_id(category_id)
    if category is None:
        raise Refused(_("Please choose one of the categories."))
    rows = _locked(category_id, priority)
    if seen_version(category_id, priority) != version:
        current = {stage.value: _written(rows, stage, facts.effective_from) for stage in Stage}
        raise StaleRecord(version=seen_version(category_id, priority), current=current)
    if facts.effective_from < clock.today():
        raise Refused(
            _("This day has passed. Cases of that time keep what was in force then."),
            field="effective_from",
        )
    if priority is None and facts.by_stage.get(Stage.CLOSURE) is None:
        raise Refused(_("The closure needs a number of days."), field=Stage.CLOSURE.value)
    _refuse_order(category_id, priority, facts)
    changed = {
        stage.value: days
        for stage, days in facts.by_stage.items()
        if _let_hold(rows, category_id, priority, stage, days, facts)
    }
    details = {
        "priority": priority.value if priority else "",
        "from": facts.effective_from.isoformat(),
        **changed,
    }
    if changed:
        audit.record(actor, "deadlines.edited", "category", category.code, details)
    db.session.flush()
    return len(changed)


def _refuse_order(category_id: int, priority: Priority | None, facts: Days) -> None:
    """``Refused`` where a stage would be due before one that comes before it."""
    before: tuple[Stage, int] | None = None
    for stage in Stage:
        days = facts.by_stage.get(stage)
        if days is None and priority is not None:
            days = _of_every_urgency(category_id, stage, facts.effective_from)
        if days is None:
            continue
        if before is not None and days < before[1]:
            raise Refused(
                _(
                    "%(later)s cannot be due before: %(earlier)s (%(n)s working days).",
                    later=STAGES[stage],
                    earlier=STAGES[before[0]],
                    n=before[1],
                ),
                field=stage.value,
            )
        before = stage, days


def _locked(category_id: int, priority: Priority | None) -> list[DeadlineRule]:
    same = (
        DeadlineRule.priority.is_(None) if priority is None else DeadlineRule.priority == priority
    )
    return list(
        db.session.scalars(
            select(DeadlineRule)
            .where(DeadlineRule.category_id == category_id, same)
            .order_by(DeadlineRule.effective_from, DeadlineRule.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _holding(rows: list[DeadlineRule], stage: Stage, on: date) -> DeadlineRule | None:
    fitting = [
        row
        for row in rows
        if row.stage is stage
        and row.effective_from <= on
        and (row.effective_to is None or on <= row.effective_to)
    ]
    return fitting[-1] if fitting else None


def _written(rows: list[DeadlineRule], stage: Stage, on: date) -> str:
    row = _holding(rows, stage, on)
    return str(row.working_days or "") if row else ""


def _let_hold(
    rows: list[DeadlineRule],
    category_id: int,
    priority: Priority | None,
    stage: Stage,
    days: int | None,
    facts: Days,
) -> bool:
    """Write one stage's days from a day on; whether anything is other than before."""
    first = facts.effective_from
    now = _holding(rows, stage, first)
    nothing = now is None and days is None and priority is not None
    if nothing or (now is not None and now.working_days == days):
        return False
    later = [
        row.effective_from for row in rows if row.stage is stage and row.effective_from > first
    ]
    until = min(later) - timedelta(days=1) if later else None
    if now is not None and now.effective_from == first:
        if days is None and priority is not None:
            days = _of_every_urgency(category_id, stage, first)
        now.working_days, now.legal_basis, now.source = days, facts.legal_basis, facts.source
        return True
    if now is not None:
        now.effective_to = first - timedelta(days=1)
    if days is None and priority is not None:
        return True
    db.session.add(
        DeadlineRule(
            category_id=category_id,
            priority=priority,
            stage=stage,
            working_days=days,
            effective_from=first,
            effective_to=until,
            legal_basis=facts.legal_basis,
            source=facts.source,
        )
    )
    return True


def _of_every_urgency(category_id: int, stage: Stage, on: date) -> int | None:
    """What holds on a day for urgencies without days of their own."""
    row = _holding(_locked(category_id, None), stage, on)
    return row.working_days if row else None
