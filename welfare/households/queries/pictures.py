"""Which house a picture belongs to, asked by whoever serves pictures."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage import StoredFile
from welfare.households.models import Household, HouseholdPhoto
from welfare.households.policies import in_area

_Full = aliased(StoredFile)
_Small = aliased(StoredFile)


def may_see_house_picture(public_id: str, viewer: Viewer) -> bool:
    """Whether a picture (or thumbnail) is one of a house whose page the viewer may open."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return False
    found = db.session.scalar(
        select(HouseholdPhoto.id)
        .join(Household, Household.id == HouseholdPhoto.household_id)
        .join(_Full, _Full.id == HouseholdPhoto.file_id)
        .outerjoin(_Small, _Small.id == _Full.thumbnail_id)
        .where(
            or_(_Full.public_id == public_id, _Small.public_id == public_id),
            HouseholdPhoto.removed_at.is_(None),
            in_area(viewer),
        )
        .limit(1)
    )
    return found is not None
