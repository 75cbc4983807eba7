"""Open cases that a new complaint might belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, false, or_, select

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.policies import searchable, visible_to
from welfare.cases.workflow import CaseStatus
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.models import Household


@dataclass(frozen=True, slots=True)
class NearCase:
    """An open case near a household, a person or a house. ``why`` says what they share."""

    id: int
    number: str
    title: str
    category_id: int
    status: CaseStatus
    village_no: int | None
    house_no: str
    opened_at: datetime
    due_at: datetime
    worker: str
    why: str
    """``person``, ``household`` or ``house`` (same house number in the same village)."""


def open_cases_near(
    *,
    viewer: Viewer,
    household_id: int | None = None,
    person_id: int | None = None,
    village_no: int | None = None,
    house_no: str = "",
    limit: int = 10,
) -> list[NearCase]:
    """Open cases of the same person, household or house, nearest kin first, then newest."""
    same_person = Case.person_id == person_id if person_id is not None else false()
    same_house = Case.household_id == household_id if household_id is not None else false()
    at_door: ColumnElement[bool] = false()
    if village_no is not None and house_no:
        at_door = Case.household_id.in_(
            select(Household.id).where(
                Household.village_no == village_no, Household.house_no == house_no.strip()
            )
        )
    rank = case((same_person, 0), (same_house, 1), else_=2)
    rows = db.session.execute(
        select(
            Case.id,
            Case.number,
            Case.title,
            Case.category_id,
            Case.status,
            Case.village_no,
            Household.house_no,
            Case.opened_at,
            Case.due_at,
            User.display_name,
            rank.label("rank"),
        )
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(User, User.id == Case.assignee_id)
        .where(
            Case.closed_at.is_(None),
            or_(same_person, same_house, at_door),
            visible_to(viewer),
            searchable(viewer),
        )
        .order_by("rank", Case.id.desc())
        .limit(limit)
    )
    reasons = ("person", "household", "house")
    return [
        NearCase(
            *row[:6],
            row.house_no or "",
            row.opened_at,
            row.due_at,
            row.display_name or "",
            reasons[row.rank],
        )
        for row in rows
    ]
