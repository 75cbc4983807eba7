"""The risk of two cases that became one, or are two again."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.models import Case, CaseRisk
from welfare.core.db import db


def follow_judgements(*cases: Case) -> None:
    """Let each case show the newest judgement that stands with it, now that rows have moved."""
    for case in cases:
        case.risk = db.session.scalar(
            select(CaseRisk.level)
            .where(CaseRisk.case_id == case.id)
            .order_by(CaseRisk.id.desc())
            .limit(1)
        )
