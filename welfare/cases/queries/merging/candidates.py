"""Open cases that may be the same as one: of the same person or house, of the same kind, near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from welfare.cases.kinds import Why
from welfare.cases.workflow import CaseStatus

NEAR = timedelta(days=90)
"""Cases opened further apart are two troubles of one house, not one trouble twice."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be the same as the one at hand, and why."""

    number: str
    title: str
    category_id: int
    status: CaseStatus
    opened_at: datetime
    why: tuple[Why, ...]


def likeness(
    case: Any, person_id: int | None, household_id: int | None, category_id: int, opened: datetime
) -> tuple[Why, ...]:
    """What another case has in common with one."""
    reasons = (
        (Why.PERSON, case.person_id is not None and person_id == case.person_id),
        (Why.HOUSEHOLD, case.household_id is not None and household_id == case.household_id),
        (Why.CATEGORY, category_id == case.category_id),
        (Why.NEAR, abs(opened - case.opened_at) <= timedelta(days=14)),
    )
    return tuple(why for why, holds in reasons if holds)
