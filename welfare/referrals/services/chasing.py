"""Reminding whoever has a case that an agency is silent, by the rule in force when it was sent."""

from __future__ import annotations

from datetime import date, timedelta

from welfare.cases.queries import load_case_by_id
from welfare.cases.services import add_task
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM
from welfare.referrals.models import Referral
from welfare.referrals.queries.agencies import RuleRow, chase_rules, rule_on
from welfare.referrals.queries.referrals import agency_name, held, unreminded
from welfare.referrals.services.telling import tell

A_TICK = 200


def due_on(referral: Referral, rules: list[RuleRow]) -> date:
    """The day on which the next reminder falls due.

    The first so many days after it was sent (or after the day that was agreed anew), the next
    so many days after the last; a chase by hand counts as one.
    """
    sent = clock.local(referral.sent_at or referral.made_at).date()
    rule = rule_on(rules, sent)
    first = sent + timedelta(days=rule.first_days)
    if referral.extended:
        first = max(first, referral.answer_by)
    last = max(filter(None, (referral.reminded_on, referral.chased_on)), default=None)
    if last is None:
        return first
    return max(first, last + timedelta(days=rule.again_days))


def remind_of_referrals() -> int:
    """Put a task on the list of whoever has the case; how many. The caller commits."""
    today, rules = clock.today(), chase_rules()
    reminded = 0
    due = [one.id for one in unreminded(today) if due_on(one, rules) <= today]
    for referral in held(due[:A_TICK], today):
        case = load_case_by_id(referral.case_id, viewer=SYSTEM)
        title = _("Ask again for an answer: %(agency)s", agency=agency_name(referral.agency_id))
        add_task(
            actor=SYSTEM,
            number=case.number,
            title=title[:200],
            due_on=today,
            assignee_id=case.assignee_id or referral.sent_by_id,
        )
        referral.reminded_on = today
        tell(SYSTEM, case, referral, "reminded")
        reminded += 1
    return reminded
