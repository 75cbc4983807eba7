"""Preparing a referral: to whom, what for, on what ground, and what is shared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from welfare.cases.queries import load_case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.references import REFERRAL, format_reference
from welfare.referrals.facts import ReferralFacts
from welfare.referrals.models import Referral
from welfare.referrals.policies import can_refer
from welfare.referrals.queries.agencies import agency_of
from welfare.referrals.queries.referrals import load_referral
from welfare.referrals.queries.sharing import as_text, from_text, offered_fields
from welfare.referrals.services.telling import step, tell
from welfare.referrals.workflow import OF_HEALTH, WHOLE_NUMBERS, Basis, ReferralAction

if TYPE_CHECKING:
    from welfare.cases.models import Case

OPEN_DAYS = 45
"""For so many days after the day of the answer the agency's page can still be opened."""
LONGEST = timedelta(days=366)


def draft_referral(*, actor: Viewer, number: str, facts: ReferralFacts) -> int:
    """Prepare a referral; nothing leaves yet. Returns its id."""
    case = load_case(number, viewer=actor, for_update=True)
    if not can_refer(actor, case):
        raise Forbidden
    year = fiscal_year(clock.today())
    referral = Referral(
        reference=format_reference(
            REFERRAL, fiscal_year=year, running=take_number("referral", year)
        ),
        case_id=case.id,
        made_by_id=actor.user_id or None,
        made_at=clock.now(),
    )
    _assign(actor, case, referral, facts)
    db.session.add(referral)
    db.session.flush()
    tell(actor, case, referral, "drafted", fields=referral.fields)
    return referral.id


def edit_referral(
    *, actor: Viewer, number: str, referral_id: int, version: int, facts: ReferralFacts
) -> None:
    """Change what is prepared; what is shared is taken anew from what is known now."""
    case = load_case(number, viewer=actor, for_update=True)
    if not can_refer(actor, case):
        raise Forbidden
    referral = load_referral(case.id, referral_id)
    if referral.version != version:
        raise StaleRecord(version=referral.version, current=_texts(referral))
    step(referral, ReferralAction.EDIT)
    _assign(actor, case, referral, facts)
    tell(actor, case, referral, "edited", fields=referral.fields)


def _texts(referral: Referral) -> dict[str, str]:
    return {
        "agency": str(referral.agency_id),
        "subject": referral.subject,
        "purpose": referral.purpose,
        "basis": referral.basis.value,
        "basis_note": referral.basis_note,
        "consent_by": referral.consent_by,
        "fields": ",".join(referral.fields),
        "signer": referral.signer,
        "signer_position": referral.signer_position,
    }


def _assign(actor: Viewer, case: Case, referral: Referral, facts: ReferralFacts) -> None:
    _refuse_groundless(facts)
    refuse_day(facts.answer_by)
    agency = agency_of(facts.agency_id)
    if not agency.active and agency.id != referral.agency_id:
        raise Refused(_("This agency is no longer in use. Please choose another."), field="agency")
    offered = {line.field: line for line in offered_fields(case, viewer=actor)}
    # What a colleague with more rights has chosen stays, though this one could not choose it.
    kept = {
        line.field: line
        for line in from_text(referral.shared)
        if line.field in (WHOLE_NUMBERS | OF_HEALTH) and line.field not in offered
    }
    known = kept | offered
    chosen = [known[field] for field in facts.fields if field in known]
    if not chosen:
        raise Refused(_("Please choose at least one thing to share."), field="fields")
    referral.agency_id, referral.subject, referral.purpose = agency.id, facts.subject, facts.purpose
    referral.basis, referral.basis_note = facts.basis, facts.basis_note
    consented = facts.basis is Basis.CONSENT
    referral.consent_by = facts.consent_by if consented else ""
    referral.consent_how = facts.consent_how if consented else None
    referral.consent_on = facts.consent_on if consented else None
    referral.fields = [line.field.value for line in chosen]
    referral.shared = as_text(chosen)
    referral.signer, referral.signer_position = facts.signer, facts.signer_position
    referral.answer_by = facts.answer_by
    referral.open_until = facts.answer_by + timedelta(days=OPEN_DAYS)


def _refuse_groundless(facts: ReferralFacts) -> None:
    if facts.basis is Basis.CONSENT:
        if not facts.consent_by:
            raise Refused(_("Please write who gave consent."), field="consent_by")
        if facts.consent_how is None:
            raise Refused(_("Please say how consent was given."), field="consent_how")
        if facts.consent_on is None or facts.consent_on > clock.today():
            raise Refused(_("Please enter the day on which consent was given."), field="consent_on")
    elif not facts.basis_note:
        raise Refused(
            _("Please write which law or danger allows it without consent."), field="basis_note"
        )


def refuse_day(day: date) -> None:
    """``Refused`` for a day by which nobody could answer."""
    today = clock.today()
    if not today < day <= today + LONGEST:
        raise Refused(_("Please choose a day to come, within a year."), field="answer_by")
