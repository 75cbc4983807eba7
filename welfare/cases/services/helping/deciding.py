"""Deciding on a request: by one person up to the amount that the fund's rules give their role."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from welfare.benefits.queries import rules_of
from welfare.benefits.services import hold_budget, reserve
from welfare.cases.models import Case, HelpRequest
from welfare.cases.policies import can_decide_help
from welfare.cases.queries.help import decides_alone, findings_for, load_request, votes_needed
from welfare.cases.queries.loading import load_case
from welfare.cases.services.helping.telling import (
    refuse_broken,
    refuse_stale,
    refuse_step,
    tell,
)
from welfare.cases.workflow import HelpAction, HelpStatus
from welfare.core import clock, outbox
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import fiscal_year


def decide_request(
    *,
    actor: Viewer,
    number: str,
    request_id: int,
    version: int,
    approve: bool,
    grounds: str,
    amount: Decimal | None = None,
) -> None:
    """Approve (all of it, or less: ``amount`` in baht) or refuse, with grounds.

    ``Refused`` when the amount is not for this person to decide, when it is their own request and
    they do not hold that right by name, when a rule stands against it or the budget is too small.
    """
    case = load_case(number, viewer=actor)
    if not can_decide_help(actor, case):
        raise Forbidden
    request = load_request(case.id, request_id)
    refuse_stale(request, version)
    refuse_step(request, HelpAction.APPROVE if approve else HelpAction.REFUSE)
    granted = _granted(request, amount)
    rules = rules_of([request.fund_id], clock.today())
    if not decides_alone(actor, rules, granted):
        if votes_needed(rules, granted):
            raise Refused(_("By the rules of the fund the committee decides this amount."))
        raise Refused(_("The rules of the fund do not let you decide this amount."))
    own = refuse_own(actor, request)
    if approve:
        grant(actor, case, request, granted, grounds, own=own)
    else:
        turn_down(actor, case, request, grounds, own=own)


def _granted(request: HelpRequest, amount: Decimal | None) -> Decimal:
    granted = request.asked if amount is None else amount
    if granted <= 0:
        raise Refused(_("Please enter an amount above zero."), field="granted")
    if granted > request.asked:
        raise Refused(_("More than was asked for cannot be granted."), field="granted")
    return granted


def refuse_own(actor: Viewer, request: HelpRequest) -> bool:
    """Whether it is the actor's own request; ``Refused`` when they may not decide their own."""
    own = bool(actor.user_id) and request.asked_by_id == actor.user_id
    if own and not actor.can(Permission.APPROVE_OWN):
        raise Refused(
            _("You asked for this help yourself, so somebody else decides on it."), field="grounds"
        )
    return own


def grant(
    actor: Viewer,
    case: Case,
    request: HelpRequest,
    amount: Decimal,
    grounds: str,
    *,
    own: bool,
    met_on: date | None = None,
) -> None:
    """Reserve the money and approve. The budget is held before the rules are looked at, so that
    nobody else approves from this fund between the look and the step."""
    year = fiscal_year(clock.today())
    budget_id = hold_budget(request.fund_id, year)
    findings = findings_for(
        fund_id=request.fund_id,
        amount=amount,
        person_id=request.person_id,
        household_id=request.household_id,
    )
    refuse_broken(findings, "granted")
    if budget_id is None:
        raise Refused(_("The fund has no budget for fiscal year %(year)s.", year=year))
    reserve(
        actor=actor,
        budget_id=budget_id,
        amount=amount,
        case_number=case.number,
        request_id=request.id,
    )
    request.budget_id, request.fiscal_year = budget_id, year
    request.status, request.approved = HelpStatus.APPROVED, amount
    request.findings = [finding.as_data() for finding in findings]
    _settle(actor, request, grounds, own, met_on)
    tell(actor, case, request, "approved", text=grounds, amount=amount, own=own)
    outbox.publish(
        "help.decided", {"number": case.number, "request": request.id, "by": actor.user_id}
    )


def turn_down(
    actor: Viewer,
    case: Case,
    request: HelpRequest,
    grounds: str,
    *,
    own: bool,
    met_on: date | None = None,
) -> None:
    """Refuse."""
    request.status = HelpStatus.REFUSED
    _settle(actor, request, grounds, own, met_on)
    tell(actor, case, request, "refused", text=grounds, own=own)
    outbox.publish(
        "help.decided", {"number": case.number, "request": request.id, "by": actor.user_id}
    )


def _settle(
    actor: Viewer, request: HelpRequest, grounds: str, own: bool, met_on: date | None
) -> None:
    request.decided_by_id, request.decided_at = actor.user_id or None, clock.now()
    request.grounds, request.own_decision = grounds, own
    request.by_committee, request.met_on = met_on is not None, met_on
