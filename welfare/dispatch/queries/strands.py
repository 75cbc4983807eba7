"""What visits tell on the timeline of a house or a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.queries.rights import visible_to
from welfare.core.db import moment_of
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import Visit
from welfare.dispatch.workflow import VisitStatus
from welfare.households.parts import line_columns

Statement = Select[*tuple[Any, ...]]


def _seen(viewer: Viewer) -> ColumnElement[bool]:
    """``policies.can_see_visit`` as a condition over ``Visit`` and ``Case``."""
    if viewer.can(Permission.VIEW_ALL_CASES):
        return visible_to(viewer)
    mine = or_(Visit.worker_id == viewer.user_id, Case.assignee_id == viewer.user_id)
    return mine & visible_to(viewer)


def _visits(
    strand: str,
    at: Any,
    text: Any,
    *where: ColumnElement[bool],
    household_id: int | None,
    person_id: int | None,
    viewer: Viewer,
    whole_day: bool,
) -> Statement:
    column, value = (
        (Case.household_id, household_id)
        if household_id is not None
        else (Case.person_id, person_id)
    )
    return (
        select(
            *line_columns(
                strand,
                Visit.status,
                at,
                Visit.id,
                whole_day=whole_day,
                ref=Visit.number,
                text=text,
                more=Visit.needs if strand == "visited" else Visit.planned_time,
                who=User.display_name,
            )
        )
        .join(Case, Case.id == Visit.case_id)
        .join(User, User.id == Visit.worker_id)
        .where(column == value, _seen(viewer), *where)
    )


def visited(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Visits that took place, with what was found."""
    return _visits(
        "visited", Visit.visited_at, Visit.findings,
        Visit.status == VisitStatus.DONE, Visit.visited_at.is_not(None),
        household_id=household_id, person_id=person_id, viewer=viewer, whole_day=False,
    )  # fmt: skip


def planned(*, household_id: int | None, person_id: int | None, viewer: Viewer) -> Statement:
    """Visits that are planned or did not take place, on the day they were planned for."""
    return _visits(
        "planned", moment_of(Visit.planned_on), Visit.purpose,
        Visit.status.in_((VisitStatus.PLANNED, VisitStatus.MISSED)),
        household_id=household_id, person_id=person_id, viewer=viewer, whole_day=True,
    )  # fmt: skip
