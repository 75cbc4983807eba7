"""Help that was given: recorded with who decided it, withdrawn with a reason, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from welfare.cases.models import Assistance, Case
from welfare.cases.policies import can_record_assistance
from welfare.cases.queries.help import comes_from_fund, is_own_fund
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.cases.workflow import AssistanceKind, EventKind
from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.text import search_key


def record_assistance(
    *,
    actor: Viewer,
    number: str,
    kind: AssistanceKind,
    description: str,
    given_on: date,
    decided_by: str,
    amount: Decimal | None = None,
    fund: str = "",
    person_id: int | None = None,
) -> int:
    """Record help that was given; returns its id.

    Who records it cannot be who decided it, unless they may approve their own (a right granted
    by name). ``amount`` in baht. ``person_id``: who got it, by default the person of the case.
    """
    case = load_case(number, viewer=actor)
    if not can_record_assistance(actor, case):
        raise Forbidden
    if given_on > clock.today():
        raise Refused(
            _("The day lies in the future. Record help after it was given."), field="given_on"
        )
    refuse_own_decision(actor, decided_by)
    refuse_own_fund(fund)
    return put_assistance(
        actor=actor,
        case=case,
        kind=kind,
        description=description,
        given_on=given_on,
        decided_by=decided_by,
        amount=amount,
        fund=fund,
        person_id=person_id,
        own_decision=is_own_decision(actor, decided_by),
    )


def put_assistance(
    *,
    actor: Viewer,
    case: Case,
    kind: AssistanceKind,
    description: str,
    given_on: date,
    decided_by: str,
    amount: Decimal | None = None,
    fund: str = "",
    person_id: int | None = None,
    own_decision: bool = False,
    data: Mapping[str, Any] | None = None,
) -> int:
    """Write a record of help with its line and audit. Rights are the caller's."""
    given = Assistance(
        case_id=case.id,
        person_id=person_id or case.person_id,
        kind=kind,
        description=description,
        amount=amount,
        fund=fund,
        given_on=given_on,
        decided_by=decided_by,
        recorded_by_id=actor.user_id or None,
        recorded_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    details = {"assistance": given.id, "kind": kind.value, "own_decision": own_decision}
    audit.record(actor, "assistance.recorded", "case", case.number, details)
    told = {
        "assistance": given.id,
        "verb": "recorded",
        "kind": kind.value,
        "amount": str(amount) if amount is not None else None,
    }
    add_event(
        actor=actor,
        case=case,
        kind=EventKind.ASSISTANCE,
        text=description,
        data=told | dict(data or {}),
    )
    db.session.flush()
    return given.id


def strike_assistance(*, actor: Viewer, case: Case, assistance_id: int, reason: str) -> Assistance:
    """Take a record out of the totals because what it tells of came back. Rights are the
    caller's, and so is the line of the timeline."""
    given = db.session.get_one(Assistance, assistance_id)
    given.withdrawn_at, given.withdrawn_reason = clock.now(), reason
    audit.record(actor, "assistance.withdrawn", "case", case.number, {"assistance": given.id})
    db.session.flush()
    return given


def refuse_own_fund(fund: str) -> None:
    """``Refused`` when the money of one of the office's own funds is written down by hand.

    It would be counted as help without ever having left the fund's budget.
    """
    if fund and is_own_fund(fund):
        raise Refused(
            _("This is one of the office's own funds. Ask for help from it instead."), field="fund"
        )


def is_own_decision(actor: Viewer, decided_by: str) -> bool:
    """Whether the name of who decided is the recorder's own, titles and spaces aside."""
    decider = search_key(decided_by).replace(" ", "")
    own = {search_key(actor.display_name).replace(" ", ""), search_key(actor.username)}
    return any(name and (name in decider or decider in name) for name in own)


def refuse_own_decision(actor: Viewer, decided_by: str) -> None:
    """``Refused`` when somebody records what they decided themselves without that right."""
    if is_own_decision(actor, decided_by) and not actor.can(Permission.APPROVE_OWN):
        raise Refused(
            _("Help cannot be decided and recorded by the same person. Enter who decided it."),
            field="decided_by",
        )


def withdraw_assistance(
    *, actor: Viewer, number: str, assistance_id: int, version: int, reason: str
) -> None:
    """Take back a record of help (a mistake, a return); it stays to be read, but not in totals."""
    case = load_case(number, viewer=actor)
    if not can_record_assistance(actor, case):
        raise Forbidden
    given = hold(
        select(Assistance).where(Assistance.id == assistance_id, Assistance.case_id == case.id)
    )
    if given.version != version:
        raise StaleRecord(version=given.version, current={})
    if given.withdrawn_at is not None:
        raise Refused(_("This record was already withdrawn."))
    if comes_from_fund(given.id):
        raise Refused(_("This help came from a fund or is a loan. Write there what came back."))
    given.withdrawn_at, given.withdrawn_reason = clock.now(), reason
    audit.record(actor, "assistance.withdrawn", "case", number, {"assistance": given.id})
    data = {"assistance": given.id, "verb": "withdrawn"}
    add_event(actor=actor, case=case, kind=EventKind.ASSISTANCE, text=reason, data=data)
    db.session.flush()
