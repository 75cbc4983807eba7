"""What requests tell on the timeline of a house or a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from welfare.core.security.permissions import Permission, Viewer
from welfare.households.parts import line_columns
from welfare.intake.models import Complaint
from welfare.intake.policies import visible


def requests_filed(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> Select[*tuple[Any, ...]] | None:
    """Requests about the house or the person that the viewer may read, when they came in."""
    if not viewer.can(Permission.VIEW_COMPLAINTS):
        return None
    column, value = (
        (Complaint.household_id, household_id)
        if household_id is not None
        else (Complaint.person_id, person_id)
    )
    return select(
        *line_columns(
            "requests",
            Complaint.channel,
            Complaint.filed_at,
            Complaint.id,
            ref=Complaint.reference,
            text=Complaint.description,
            more=Complaint.status,
        )
    ).where(column == value, visible(viewer))
