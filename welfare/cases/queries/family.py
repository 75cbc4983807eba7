"""The parts of a larger case that are still open."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.models import Case, CaseParent
from welfare.cases.workflow import ENDED, Sensitivity
from welfare.core.db import db


def open_children(case_id: int) -> list[tuple[str, bool]]:
    """Number, and whether it may be named to whoever sees the whole."""
    rows = db.session.execute(
        select(Case.number, Case.sensitivity)
        .join(CaseParent, CaseParent.child_id == Case.id)
        .where(CaseParent.parent_id == case_id, Case.status.not_in(ENDED))
        .order_by(Case.id)
    )
    named = (Sensitivity.NORMAL, Sensitivity.SENSITIVE)
    return [(row.number, row.sensitivity in named) for row in rows]
