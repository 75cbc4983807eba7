"""The parts of a larger case that are still open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from welfare.cases.models import Case, CaseParent
from welfare.cases.workflow import ENDED, Sensitivity

UNNAMED = "–"
"""In place of the number of a case that may not be named to whoever sees the whole."""


def open_children(case_id: Any) -> Any:
    """The numbers of the open parts of a case, one text with gaps between them, as an expression;
    :data:`UNNAMED` for those that may not be named to whoever sees the whole."""
    part = aliased(Case)
    named = part.sensitivity.in_((Sensitivity.NORMAL, Sensitivity.SENSITIVE))
    return (
        select(func.aggregate_strings(case((named, part.number), else_=UNNAMED), " "))
        .join(CaseParent, CaseParent.child_id == part.id)
        .where(CaseParent.parent_id == case_id, part.status.not_in(ENDED))
        .scalar_subquery()
    )
