"""Open cases that may be the same as one: of the same person or house, of the same kind, near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, exists, false, or_, select

from welfare.cases.models import Case, CaseApart
from welfare.cases.policies import searchable, visible_to
from welfare.cases.workflow import MERGEABLE, CaseStatus
from welfare.core.db import db
from welfare.core.security.permissions import Viewer

NEAR = timedelta(days=90)
"""Cases opened further apart are two troubles of one house, not one trouble twice."""
SHOWN = 5


class Why(StrEnum):
    """What two cases have in common."""

    PERSON = "person"
    HOUSEHOLD = "household"
    CATEGORY = "category"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be the same as the one at hand, and why."""

    number: str
    title: str
    category_id: int
    status: CaseStatus
    opened_at: datetime
    why: tuple[Why, ...]


def alike_cases(case: Any, *, viewer: Viewer) -> list[Alike]:
    """Open cases of the same person, or of the same house and kind, opened near in time, that
    nobody said to be two; the likest first. ``case`` is a record or the page's file of it."""
    if case.status not in MERGEABLE or not (case.person_id or case.household_id):
        return []
    person = Case.person_id == case.person_id if case.person_id else false()
    house = Case.household_id == case.household_id if case.household_id else false()
    kind = Case.category_id == case.category_id
    rows = db.session.execute(
        select(
            Case.number, Case.title, Case.category_id, Case.status, Case.opened_at,
            Case.person_id, Case.household_id,
        )
        .where(
            Case.id != case.id,
            Case.status.in_(MERGEABLE),
            or_(person, and_(house, kind)),
            Case.opened_at.between(case.opened_at - NEAR, case.opened_at + NEAR),
            visible_to(viewer),
            searchable(viewer),
            ~_apart(case.id),
        )
        .order_by(Case.id.desc())
        .limit(20)
    ).all()  # fmt: skip
    found = [_alike(case, row) for row in rows]
    return sorted(found, key=lambda one: -len(one.why))[:SHOWN]


def _apart(case_id: int) -> Any:
    low = and_(CaseApart.low_id == case_id, CaseApart.high_id == Case.id)
    high = and_(CaseApart.high_id == case_id, CaseApart.low_id == Case.id)
    return exists().where(or_(low, high))


def _alike(case: Any, row: Any) -> Alike:
    reasons = (
        (Why.PERSON, case.person_id is not None and row.person_id == case.person_id),
        (Why.HOUSEHOLD, case.household_id is not None and row.household_id == case.household_id),
        (Why.CATEGORY, row.category_id == case.category_id),
        (Why.NEAR, abs(row.opened_at - case.opened_at) <= timedelta(days=14)),
    )
    return Alike(
        row.number, row.title, row.category_id, row.status, row.opened_at,
        tuple(why for why, holds in reasons if holds),
    )  # fmt: skip
