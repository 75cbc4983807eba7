"""The rules of who is proposed first: added, changed, put to rest by the administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from welfare.cases.workflow import Priority
from welfare.core import audit
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Role, Viewer
from welfare.dispatch.models import RoutingRule
from welfare.dispatch.queries.routing_rules import forget_rules
from welfare.dispatch.workflow import Target


@dataclass(frozen=True, slots=True)
class RoutingFacts:
    """What a rule says. Of worker, skill and role the one that ``target`` means is there."""

    name: str
    target: Target
    reason: str
    effective_from: date
    effective_to: date | None = None
    category_id: int | None = None
    village_no: int | None = None
    priority: Priority | None = None
    worker_id: int | None = None
    skill: str | None = None
    role: Role | None = None
    active: bool = True


def add_routing_rule(*, actor: Viewer, facts: RoutingFacts) -> int:
    """A new rule; returns its id."""
    _must_manage(actor)
    rule = RoutingRule()
    _assign(rule, facts)
    db.session.add(rule)
    db.session.flush()
    audit.record(actor, "routing.added", "routing", str(rule.id), audit.changes_of(rule))
    forget_rules()
    return rule.id


def edit_routing_rule(*, actor: Viewer, rule_id: int, version: int, facts: RoutingFacts) -> None:
    """Change a rule. What it proposed before stays proposed."""
    _must_manage(actor)
    rule = hold(select(RoutingRule).where(RoutingRule.id == rule_id))
    if rule.version != version:
        raise StaleRecord(version=rule.version, current=_words(rule))
    _assign(rule, facts)
    audit.record(actor, "routing.edited", "routing", str(rule_id), audit.changes_of(rule))
    db.session.flush()
    forget_rules()


def _assign(rule: RoutingRule, facts: RoutingFacts) -> None:
    if facts.effective_to is not None and facts.effective_to < facts.effective_from:
        raise Refused(_("The last day lies before the first."), field="until")
    rule.name, rule.reason, rule.active = facts.name, facts.reason, facts.active
    rule.category_id, rule.village_no = facts.category_id, facts.village_no
    rule.priority, rule.target = facts.priority, facts.target
    rule.worker_id = facts.worker_id if facts.target is Target.WORKER else None
    rule.skill = facts.skill if facts.target is Target.SKILL else None
    rule.role = facts.role if facts.target is Target.ROLE else None
    rule.effective_from, rule.effective_to = facts.effective_from, facts.effective_to


def _words(rule: RoutingRule) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields."""
    last = rule.effective_to
    return {
        "name": rule.name,
        "category": str(rule.category_id or ""),
        "village": str(rule.village_no or ""),
        "urgency": rule.priority.value if rule.priority else "",
        "target": rule.target.value,
        "worker": str(rule.worker_id or ""),
        "skill": rule.skill or "",
        "role": rule.role.value if rule.role else "",
        "reason": rule.reason,
        "starts": _day(rule.effective_from),
        "until": _day(last) if last else "",
        "active": "y" if rule.active else "",
    }


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _must_manage(actor: Viewer) -> None:
    if not actor.can(Permission.MANAGE_LISTS):
        raise Forbidden
