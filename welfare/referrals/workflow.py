"""The states of a referral, what may follow what, and the closed lists around it."""

from __future__ import annotations

from enum import StrEnum


class AgencyKind(StrEnum):
    """What an agency is."""

    SOCIAL = "social"
    HEALTH_CENTRE = "health_centre"
    HOSPITAL = "hospital"
    PROVINCE = "province"
    DISTRICT = "district"
    RED_CROSS = "red_cross"
    SCHOOL = "school"
    POLICE = "police"
    SHELTER = "shelter"
    LABOUR = "labour"
    MUNICIPALITY = "municipality"
    FOUNDATION = "foundation"
    OTHER = "other"


class ReferralStatus(StrEnum):
    """How far a referral is."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ReferralAction(StrEnum):
    """What is done with a referral."""

    EDIT = "edit"
    ISSUE = "issue"
    ACCEPT = "accept"
    RESULT = "result"
    DECLINE = "decline"
    MORE_TIME = "more_time"
    EXTEND = "extend"
    CHASE = "chase"
    RENEW = "renew"
    WITHDRAW = "withdraw"


S, A = ReferralStatus, ReferralAction

OPEN = (S.SENT, S.ACCEPTED)
"""Sent, and the end of it is not known."""

STEPS: dict[tuple[ReferralStatus, ReferralAction], ReferralStatus] = {
    (S.DRAFT, A.EDIT): S.DRAFT,
    (S.DRAFT, A.ISSUE): S.SENT,
    (S.DRAFT, A.WITHDRAW): S.WITHDRAWN,
    (S.SENT, A.ACCEPT): S.ACCEPTED,
    (S.SENT, A.RESULT): S.ANSWERED,
    (S.ACCEPTED, A.RESULT): S.ANSWERED,
    (S.SENT, A.DECLINE): S.DECLINED,
    (S.ACCEPTED, A.DECLINE): S.DECLINED,
    (S.SENT, A.WITHDRAW): S.WITHDRAWN,
    (S.ACCEPTED, A.WITHDRAW): S.WITHDRAWN,
    **{
        (state, step): state for state in OPEN for step in (A.EXTEND, A.CHASE, A.RENEW, A.MORE_TIME)
    },
}
"""The one table: from this state this step leads there; what is not here is refused."""


class AnswerKind(StrEnum):
    """What an agency says; each is a step of :class:`ReferralAction` by the same name."""

    ACCEPT = "accept"
    RESULT = "result"
    DECLINE = "decline"
    MORE_TIME = "more_time"


FINAL = frozenset({AnswerKind.RESULT, AnswerKind.DECLINE})
"""Answers after which nothing more is expected: the case no longer waits for them."""


class Came(StrEnum):
    """By what way an answer came."""

    LINK = "link"
    LETTER = "letter"
    PHONE = "phone"
    EMAIL = "email"
    MEETING = "meeting"


class Basis(StrEnum):
    """On what ground personal data are shared (Personal Data Protection Act 2562, ss. 19, 24)."""

    CONSENT = "consent"
    PUBLIC_TASK = "public_task"
    LEGAL_DUTY = "legal_duty"
    VITAL = "vital"


class ConsentHow(StrEnum):
    """How consent was given."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    PHONE = "phone"
    REQUEST = "request"


class Shared(StrEnum):
    """What can be shared, each chosen for itself."""

    NAME = "name"
    IDENTIFIER = "identifier"
    BIRTH = "birth"
    SEX = "sex"
    PHONE = "phone"
    ADDRESS = "address"
    LANDMARK = "landmark"
    HOUSEHOLD = "household"
    DISABILITY = "disability"
    ADL = "adl"
    HEALTH = "health"
    CATEGORY = "category"
    SUMMARY = "summary"
    HELP = "help"


WHOLE_NUMBERS = frozenset({Shared.IDENTIFIER, Shared.PHONE})
"""Shown whole to those alone who may see such numbers whole."""
OF_HEALTH = frozenset({Shared.DISABILITY, Shared.ADL, Shared.HEALTH})
"""Sensitive by law (s. 26): shown to those alone who may see health."""
