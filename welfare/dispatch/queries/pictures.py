"""Which visit a picture belongs to."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from welfare.cases.models import Case
from welfare.cases.queries.rights import can_see, visible_to
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile
from welfare.dispatch.models import Visit, VisitPhoto
from welfare.dispatch.policies import can_see_visit

_Full = aliased(StoredFile)
_Small = aliased(StoredFile)


def visit_of_picture(public_id: str, *, viewer: Viewer) -> str | None:
    """The number of the visit that a picture (or its thumbnail) was taken at, if the viewer may
    open that visit."""
    row = db.session.execute(
        select(Visit.number, Visit.worker_id, Visit.status, Visit.case_id)
        .join(VisitPhoto, VisitPhoto.visit_id == Visit.id)
        .join(Case, Case.id == Visit.case_id)
        .join(_Full, _Full.id == VisitPhoto.file_id)
        .outerjoin(_Small, _Small.id == _Full.thumbnail_id)
        .where(or_(_Full.public_id == public_id, _Small.public_id == public_id), visible_to(viewer))
    ).first()
    if row is None:
        return None
    case = db.session.get(Case, row.case_id)
    if case is None or not can_see(viewer, case) or not can_see_visit(viewer, row, case):
        return None
    number: str = row.number
    return number


def may_see_visit_picture(public_id: str, viewer: Viewer) -> bool:
    """Whether the viewer may see a picture because it was taken at a visit that they may open."""
    return visit_of_picture(public_id, viewer=viewer) is not None
