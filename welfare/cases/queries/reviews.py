"""Closings that wait for a manager."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, false, func, select, true

from welfare.cases.models import Case
from welfare.cases.policies import visible_to
from welfare.cases.workflow import CaseStatus
from welfare.core.security.permissions import Permission, Viewer


def review_count(viewer: Viewer) -> Select[Any]:
    """How many closings wait for the viewer's review, to stand inside another statement."""
    reviews = true() if viewer.can(Permission.DECIDE_ASSISTANCE) else false()
    return (
        select(func.count())
        .select_from(Case)
        .where(Case.status == CaseStatus.REVIEW, visible_to(viewer), reviews)
    )
