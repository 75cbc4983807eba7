"""The rules of who is told of deadlines: added, changed, put to rest by the administrator."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.kinds import Channel, Told, Watched
from welfare.cases.models import DeadlineSettings, EscalationRule
from welfare.cases.policies import can_manage_categories
from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, StaleRecord
from welfare.core.security.permissions import Viewer


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What a rule says. ``offset_days``: working days before (negative) or after the deadline."""

    stage: Watched
    offset_days: int
    told: Told
    channel: Channel = Channel.DESK
    category_id: int | None = None
    active: bool = True


def add_rule(*, actor: Viewer, facts: RuleFacts) -> int:
    """A new rule, for what comes to its point from today on; returns its id."""
    _must_manage(actor)
    rule = EscalationRule(effective_from=clock.today(), source="office", fault=None)
    _assign(rule, facts)
    db.session.add(rule)
    db.session.flush()
    audit.record(actor, "escalation.added", "escalation", str(rule.id), audit.changes_of(rule))
    return rule.id


def edit_rule(*, actor: Viewer, rule_id: int, version: int, facts: RuleFacts) -> None:
    """Change a rule. What came to its new point before today is left alone."""
    _must_manage(actor)
    rule = hold(select(EscalationRule).where(EscalationRule.id == rule_id))
    if rule.version != version:
        raise StaleRecord(version=rule.version, current=rule_words(rule))
    _assign(rule, facts)
    changes = audit.changes_of(rule)
    if changes:
        rule.effective_from, rule.fault, rule.fault_at = clock.today(), None, None
    audit.record(actor, "escalation.edited", "escalation", str(rule_id), changes)
    db.session.flush()


def edit_asking(*, actor: Viewer, version: int, every_days: int) -> None:
    """After how many days a reason is asked for again."""
    _must_manage(actor)
    row = db.session.get(DeadlineSettings, 1, with_for_update=True, populate_existing=True)
    if (row.version if row else 0) != version:
        current = {"ask_every_days": str(row.ask_every_days)} if row else {}
        raise StaleRecord(version=row.version if row else 0, current=current)
    if row is None:
        row = DeadlineSettings(id=1, watched_at=None)
        db.session.add(row)
    row.ask_every_days = every_days
    audit.record(actor, "escalation.asking_edited", "escalation", "asking", audit.changes_of(row))
    db.session.flush()


def rule_words(rule: EscalationRule) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields."""
    return {
        "stage": rule.stage.value,
        "timing": "before" if rule.offset_days < 0 else "after",
        "days": str(abs(rule.offset_days)),
        "told": rule.told.value,
        "channel": rule.channel.value,
        "category": str(rule.category_id or ""),
        "active": "y" if rule.active else "",
    }


def _assign(rule: EscalationRule, facts: RuleFacts) -> None:
    rule.stage, rule.offset_days, rule.told = facts.stage, facts.offset_days, facts.told
    rule.channel, rule.category_id = facts.channel, facts.category_id
    rule.active = facts.active


def _must_manage(actor: Viewer) -> None:
    if not can_manage_categories(actor):
        raise Forbidden
