"""The cases of a house or of a person, for the registry's pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, or_, select

from welfare.cases.models import Assistance, Case
from welfare.cases.policies import visible_to
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core.db import db
from welfare.core.security.permissions import Viewer

SHOWN = 30


@dataclass(frozen=True, slots=True)
class HomeCase:
    """One case of a house or person. ``help_given`` is baht, over all help with an amount."""

    number: str
    title: str
    category_id: int
    status: CaseStatus
    outcome: Outcome | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    help_given: Decimal | None


def cases_of_home(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> list[HomeCase]:
    """What the viewer may see, open ones first, then the newest; at most thirty."""
    given = (
        select(func.sum(Assistance.amount))
        .where(Assistance.case_id == Case.id, Assistance.withdrawn_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    of_home = [
        column == value
        for column, value in ((Case.household_id, household_id), (Case.person_id, person_id))
        if value is not None
    ]
    if not of_home:
        return []
    rows = db.session.execute(
        select(
            Case.number,
            Case.title,
            Case.category_id,
            Case.status,
            Case.outcome,
            Case.opened_at,
            Case.due_at,
            Case.closed_at,
            given.label("help_given"),
        )
        .where(or_(*of_home), visible_to(viewer))
        .order_by(Case.closed_at.is_not(None), Case.id.desc())
        .limit(SHOWN)
    )
    return [HomeCase(*row) for row in rows]


def looked_after_by(viewer: Viewer, person_ids: Collection[int]) -> set[int]:
    """Those of these people of whom the viewer works on an open case."""
    return set(
        db.session.scalars(
            select(Case.person_id).where(
                Case.person_id.in_(person_ids),
                Case.assignee_id == viewer.user_id,
                Case.closed_at.is_(None),
            )
        )
    )
