"""Which days are in force for a kind of trouble and an urgency on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from welfare.cases.kinds import Stage
from welfare.cases.models import DeadlineRule
from welfare.cases.queries.categories import category_by_id
from welfare.cases.workflow import Priority
from welfare.core.db import db


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One dated row. ``working_days`` ``None``: the stage has no deadline."""

    id: int
    category_id: int
    priority: Priority | None
    stage: Stage
    working_days: int | None
    effective_from: date
    effective_to: date | None
    legal_basis: str
    source: str
    version: int

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Given:
    """What a case is given for one stage; ``rule_id`` ``None``: the days of its kind of trouble."""

    stage: Stage
    working_days: int
    rule_id: int | None


_ROWS = select(
    DeadlineRule.id,
    DeadlineRule.category_id,
    DeadlineRule.priority,
    DeadlineRule.stage,
    DeadlineRule.working_days,
    DeadlineRule.effective_from,
    DeadlineRule.effective_to,
    DeadlineRule.legal_basis,
    DeadlineRule.source,
    DeadlineRule.version,
).order_by(DeadlineRule.effective_from.desc(), DeadlineRule.id.desc())


def all_rules() -> list[RuleRow]:
    """Every row, the newest first."""
    return [RuleRow(*tuple(row)) for row in db.session.execute(_ROWS)]


def rules_of(category_id: int) -> list[RuleRow]:
    """The rows of one kind of trouble, the newest first."""
    rows = db.session.execute(_ROWS.where(DeadlineRule.category_id == category_id))
    return [RuleRow(*tuple(row)) for row in rows]


def in_force(category_id: int, priority: Priority, on: date) -> list[Given]:
    """What a case opened on that day is given, by stage in order. ``closure`` is always there."""
    return chosen(rules_of(category_id), category_id, priority, on)


def chosen(rows: Iterable[RuleRow], category_id: int, priority: Priority, on: date) -> list[Given]:
    """:func:`in_force` among rows that are known already."""
    held = [row for row in rows if row.category_id == category_id and row.holds(on)]
    given = (_one(held, category_id, priority, stage) for stage in Stage)
    return [found for found in given if found is not None]


def row_for(rows: Iterable[RuleRow], priority: Priority | None, stage: Stage) -> RuleRow | None:
    """The row that speaks for an urgency: its own, else the one for every urgency."""
    fitting = [row for row in rows if row.stage is stage]
    own = next((row for row in fitting if row.priority is priority), None)
    return own or next((row for row in fitting if row.priority is None), None)


def _one(held: list[RuleRow], category_id: int, priority: Priority, stage: Stage) -> Given | None:
    row = row_for(held, priority, stage)
    if row is not None and row.working_days is not None:
        return Given(stage, row.working_days, row.id)
    if row is not None and stage is not Stage.CLOSURE:
        return None
    days = days_of_kind(category_id, stage)
    return Given(stage, days, None) if days is not None else None


def days_of_kind(category_id: int, stage: Stage) -> int | None:
    """Where no row speaks: what the kind of trouble itself promises who files."""
    category = category_by_id(category_id)
    if category is None:
        return None
    if stage is Stage.ACKNOWLEDGE:
        return category.acknowledge_days
    return category.due_working_days if stage is Stage.CLOSURE else None


def seen_version(category_id: int, priority: Priority | None) -> int:
    """A number that grows with every change of the rows of a kind and an urgency."""
    same = (
        DeadlineRule.priority.is_(None) if priority is None else DeadlineRule.priority == priority
    )
    total = db.session.scalar(
        select(func.sum(DeadlineRule.version)).where(DeadlineRule.category_id == category_id, same)
    )
    return int(total or 0)
