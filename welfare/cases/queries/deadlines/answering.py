"""The rules of who is told of requests that nobody has answered, and when each has its point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from welfare.cases.kinds import Channel, Told, Watched
from welfare.cases.models import EscalationRule
from welfare.cases.queries.deadlines.points import FARTHEST, reached_until, span, working_today
from welfare.core import clock
from welfare.core.db import db
from welfare.core.municipality import closures_between


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """One rule as plain values; ``category_id`` ``None``: whatever it is about."""

    id: int
    offset_days: int
    told: Told
    channel: Channel
    category_id: int | None
    effective_from: date

    @property
    def key(self) -> str:
        """Its name among all rules."""
        return f"escalation:{self.id}"


def answer_rules() -> list[AnswerRule]:
    """Those in use."""
    rows = db.session.execute(
        select(
            EscalationRule.id, EscalationRule.offset_days, EscalationRule.told,
            EscalationRule.channel, EscalationRule.category_id, EscalationRule.effective_from,
        )
        .where(EscalationRule.active, EscalationRule.stage == Watched.ANSWER)
        .order_by(EscalationRule.id)
    )  # fmt: skip
    return [AnswerRule(*row) for row in rows]


def due_between(rule: AnswerRule) -> tuple[datetime, datetime]:
    """Between which moments a deadline lies whose point has come while the rule held."""
    today, before = working_today(clock.now()), rule.effective_from - timedelta(days=1)
    closures = closures_between(before - timedelta(days=FARTHEST), today + timedelta(days=FARTHEST))
    first = reached_until(rule.offset_days, before, closures)
    return span(first, reached_until(rule.offset_days, today, closures))
