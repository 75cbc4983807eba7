"""Needs and plans of a fictional office, for the cases that workers have in hand.

Written through the services, so that timeline and audit come of it.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.accounts.models import User
from welfare.accounts.queries import viewer_of
from welfare.cases.facts import ActionFacts, Assessment, GoalFacts
from welfare.cases.kinds import AgreedBy, Responsible, RiskLevel
from welfare.cases.models import Case
from welfare.cases.queries.lists import risk_reasons
from welfare.cases.services.care.actions import add_action, finish_action
from welfare.cases.services.care.assessing import assess_needs
from welfare.cases.services.care.goals import add_goal, note_agreement
from welfare.cases.services.care.judging import judge_risk
from welfare.cases.workflow import CaseStatus, Sensitivity
from welfare.core import clock
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import Dimension

FOUND = (
    ((3, 2, 0, 2, 1), (2, 1, 0, 2, 0)),
    ((2, 3, 1, 2, 2), (2, 1, 1, 3, 1)),
    ((1, 2, 2, 3, 1), (1, 1, 1, 2, 1)),
)
"""Levels of the five dimensions at the first assessment and at a later one."""

WORDS = {
    Dimension.HEALTH: "ลุกนั่งเองลำบาก กินยาไม่สม่ำเสมอ",
    Dimension.LIVING: "พื้นห้องน้ำลื่น ไม่มีราวจับ",
    Dimension.INCOME: "รายได้หลักคือเบี้ยยังชีพ",
}
PLANS = (
    (
        "อยู่บ้านได้อย่างปลอดภัย ไม่หกล้ม",
        Dimension.LIVING,
        (
            ("ติดราวจับและแผ่นกันลื่นในห้องน้ำ", Responsible.WORKER, "", -4),
            ("จัดบ้านให้เดินสะดวก เก็บของกีดขวาง", Responsible.FAMILY, "ลูกสาว", 10),
        ),
    ),
    (
        "ได้รับการดูแลสุขภาพต่อเนื่อง",
        Dimension.HEALTH,
        (
            ("เยี่ยมบ้านและจัดยาเดือนละครั้ง", Responsible.AGENCY, "รพ.สต.สมมติสุข", 21),
            ("พาไปตรวจตามนัด", Responsible.FAMILY, "ลูกชาย", 14),
        ),
    ),
)
CARED = 8
"""How many cases have a plan."""


def seed_care(session: Session) -> None:
    """Assess needs and plan help for some cases in hand. The caller commits."""
    rows = session.execute(
        select(Case.number, User.username)
        .join(User, User.id == Case.assignee_id)
        .where(Case.status == CaseStatus.WORKING, Case.sensitivity == Sensitivity.NORMAL)
        .order_by(Case.id.desc())
        .limit(CARED)
    ).all()
    for place, (number, username) in enumerate(rows):
        worker = viewer_of(username)
        if worker is not None:
            _assess(worker, number, place)
            _plan(worker, number, place)
            _judge(worker, number, place)


def _judge(worker: Viewer, number: str, place: int) -> None:
    level = (RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW)[place % 3]
    reasons = [row.id for row in risk_reasons(on=clock.today())]
    chosen = [] if level is RiskLevel.LOW else reasons[place % 4 : place % 4 + 2]
    judge_risk(actor=worker, number=number, level=level, reasons=chosen)


def _assess(worker: Viewer, number: str, place: int) -> None:
    today = clock.today()
    first, later = FOUND[place % len(FOUND)]
    for levels, ago in ((first, 60), (later, 3))[: 1 + (place % 3 > 0)]:
        needs = {
            dimension: (level, WORDS.get(dimension, "") if level else "")
            for dimension, level in zip(Dimension, levels, strict=True)
        }
        found = Assessment(assessed_on=today - timedelta(days=ago), needs=needs)
        assess_needs(actor=worker, number=number, found=found)


def _plan(worker: Viewer, number: str, place: int) -> None:
    today = clock.today()
    for title, dimension, steps in PLANS[: 1 + place % len(PLANS)]:
        goal = add_goal(
            actor=worker,
            number=number,
            facts=GoalFacts(title, dimension, today + timedelta(days=45)),
        )
        for words, by, who, days in steps:
            facts = ActionFacts(
                words,
                by,
                worker_id=worker.user_id if by is Responsible.WORKER else None,
                who=who,
                due_on=today + timedelta(days=days),
            )
            made = add_action(actor=worker, number=number, goal_id=goal, facts=facts)
            if by is Responsible.FAMILY:
                finish_action(actor=worker, number=number, action_id=made, version=1)
    if place % 2:
        note_agreement(
            actor=worker,
            number=number,
            agreed_on=today - timedelta(days=2),
            by=AgreedBy.PERSON,
            note="อยากอยู่บ้านของตนเอง",
        )
