"""All rules on one page: when each fired, on what; what cannot run stands in red."""

from __future__ import annotations

from itertools import groupby

from flask import render_template

from welfare.admin.views.blueprint import blueprint
from welfare.cases.kinds import RuleKind
from welfare.cases.labels import FAULTS, REMEDIES, RULE_KINDS
from welfare.cases.parts import RuleState
from welfare.cases.queries.rules import rules_of_all, worker_looked_at
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer


@blueprint.get("/rules")
@requires(Permission.MANAGE_LISTS)
def rules() -> str:
    """Every rule by its kind, what is red first."""
    every = rules_of_all(viewer=the_viewer())
    looked_at, silent = worker_looked_at()
    return render_template(
        "admin/rules.html",
        groups=_groups(every),
        red=[rule for rule in every if rule.red],
        looked_at=looked_at,
        silent=silent,
        words={
            "kind": {kind: str(label) for kind, label in RULE_KINDS.items()},
            "fault": {fault: str(label) for fault, label in FAULTS.items()},
            "remedy": {fault: str(label) for fault, label in REMEDIES.items()},
        },
    )


def _groups(every: list[RuleState]) -> list[tuple[RuleKind, list[RuleState]]]:
    """By kind; routing always stands there, so that one sees where to begin."""
    found = {kind: list(rules) for kind, rules in groupby(every, key=lambda rule: rule.kind)}
    found.setdefault(RuleKind.ROUTING, [])
    return [(kind, found[kind]) for kind in RuleKind if kind in found]
