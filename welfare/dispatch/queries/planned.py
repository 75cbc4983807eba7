"""The stops of a plan as records, for the verbs that settle it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.core.db import db
from welfare.dispatch.models import PlanStop


def stops_by_case(plan_id: int) -> list[PlanStop]:
    """All stops in the order of their cases, so that two who settle plans at once never wait
    for each other crosswise."""
    return list(
        db.session.scalars(
            select(PlanStop).where(PlanStop.plan_id == plan_id).order_by(PlanStop.case_id)
        )
    )


def planned_cases(plan_id: int) -> dict[int, str]:
    """Numbers of a plan's cases by id."""
    rows = db.session.execute(
        select(Case.id, Case.number)
        .join(PlanStop, PlanStop.case_id == Case.id)
        .where(PlanStop.plan_id == plan_id)
    )
    return {row.id: row.number for row in rows}


def lock_workers(user_ids: Iterable[int]) -> None:
    """Let nobody else settle a plan of these workers until the transaction ends."""
    statement = select(User.id).where(User.id.in_(sorted(set(user_ids)))).order_by(User.id)
    db.session.execute(statement.with_for_update(key_share=True))
