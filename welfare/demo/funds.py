"""Two funds with rules, some requests in every state, and equipment out on loan.

Written through the services, so that timeline, audit, ledger and records of help come of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.accounts.queries import viewer_of
from welfare.benefits import services as benefits
from welfare.benefits.facts import FundFacts, PieceFacts, RuleFacts
from welfare.benefits.kinds import Per, PieceState, RuleKind
from welfare.benefits.queries import committee, fund_of
from welfare.cases import services as cases
from welfare.cases.models import Case, EquipmentLoan, HelpRequest
from welfare.cases.workflow import AssistanceKind, CaseStatus, Sensitivity, Vote
from welfare.core import clock
from welfare.core.security.permissions import SYSTEM, Role, Viewer
from welfare.core.thai.dates import fiscal_year, fiscal_year_range
from welfare.demo.meetings import seed_meetings

HARDSHIP, REHABILITATION = "hardship", "rehabilitation"
REGULATION = (
    "ระเบียบกระทรวงมหาดไทยว่าด้วยค่าใช้จ่ายเพื่อช่วยเหลือประชาชนตามอำนาจหน้าที่ของ"
    "องค์กรปกครองส่วนท้องถิ่น พ.ศ. 2560 และที่แก้ไขเพิ่มเติม"
)
RATE = "อัตราเดียวกับเงินสงเคราะห์ครอบครัวผู้มีรายได้น้อยและผู้ไร้ที่พึ่ง (กรมพัฒนาสังคมและสวัสดิการ)"
TO_BE_CHECKED = "ข้อมูลตัวอย่าง โปรดตรวจกับประกาศที่ใช้บังคับก่อนใช้จริง"

EQUIPMENT = (
    ("bed", "เตียงผู้ป่วยปรับระดับ", "Hospital bed", 365, 4, 15000),
    ("wheelchair", "รถเข็นนั่ง", "Wheelchair", 365, 6, 5500),
    ("walker", "วอล์กเกอร์", "Walking frame", 180, 5, 900),
    ("air-mattress", "ที่นอนลมกันแผลกดทับ", "Air mattress", 180, 4, 2800),
    ("oxygen", "เครื่องผลิตออกซิเจน", "Oxygen concentrator", 90, 2, 25000),
)
"""Code, names, usual days, how many, value in baht of one."""


def seed_funds(session: Session) -> None:
    """Enter funds, equipment, requests and loans. The caller commits."""
    since, _last = fiscal_year_range(fiscal_year(clock.today()) - 1)
    _hardship(since)
    _rehabilitation(since)
    pieces = list(_equipment(since))
    officer, manager = viewer_of("officer"), viewer_of("manager")
    if officer is None or manager is None:
        return
    _seats(manager)
    numbers = _fitting_cases(session)
    _requests(session, numbers[:9], officer, manager)
    _loans(session, numbers[-6:], pieces, officer)
    seed_meetings(HARDSHIP, REHABILITATION, officer)


def _fund(code: str, name_th: str, name_en: str, purpose: str, baht: int) -> None:
    facts = FundFacts(name_th, name_en, purpose, REGULATION, active=True)
    benefits.add_fund(actor=SYSTEM, code=code, facts=facts)
    year = fiscal_year(clock.today())
    benefits.set_budget(actor=SYSTEM, code=code, fiscal_year=year, amount=Decimal(baht))


def _hardship(since: date) -> None:
    _fund(
        HARDSHIP,
        "งบช่วยเหลือผู้ประสบปัญหาทางสังคม",
        "Help for people in hardship",
        "เงินหรือสิ่งของจำเป็นแก่ผู้ประสบความเดือดร้อนเฉพาะหน้า ผู้มีรายได้น้อย และผู้ไร้ที่พึ่ง",
        150_000,
    )
    for rule in (
        RuleFacts(
            RuleKind.PER_TIME, since, amount=Decimal(3000), legal_basis=RATE, source=TO_BE_CHECKED
        ),
        RuleFacts(
            RuleKind.TIMES,
            since,
            times=3,
            per=Per.HOUSEHOLD,
            legal_basis=RATE,
            source=TO_BE_CHECKED,
        ),
        RuleFacts(
            RuleKind.DECIDER,
            since,
            amount=Decimal(2000),
            role=Role.MANAGER,
            legal_basis="คำสั่งมอบอำนาจของนายกเทศมนตรี",
            source=TO_BE_CHECKED,
        ),
        RuleFacts(
            RuleKind.COMMITTEE, since, members=2, legal_basis=REGULATION[:300], source=TO_BE_CHECKED
        ),
    ):
        benefits.add_rule(actor=SYSTEM, code=HARDSHIP, facts=rule)


def _rehabilitation(since: date) -> None:
    _fund(
        REHABILITATION,
        "กองทุนฟื้นฟูสมรรถภาพและกายอุปกรณ์",
        "Rehabilitation and equipment",
        "กายอุปกรณ์ อุปกรณ์เครื่องช่วย และการปรับสภาพที่อยู่อาศัยของคนพิการ",
        240_000,
    )
    basis = "พ.ร.บ.ส่งเสริมและพัฒนาคุณภาพชีวิตคนพิการ พ.ศ. 2550 มาตรา 20 (10)"
    for rule in (
        RuleFacts(
            RuleKind.PER_YEAR,
            since,
            amount=Decimal(40_000),
            per=Per.HOUSEHOLD,
            legal_basis=basis,
            source=TO_BE_CHECKED,
        ),
        RuleFacts(RuleKind.DECIDER, since, amount=Decimal(5000), role=Role.MANAGER),
        RuleFacts(RuleKind.COMMITTEE, since, members=2),
    ):
        benefits.add_rule(actor=SYSTEM, code=REHABILITATION, facts=rule)


def _seats(manager: Viewer) -> None:
    for code in (HARDSHIP, REHABILITATION):
        for name, position, user_id in (
            ("นายสมมติ ใจกว้าง", "นายกเทศมนตรี ประธาน", None),
            ("นางสาวตัวอย่าง รอบคอบ", "ผู้แทนชุมชน", None),
            (manager.display_name, "เลขานุการ", manager.user_id),
        ):
            benefits.add_member(
                actor=SYSTEM, code=code, name=name, position=position, user_id=user_id
            )


def _equipment(since: date) -> Iterator[int]:
    for code, name_th, name_en, days, many, value in EQUIPMENT:
        kind = benefits.add_kind(
            actor=SYSTEM, code=code, name_th=name_th, name_en=name_en, loan_days=days
        )
        for place in range(1, many + 1):
            number = f"{code.upper()[:3]}-{place:02d}"
            state = PieceState.REPAIR if (code, place) == ("wheelchair", 6) else PieceState.IN_STOCK
            facts = PieceFacts(number, state, "ใช้งานได้", Decimal(value), since)
            made = benefits.add_piece(actor=SYSTEM, kind_id=kind, facts=facts)
            if state == PieceState.IN_STOCK:
                yield made


def _fitting_cases(session: Session) -> list[str]:
    """Open cases that name a person and a household, one a household."""
    rows = session.execute(
        select(Case.number, Case.household_id)
        .where(
            Case.status == CaseStatus.WORKING,
            Case.sensitivity == Sensitivity.NORMAL,
            Case.person_id.is_not(None),
            Case.household_id.is_not(None),
        )
        .order_by(Case.id.desc())
        .limit(60)
    )
    found: dict[int, str] = {}
    for number, household_id in rows:
        found.setdefault(household_id or 0, number)
    return list(found.values())[:15]


ASKED = (
    (HARDSHIP, AssistanceKind.MONEY, 2000, "ค่ายังชีพฉุกเฉิน", "waiting"),
    (HARDSHIP, AssistanceKind.GOODS, 1200, "ข้าวสารและเครื่องอุปโภคบริโภค", "waiting"),
    (HARDSHIP, AssistanceKind.MONEY, 3000, "ค่าครองชีพครอบครัวรายได้น้อย", "voted"),
    (HARDSHIP, AssistanceKind.MONEY, 1500, "ค่าเดินทางไปโรงพยาบาล", "approved"),
    (HARDSHIP, AssistanceKind.MONEY, 2000, "ค่ายังชีพระหว่างหัวหน้าครอบครัวป่วย", "delivered"),
    (HARDSHIP, AssistanceKind.GOODS, 1800, "ผ้าอ้อมผู้ใหญ่ 3 เดือน", "partly"),
    (HARDSHIP, AssistanceKind.MONEY, 1000, "ค่าเสื้อผ้านักเรียน", "refused"),
    (REHABILITATION, AssistanceKind.EQUIPMENT, 4500, "ราวจับห้องน้ำและพื้นกันลื่น", "delivered"),
    (REHABILITATION, AssistanceKind.SERVICE, 18_000, "ทางลาดหน้าบ้าน", "waiting"),
)


def _requests(session: Session, numbers: list[str], officer: Viewer, manager: Viewer) -> None:
    for number, (code, kind, baht, what, state) in zip(numbers, ASKED, strict=False):
        made = cases.ask_help(
            actor=officer,
            number=number,
            fund_id=fund_of(code).id,
            kind=kind,
            amount=Decimal(baht),
            description=what,
            reason="เยี่ยมบ้านแล้ว รายได้ไม่พอค่าใช้จ่าย และยังไม่ได้รับความช่วยเหลือจากหน่วยงานอื่น",
        )
        if state != "waiting":
            _go_on(session, number, made, state, officer, manager)


def _go_on(
    session: Session, number: str, made: int, state: str, officer: Viewer, manager: Viewer
) -> None:
    request = session.get_one(HelpRequest, made)
    if state == "voted":
        seat = committee(request.fund_id)[0]
        cases.vote_on_request(
            actor=manager,
            number=number,
            request_id=made,
            version=request.version,
            member_id=seat.id,
            vote=Vote.FOR,
        )
        return
    approve = state != "refused"
    grounds = "เป็นไปตามหลักเกณฑ์" if approve else "ได้รับชุดนักเรียนจากโรงเรียนแล้ว"
    cases.decide_request(
        actor=manager,
        number=number,
        request_id=made,
        version=request.version,
        approve=approve,
        grounds=grounds,
    )
    if state in ("delivered", "partly"):
        part = request.approved if state == "delivered" else Decimal(600)
        cases.deliver_help(
            actor=officer,
            number=number,
            request_id=made,
            version=request.version,
            amount=part,
            given_on=clock.today(),
        )


def _loans(session: Session, numbers: list[str], pieces: list[int], officer: Viewer) -> None:
    """Each from another kind; the first past its day, the second due within the week."""
    today = clock.today()
    for place, number in enumerate(numbers):
        made = cases.lend_piece(
            actor=officer,
            number=number,
            piece_id=pieces[place * 3],
            due_on=today + timedelta(days=(5, 3, 90, 200, 300, 340)[place % 6]),
        )
        if place == 0:
            loan = session.get_one(EquipmentLoan, made)
            loan.lent_on, loan.due_on = today - timedelta(days=190), today - timedelta(days=10)
    session.flush()
