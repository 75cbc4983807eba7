"""Visits that asked for another one, of which nobody has planned or made the next."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from welfare.cases.kinds import Duty
from welfare.cases.models import Case
from welfare.cases.queries.work_lines import duty_line
from welfare.dispatch.models import Visit
from welfare.dispatch.workflow import VisitStatus


def follow_ups(which: Any) -> Any:
    """A line a visit, for the open cases for which a condition on ``Case`` holds."""
    other = aliased(Visit)
    followed = exists().where(
        other.case_id == Visit.case_id,
        or_(
            other.status == VisitStatus.PLANNED,
            and_(other.status == VisitStatus.DONE, other.visited_at > Visit.visited_at),
        ),
    )
    return (
        select(*duty_line(Duty.FOLLOW_UP, Case, day=Visit.next_visit_on, words=Visit.number))
        .select_from(Visit)
        .join(Case, Case.id == Visit.case_id)
        .where(Visit.status == VisitStatus.DONE, Visit.next_visit_on.is_not(None))
        .where(~followed, which)
    )
