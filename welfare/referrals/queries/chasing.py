"""The rule of chasing as one of all rules: whether one holds today, what it did."""

from __future__ import annotations

from collections.abc import Mapping

from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.parts import NEVER, Fired, RuleState
from welfare.cases.queries.rules import with_last_fault
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.referrals.queries.agencies import chase_rules

CHASING = "chasing"
NAME = "Remind that an agency has not answered"


def chasing_rules(fired: Mapping[str, Fired]) -> list[RuleState]:
    """The rule in force today; red where there is none, although the first days still hold."""
    today = clock.today()
    held = next((rule for rule in chase_rules() if rule.valid_from <= today), None)
    about = (
        _("After %(first)s days, and again every %(again)s", first=held.first_days,
          again=held.again_days)
        if held
        else ""
    )  # fmt: skip
    state = RuleState(
        CHASING, RuleKind.CHASING, _("Remind that an agency has not answered"), about,
        "/admin/agencies", fault=None if held else Fault.NO_RULE, fired=fired.get(CHASING, NEVER),
    )  # fmt: skip
    return [with_last_fault(state)]
