"""Plain values that forms hand to services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from welfare.referrals.workflow import AgencyKind, AnswerKind, Basis, Came, ConsentHow, Shared


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What is known of an agency."""

    kind: AgencyKind
    name_th: str
    name_en: str = ""
    head: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    contact: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """A referral as it is prepared."""

    agency_id: int
    subject: str
    purpose: str
    basis: Basis
    fields: tuple[Shared, ...]
    answer_by: date
    basis_note: str = ""
    consent_by: str = ""
    consent_how: ConsentHow | None = None
    consent_on: date | None = None
    signer: str = ""
    signer_position: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency says."""

    kind: AnswerKind
    came: Came
    text: str = ""
    until: date | None = None
    signed: str = ""
