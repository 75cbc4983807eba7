"""Whether a viewer may look at a picture, because it is attached to a case they may see."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.models import Case
from welfare.cases.policies import visible_to
from welfare.cases.queries.works import picture_of_case
from welfare.core.db import db
from welfare.core.security.permissions import Viewer


def may_see_picture(public_id: str, viewer: Viewer) -> bool:
    """For the blueprint that serves pictures: true where this one hangs on a visible case."""
    case_id = picture_of_case(public_id)
    if case_id is None:
        return False
    seen = select(Case.id).where(Case.id == case_id, visible_to(viewer))
    return db.session.scalar(seen) is not None
