"""Closed cases of which a citizen says that it did not help."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, func, select

from welfare.cases.models import Case
from welfare.cases.policies import visible_to
from welfare.core.db import db
from welfare.core.security.permissions import Viewer


def unhappy_number(viewer: Viewer) -> ScalarSelect[int]:
    """How many of them the viewer sees, as a column for the statement of another count."""
    counted = select(func.count()).select_from(Case)
    asked = counted.where(Case.unhappy_at.is_not(None), visible_to(viewer))
    return asked.correlate(None).scalar_subquery()


def unhappy_count(viewer: Viewer) -> int:
    """How many of them the viewer sees: what `/desk/cases?unhappy=1` lists."""
    return db.session.scalar(select(unhappy_number(viewer))) or 0
