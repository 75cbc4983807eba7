"""One assessment, goal or action for the forms that change it, and the words of assessments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from welfare.cases.models import AssessedNeed, NeedsAssessment, PlanAction
from welfare.core.db import db
from welfare.households.kinds import Dimension


@dataclass(slots=True)
class Words:
    """What was written at an assessment: of each dimension, and of the whole."""

    note: str = ""
    texts: dict[Dimension, str] = field(default_factory=dict)


def words_of(case_id: int) -> dict[int, Words]:
    """The words of the assessments of a case that the caller was allowed to see, by id."""
    rows = db.session.execute(
        select(NeedsAssessment.id, NeedsAssessment.note, AssessedNeed.dimension, AssessedNeed.text)
        .join(AssessedNeed, AssessedNeed.assessment_id == NeedsAssessment.id)
        .where(NeedsAssessment.case_id == case_id, NeedsAssessment.withdrawn_at.is_(None))
    )
    found: dict[int, Words] = {}
    for row in rows:
        words = found.setdefault(row.id, Words(note=row.note or ""))
        if row.text:
            words.texts[row.dimension] = row.text
    return found


def worker_of_action(action_id: int) -> tuple[int | None, str]:
    """Whose an action is: the id of one of the office, or the words for another."""
    row: Any = db.session.execute(
        select(PlanAction.worker_id, PlanAction.who).where(PlanAction.id == action_id)
    ).one()
    return row.worker_id, row.who
