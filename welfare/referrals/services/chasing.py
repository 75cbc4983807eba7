"""Reminding whoever has a case that an agency is silent, by the rule in force when it was sent."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from welfare.accounts.queries import active_viewers
from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.queries import load_case_by_id
from welfare.cases.services import add_task
from welfare.cases.services.rules import note_firing, say_it_could_not, try_for
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM
from welfare.referrals.models import Referral
from welfare.referrals.queries.agencies import RuleRow, chase_rules, rule_on
from welfare.referrals.queries.chasing import CHASING, NAME
from welfare.referrals.queries.referrals import agency_name, held, unreminded
from welfare.referrals.services.telling import tell

if TYPE_CHECKING:
    from welfare.cases.models import Case

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
    staff = {person.user_id for person in active_viewers()} if due else set()
    for referral in held(due[:A_TICK], today):
        case = load_case_by_id(referral.case_id, viewer=SYSTEM)
        work = partial(_remind, case, referral, staff)
        reminded += try_for(
            case, work, kind=RuleKind.CHASING, key=CHASING, name=_(NAME),
            once=f"{CHASING}:{referral.id}:{today}",
        )  # fmt: skip
    return reminded


def _remind(case: Case, referral: Referral, staff: set[int]) -> None:
    today, whom = clock.today(), case.assignee_id or referral.sent_by_id
    gone = whom not in staff
    title = _("Ask again for an answer: %(agency)s", agency=agency_name(referral.agency_id))
    add_task(
        actor=SYSTEM,
        number=case.number,
        title=title[:200],
        due_on=today,
        assignee_id=None if gone else whom,
    )
    referral.reminded_on = today
    tell(SYSTEM, case, referral, "reminded")
    fault = Fault.NO_OWNER if gone else None
    note_firing(kind=RuleKind.CHASING, key=CHASING, case=case, fault=fault)
    if fault:
        say_it_could_not(kind=RuleKind.CHASING, key=CHASING, name=_(NAME), case=case, fault=fault)
