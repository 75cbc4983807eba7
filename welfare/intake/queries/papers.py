"""What official papers about complaints need to know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from welfare.cases.queries.papers import cases_in_use
from welfare.cases.workflow import Sensitivity
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import SYSTEM, Permission, Viewer
from welfare.intake.models import Complaint
from welfare.intake.policies import visible
from welfare.papers.kinds import Secrecy
from welfare.papers.parts import About


def complaint_by_number(number: str, viewer: Viewer) -> About:
    """The complaint with this number; ``NotFound`` when the viewer may not see it."""
    return _about(Complaint.reference == number, viewer)


def complaint_by_id(complaint_id: int, viewer: Viewer) -> About:
    """The same by its id."""
    return _about(Complaint.id == complaint_id, viewer)


def _about(which: ColumnElement[bool], viewer: Viewer) -> About:
    row = db.session.execute(
        select(Complaint.id, Complaint.reference, Complaint.sensitivity).where(
            which, visible(viewer)
        )
    ).first()
    if row is None:
        raise NotFound
    secret = row.sensitivity is not Sensitivity.NORMAL
    return About(
        subject="complaint",
        id=row.id,
        number=row.reference,
        title="",
        url=f"/desk/complaints/{row.reference}",
        secrecy=Secrecy.SENSITIVE if secret else Secrecy.NORMAL,
    )


def visible_complaints(viewer: Viewer) -> Select[Any]:
    """The ids of the complaints that a viewer may see."""
    return select(Complaint.id).where(visible(viewer))


def complaints_in_use() -> Select[Any]:
    """The ids of the complaints that are not decided, or whose case is not ended."""
    open_case = Complaint.case_id.in_(cases_in_use())
    return select(Complaint.id).where(or_(Complaint.decided_at.is_(None), open_case))


def complaint_numbers(ids: Collection[int], viewer: Viewer) -> Mapping[int, str]:
    """The numbers of those of these complaints that a viewer may see."""
    seen = select(Complaint.id, Complaint.reference).where(Complaint.id.in_(ids), visible(viewer))
    return {row.id: row.reference for row in db.session.execute(seen)}


def may_open_receipt(_source: str, viewer: Viewer) -> bool:
    """Who may read a receipt at the desk: it names the reporter, whom only those who decide on
    complaints may know."""
    return viewer is SYSTEM or viewer.can(Permission.TRIAGE_COMPLAINTS)
