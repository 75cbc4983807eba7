"""Words of the closed lists of referrals."""

from __future__ import annotations

from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.referrals.workflow import (
    AgencyKind,
    AnswerKind,
    Basis,
    Came,
    ConsentHow,
    ReferralStatus,
    Shared,
)

AGENCY_KINDS: dict[AgencyKind, Any] = {
    AgencyKind.SOCIAL: _l("Provincial social development office"),
    AgencyKind.HEALTH_CENTRE: _l("Subdistrict health centre"),
    AgencyKind.HOSPITAL: _l("Hospital"),
    AgencyKind.PROVINCE: _l("Provincial administration"),
    AgencyKind.DISTRICT: _l("District office"),
    AgencyKind.RED_CROSS: _l("Red Cross"),
    AgencyKind.SCHOOL: _l("School"),
    AgencyKind.POLICE: _l("Police"),
    AgencyKind.SHELTER: _l("Shelter or welfare home"),
    AgencyKind.LABOUR: _l("Employment and social security"),
    AgencyKind.MUNICIPALITY: _l("Another municipality"),
    AgencyKind.FOUNDATION: _l("Foundation or association"),
    AgencyKind.OTHER: _l("Other agency"),
}

STATES: dict[ReferralStatus, Any] = {
    ReferralStatus.DRAFT: _l("Being prepared, not sent"),
    ReferralStatus.SENT: _l("Sent, not answered"),
    ReferralStatus.ACCEPTED: _l("The agency works on it"),
    ReferralStatus.ANSWERED: _l("The agency told the result"),
    ReferralStatus.DECLINED: _l("The agency declined"),
    ReferralStatus.WITHDRAWN: _l("Referral taken back"),
}

TONES: dict[ReferralStatus, str] = {
    ReferralStatus.DRAFT: "new",
    ReferralStatus.SENT: "waiting",
    ReferralStatus.ACCEPTED: "working",
    ReferralStatus.ANSWERED: "done",
    ReferralStatus.DECLINED: "refused",
    ReferralStatus.WITHDRAWN: "closed",
}

BASES: dict[Basis, Any] = {
    Basis.CONSENT: _l("Consent of the person or of who acts for them"),
    Basis.PUBLIC_TASK: _l("A task of the state in the public interest (s. 24(4))"),
    Basis.LEGAL_DUTY: _l("A duty by law, such as child protection (s. 24(6))"),
    Basis.VITAL: _l("Danger to life, body or health (s. 24(2))"),
}

CONSENTS: dict[ConsentHow, Any] = {
    ConsentHow.WRITTEN: _l("Signed on paper"),
    ConsentHow.SPOKEN: _l("Said in person"),
    ConsentHow.PHONE: _l("Said by telephone"),
    ConsentHow.REQUEST: _l("In the request itself"),
}

SHARED: dict[Shared, Any] = {
    Shared.NAME: _l("Full name"),
    Shared.IDENTIFIER: _l("National ID, whole"),
    Shared.BIRTH: _l("Date of birth and age"),
    Shared.SEX: _l("Sex"),
    Shared.PHONE: _l("Telephone, whole"),
    Shared.ADDRESS: _l("Where they live"),
    Shared.LANDMARK: _l("How to find the house"),
    Shared.HOUSEHOLD: _l("Who lives in the house"),
    Shared.DISABILITY: _l("Kind of disability"),
    Shared.ADL: _l("Daily living (Barthel)"),
    Shared.HEALTH: _l("Notes on health"),
    Shared.CATEGORY: _l("Kind of trouble"),
    Shared.SUMMARY: _l("What is known of the trouble"),
    Shared.HELP: _l("Help given so far"),
}

ANSWERS: dict[AnswerKind, Any] = {
    AnswerKind.ACCEPT: _l("We take it up and will tell the result"),
    AnswerKind.RESULT: _l("It is done; this is the result"),
    AnswerKind.DECLINE: _l("We cannot take it"),
    AnswerKind.MORE_TIME: _l("We need more time"),
}

CAME: dict[Came, Any] = {
    Came.LINK: _l("through the agency's page"),
    Came.LETTER: _l("by a letter"),
    Came.PHONE: _l("by a call"),
    Came.EMAIL: _l("by an e-mail"),
    Came.MEETING: _l("at a meeting"),
}
