"""Asking a fund for help, and taking the request back."""

from __future__ import annotations

from decimal import Decimal

from welfare.benefits.queries import fund_by_id
from welfare.cases.models import HelpRequest
from welfare.cases.policies import can_ask_help, can_record_assistance
from welfare.cases.queries.help import findings_for, load_request
from welfare.cases.queries.loading import load_case
from welfare.cases.services.helping.telling import (
    refuse_broken,
    refuse_stale,
    refuse_step,
    tell,
)
from welfare.cases.workflow import AssistanceKind, HelpAction, HelpStatus
from welfare.core import clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def ask_help(
    *,
    actor: Viewer,
    number: str,
    fund_id: int,
    kind: AssistanceKind,
    amount: Decimal,
    description: str,
    reason: str = "",
) -> int:
    """Ask a fund for ``amount`` baht (money, or what goods are worth) for a case; returns the id.

    For the person and the household that the case names. ``Refused`` with each rule of the fund
    that stands against it.
    """
    case = load_case(number, viewer=actor, for_update=True)
    if not can_ask_help(actor, case):
        raise Forbidden
    if amount <= 0:
        raise Refused(_("Please enter an amount above zero."), field="amount")
    fund = fund_by_id(fund_id)
    if not fund.active:
        raise Refused(_("This fund is no longer in use."), field="fund")
    findings = findings_for(
        fund_id=fund_id,
        amount=amount,
        person_id=case.person_id,
        household_id=case.household_id,
    )
    refuse_broken(findings, "amount")
    request = HelpRequest(
        case_id=case.id,
        person_id=case.person_id,
        household_id=case.household_id,
        fund_id=fund_id,
        kind=kind,
        description=description,
        reason=reason,
        status=HelpStatus.WAITING,
        asked=amount,
        asked_by_id=actor.user_id or None,
        asked_at=clock.now(),
        findings=[finding.as_data() for finding in findings],
    )
    db.session.add(request)
    db.session.flush()
    tell(actor, case, request, "asked", text=description, amount=amount, fund=fund.code)
    outbox.publish("help.asked", {"number": number, "request": request.id})
    return request.id


def withdraw_request(
    *, actor: Viewer, number: str, request_id: int, version: int, reason: str
) -> None:
    """Take back a request that nobody has decided yet."""
    case = load_case(number, viewer=actor)
    if not can_record_assistance(actor, case):
        raise Forbidden
    request = load_request(case.id, request_id)
    refuse_stale(request, version)
    refuse_step(request, HelpAction.WITHDRAW)
    request.status, request.grounds = HelpStatus.WITHDRAWN, reason
    request.decided_at = clock.now()
    tell(actor, case, request, "withdrawn", text=reason)
