"""What every step of a referral leaves behind, and what it must find before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from welfare.cases.queries import load_case
from welfare.cases.services import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.referrals.models import Referral
from welfare.referrals.policies import can_follow
from welfare.referrals.queries.referrals import agency_name, load_referral
from welfare.referrals.workflow import STEPS, ReferralAction, ReferralStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


def tell(
    actor: Viewer, case: Case, referral: Referral, verb: str, *, text: str = "", **more: Any
) -> None:
    """Write line and audit of a step. The line names the agency, nothing of what is shared."""
    details = {"referral": referral.reference, **more}
    changed = {key: value for key, value in audit.changes_of(referral).items() if key != "shared"}
    audit.record(actor, f"referral.{verb}", "case", case.number, details | changed)
    data = {"verb": verb, "agency": agency_name(referral.agency_id), **details}
    add_event(actor=actor, case=case, kind=EventKind.REFERRAL, text=text, data=data)
    db.session.flush()


def step(referral: Referral, action: ReferralAction) -> ReferralStatus:
    """Where a step leads; ``Refused`` when it does not lead from here."""
    after = STEPS.get((referral.status, action))
    if after is None:
        raise Refused(_("The referral is in another state by now, so this is no longer possible."))
    return after


def followed(
    actor: Viewer, number: str, referral_id: int, version: int | None
) -> tuple[Case, Referral]:
    """Case and referral, held, for somebody who may follow it; ``StaleRecord`` when it changed."""
    case = load_case(number, viewer=actor, for_update=True)
    if not can_follow(actor, case):
        raise Forbidden
    referral = load_referral(case.id, referral_id)
    if version is not None and referral.version != version:
        raise StaleRecord(version=referral.version, current={})
    return case, referral
