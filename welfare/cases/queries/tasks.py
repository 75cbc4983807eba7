"""Open tasks of a case by whose they are."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from welfare.cases.models import CaseTask
from welfare.cases.workflow import TaskStatus
from welfare.core.db import db


def tasks_held(case_id: int, workers: Collection[int]) -> int:
    """How many open tasks of a case these people have."""
    if not workers:
        return 0
    held = select(func.count()).select_from(CaseTask).where(CaseTask.case_id == case_id)
    held = held.where(CaseTask.status == TaskStatus.OPEN)
    return db.session.scalar(held.where(CaseTask.assignee_id.in_(sorted(workers)))) or 0
