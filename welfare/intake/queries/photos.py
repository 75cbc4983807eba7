"""Finding the photos of a complaint, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile
from welfare.intake.models import Complaint, ComplaintPhoto
from welfare.intake.policies import visible

_Full = aliased(StoredFile)
_Small = aliased(StoredFile)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo of a complaint by the public ids of its file and thumbnail."""

    public_id: str
    thumbnail_id: str
    width: int
    height: int


def photos_of(complaint_id: int) -> list[PhotoRow]:
    """The photos of a complaint that the caller was already allowed to see."""
    rows = db.session.execute(
        select(_Full.public_id, _Small.public_id.label("thumb"), _Full.width, _Full.height)
        .join(ComplaintPhoto, ComplaintPhoto.file_id == _Full.id)
        .outerjoin(_Small, _Small.id == _Full.thumbnail_id)
        .where(ComplaintPhoto.complaint_id == complaint_id)
        .order_by(ComplaintPhoto.position, ComplaintPhoto.id)
    )
    return [
        PhotoRow(row.public_id, row.thumb or row.public_id, row.width or 0, row.height or 0)
        for row in rows
    ]


def complaint_of_picture(public_id: str, *, viewer: Viewer) -> str | None:
    """The reference of the complaint that a picture (or its thumbnail) belongs to, if the viewer
    may read that complaint."""
    return db.session.scalar(
        select(Complaint.reference)
        .join(ComplaintPhoto, ComplaintPhoto.complaint_id == Complaint.id)
        .join(_Full, _Full.id == ComplaintPhoto.file_id)
        .outerjoin(_Small, _Small.id == _Full.thumbnail_id)
        .where(or_(_Full.public_id == public_id, _Small.public_id == public_id), visible(viewer))
    )
