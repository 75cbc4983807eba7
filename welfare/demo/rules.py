"""The rules of who is proposed first, as an office might begin with them; one cannot run yet."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.accounts.models import User
from welfare.cases.models import Category
from welfare.cases.workflow import Priority
from welfare.core import clock
from welfare.core.security.permissions import Role
from welfare.dispatch.models import RoutingRule
from welfare.dispatch.workflow import Target


def add_rules(session: Session) -> None:
    """Three rules: a worker for a village, a role for what is urgent, a skill nobody has yet."""
    kinds = {row.code: row.id for row in session.execute(select(Category.code, Category.id))}
    worker = session.scalar(select(User.id).where(User.username == "caseworker1"))
    today = clock.today()
    shared = {"effective_from": today, "effective_to": None, "active": True}
    rules = [
        RoutingRule(
            name="เรื่องเร่งด่วน", priority=Priority.HIGH, target=Target.ROLE,
            role=Role.CASEWORKER, reason="เจ้าหน้าที่ภาคสนามออกได้ทันที", **shared,
        ),
        RoutingRule(
            name="เงินอุดหนุนเด็กแรกเกิด", category_id=kinds.get("child_grant"), target=Target.SKILL,
            skill="papers", reason="ต้องตรวจเอกสารทะเบียนราษฎร", **shared,
        ),
    ]  # fmt: skip
    if worker is not None:
        rules.append(
            RoutingRule(
                name="หมู่ 10",
                village_no=10,
                target=Target.WORKER,
                worker_id=worker,
                reason="รู้จักชาวบ้านและเส้นทางในหมู่บ้าน",
                **shared,
            )
        )
    session.add_all(rules)
