"""Which rules cannot run: looked at by the worker, kept for the desk and the gauges, told once."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from welfare.cases.models import RuleHealth
from welfare.cases.queries.rules import all_rules
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.security.permissions import SYSTEM


def watch_rules() -> int:
    """Note which rules cannot run; a rule that has just turned red is told to the administrators.

    How many are red. Commits.
    """
    red = {rule.key: rule for rule in all_rules() if rule.red and rule.fault is not None}
    known = {row.rule_key: row.fault for row in db.session.execute(
        select(RuleHealth.rule_key, RuleHealth.fault)
    )}  # fmt: skip
    for key, rule in red.items():
        if key not in known:
            db.session.add(
                RuleHealth(
                    rule_key=key, kind=rule.kind, fault=rule.fault,
                    since_at=rule.fault_at or clock.now(),
                )
            )  # fmt: skip
            details = {"rule": key, "fault": str(rule.fault)}
            audit.record(SYSTEM, "rule.turned_red", "rule", key, details)
            outbox.publish("rule.turned_red", {"rule": key})
        elif known[key] is not rule.fault:
            db.session.execute(
                update(RuleHealth).where(RuleHealth.rule_key == key).values(fault=rule.fault)
            )
    healed = sorted(known.keys() - red.keys())
    if healed:
        db.session.execute(delete(RuleHealth).where(RuleHealth.rule_key.in_(healed)))
        for key in healed:
            audit.record(SYSTEM, "rule.runs_again", "rule", key, {})
    db.session.commit()
    return len(red)
