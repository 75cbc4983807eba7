"""Agencies of an invented town, and referrals to them in every state.

Written through the services, so that timeline, audit and waiting come of it.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.accounts.queries import viewer_of
from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus, Sensitivity
from welfare.core import clock
from welfare.core.security.permissions import SYSTEM, Viewer
from welfare.referrals import services
from welfare.referrals.facts import AgencyFacts, Answer, ReferralFacts
from welfare.referrals.models import Referral
from welfare.referrals.workflow import (
    AgencyKind,
    AnswerKind,
    Basis,
    Came,
    ConsentHow,
    Shared,
)

AGENCIES = (
    AgencyFacts(
        AgencyKind.HEALTH_CENTRE, "รพ.สต.สมมติสุข", "Sommut Health Centre",
        "ผู้อำนวยการ รพ.สต.สมมติสุข", "99 หมู่ที่ 1 ตำบลสมมติ", "053-000-101",
        "health@example.org", "นางสาวตัวอย่าง ใจเย็น",
    ),
    AgencyFacts(
        AgencyKind.HOSPITAL, "โรงพยาบาลสมมติเวช", "Sommut Hospital",
        "ผู้อำนวยการโรงพยาบาลสมมติเวช", "1 ถนนสมมติ อำเภอเมือง", "053-000-102",
        "social@example.org", "งานสังคมสงเคราะห์",
    ),
    AgencyFacts(
        AgencyKind.SCHOOL, "โรงเรียนสมมติวิทยา", "Sommut School", "ผู้อำนวยการโรงเรียนสมมติวิทยา",
        "55 หมู่ที่ 3 ตำบลสมมติ", "053-000-103",
    ),
    AgencyFacts(
        AgencyKind.FOUNDATION, "มูลนิธิสมมติเพื่อผู้ยากไร้", "Sommut Foundation",
        "ประธานมูลนิธิสมมติเพื่อผู้ยากไร้", "", "053-000-104", "help@example.org", active=False,
    ),
)  # fmt: skip

REFERRED = (
    (0, "ขอความอนุเคราะห์ดูแลผู้มีภาวะพึ่งพิงที่บ้าน", "draft"),
    (1, "ขอส่งผู้ป่วยเข้ารับการประเมินกายอุปกรณ์", "sent"),
    (0, "ขอความอนุเคราะห์เยี่ยมบ้านร่วมกัน", "accept"),
    (2, "ขอความอนุเคราะห์ติดตามนักเรียนที่ขาดเรียน", "result"),
    (1, "ขอรับรองความพิการเพื่อขอมีบัตร", "decline"),
)
"""Which agency, what for, how far."""


def seed_referrals(session: Session) -> None:
    """Enter agencies and referrals. The caller commits."""
    ids = [services.add_agency(actor=SYSTEM, facts=facts) for facts in AGENCIES]
    officer = viewer_of("officer")
    if officer is None:
        return
    numbers = session.scalars(
        select(Case.number)
        .where(
            Case.status == CaseStatus.WORKING,
            Case.sensitivity == Sensitivity.NORMAL,
            Case.person_id.is_not(None),
        )
        .order_by(Case.id)
        .limit(len(REFERRED))
    ).all()
    for number, (place, subject, state) in zip(numbers, REFERRED, strict=False):
        _refer(session, officer, number, ids[place], subject, state)


def _refer(
    session: Session, officer: Viewer, number: str, agency_id: int, subject: str, state: str
) -> None:
    made = services.draft_referral(
        actor=officer,
        number=number,
        facts=ReferralFacts(
            agency_id=agency_id,
            subject=subject,
            purpose="เทศบาลได้เยี่ยมบ้านและช่วยเหลือเบื้องต้นแล้ว แต่เรื่องนี้ต้องอาศัยความเชี่ยวชาญของท่าน",
            basis=Basis.CONSENT,
            fields=(Shared.NAME, Shared.BIRTH, Shared.ADDRESS, Shared.SUMMARY),
            answer_by=clock.today() + timedelta(days=15),
            consent_by="เจ้าตัว",
            consent_how=ConsentHow.SPOKEN,
            consent_on=clock.today(),
            signer_position="นายกเทศมนตรี",
        ),
    )
    if state == "draft":
        return
    services.issue_referral(
        actor=officer, number=number, referral_id=made, version=_version(session, made),
        wait=state == "sent",
    )  # fmt: skip
    if state in set(AnswerKind):
        services.record_answer(
            actor=officer,
            number=number,
            referral_id=made,
            version=_version(session, made),
            answer=Answer(
                AnswerKind(state), Came.LETTER, "แจ้งตามหนังสือของหน่วยงาน", None, "ผู้ประสานงานสมมติ"
            ),
        )


def _version(session: Session, referral_id: int) -> int:
    return session.get_one(Referral, referral_id).version
