"""Handing over what was approved, whole or in part; what is given up, and what comes back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from welfare.benefits.queries import fund_by_id
from welfare.benefits.services import give_back, pay_out, release
from welfare.cases.models import Case, HelpDelivery, HelpRequest
from welfare.cases.policies import can_record_assistance
from welfare.cases.queries.help import load_delivery, load_request
from welfare.cases.queries.loading import load_case
from welfare.cases.queries.people import name_of
from welfare.cases.services.assistance import put_assistance, strike_assistance
from welfare.cases.services.helping.telling import refuse_stale, refuse_step, tell
from welfare.cases.workflow import HelpAction, HelpStatus
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.money import format_baht


def deliver_help(
    *,
    actor: Viewer,
    number: str,
    request_id: int,
    version: int,
    amount: Decimal,
    given_on: date,
) -> int:
    """Hand over ``amount`` baht of what was approved; returns the id of the record of help.

    The record is what totals, the household's page and reports read. Who decided does not hand
    over, unless they may approve their own (a right granted by name).
    """
    case, request = _open(actor, number, request_id, version, HelpAction.DELIVER)
    if given_on > clock.today():
        raise Refused(
            _("The day lies in the future. Record help after it was given."), field="given_on"
        )
    if request.decided_at is not None and given_on < clock.local(request.decided_at).date():
        raise Refused(
            _("The day lies before the help was approved. Is the year right?"), field="given_on"
        )
    if not 0 < amount <= request.undelivered:
        raise Refused(
            _("%(left)s baht are approved and not handed over.", left=_left(request)),
            field="amount",
        )
    own = bool(actor.user_id) and request.decided_by_id == actor.user_id
    if own and not actor.can(Permission.APPROVE_OWN):
        raise Refused(
            _("You decided on this help yourself, so somebody else hands it over."),
            field="amount",
        )
    pay_out(
        actor=actor,
        budget_id=_budget(request),
        amount=amount,
        case_number=case.number,
        request_id=request.id,
    )
    assistance_id = _record(actor, case, request, amount, given_on, own)
    db.session.add(
        HelpDelivery(
            request_id=request.id,
            assistance_id=assistance_id,
            amount=amount,
            given_on=given_on,
            at=clock.now(),
            delivered_by_id=actor.user_id or None,
        )
    )
    request.delivered += amount
    _set_status(request)
    tell(actor, case, request, "delivered", amount=amount, assistance=assistance_id, own=own)
    return assistance_id


def release_rest(*, actor: Viewer, number: str, request_id: int, version: int, reason: str) -> None:
    """Give up what is approved and not handed over: it goes back into the budget."""
    case, request = _open(actor, number, request_id, version, HelpAction.RELEASE)
    rest = request.undelivered
    release(
        actor=actor,
        budget_id=_budget(request),
        amount=rest,
        case_number=case.number,
        request_id=request.id,
    )
    request.released += rest
    _set_status(request)
    tell(actor, case, request, "released", text=reason, amount=rest)


def return_help(
    *,
    actor: Viewer,
    number: str,
    request_id: int,
    delivery_id: int,
    version: int,
    amount: Decimal,
    reason: str,
) -> None:
    """Write down that ``amount`` baht of a delivery came back, into the budget it came from.

    The record of help is struck; one of what stayed takes its place.
    """
    case, request = _open(actor, number, request_id, version, HelpAction.RETURN)
    delivery = load_delivery(request.id, delivery_id)
    if not 0 < amount <= delivery.amount - delivery.returned:
        raise Refused(_("So much was not handed over."), field="amount")
    give_back(
        actor=actor,
        budget_id=_budget(request),
        amount=amount,
        case_number=case.number,
        request_id=request.id,
    )
    delivery.returned += amount
    request.returned += amount
    _replace(actor, case, request, delivery, reason)
    _set_status(request)
    tell(actor, case, request, "returned", text=reason, amount=amount, delivery=delivery.id)


def _open(
    actor: Viewer, number: str, request_id: int, version: int, action: HelpAction
) -> tuple[Case, HelpRequest]:
    case = load_case(number, viewer=actor)
    if not can_record_assistance(actor, case):
        raise Forbidden
    request = load_request(case.id, request_id)
    refuse_stale(request, version)
    refuse_step(request, action)
    return case, request


def _budget(request: HelpRequest) -> int:
    if request.budget_id is None:
        raise Refused(_("The request is in another state by now, so this is no longer possible."))
    return request.budget_id


def _left(request: HelpRequest) -> str:
    return format_baht(request.undelivered)


def _set_status(request: HelpRequest) -> None:
    """Where a request stands follows from its amounts."""
    if request.delivered and request.returned == request.delivered and not request.undelivered:
        request.status = HelpStatus.RETURNED
    elif request.undelivered:
        request.status = HelpStatus.PARTLY if request.delivered else HelpStatus.APPROVED
    else:
        request.status = HelpStatus.DELIVERED if request.delivered else HelpStatus.ENDED


def _record(
    actor: Viewer,
    case: Case,
    request: HelpRequest,
    amount: Decimal,
    given_on: date,
    own: bool,
) -> int:
    fund = fund_by_id(request.fund_id)
    decider = name_of(request.decided_by_id) if request.decided_by_id else ""
    if request.by_committee:
        decider = f"มติคณะกรรมการ ({decider})" if decider else "มติคณะกรรมการ"
    return put_assistance(
        actor=actor,
        case=case,
        kind=request.kind,
        description=request.description,
        given_on=given_on,
        decided_by=decider[:120],
        amount=amount,
        fund=fund.name_th,
        person_id=request.person_id,
        own_decision=own,
        data={"request": request.id},
    )


def _replace(
    actor: Viewer, case: Case, request: HelpRequest, delivery: HelpDelivery, reason: str
) -> None:
    if delivery.assistance_id is None:
        return
    before = delivery.assistance_id
    delivery.assistance_id = None
    strike_assistance(actor=actor, case=case, assistance_id=before, reason=reason)
    stayed = delivery.amount - delivery.returned
    if stayed:
        delivery.assistance_id = _record(
            actor, case, request, stayed, delivery.given_on, request.own_decision
        )
