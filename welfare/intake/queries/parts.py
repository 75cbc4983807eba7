"""What intake puts on the pages of other domains: the complaints of a case, a house, a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from welfare.cases.models import Case
from welfare.cases.queries.rights import visible_to
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage import StoredFile
from welfare.core.thai.phones import mask_phone
from welfare.intake.models import Complaint, ComplaintPhoto, Reporter
from welfare.intake.policies import visible
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus, Relationship

AT_MOST = 20
_Small = aliased(StoredFile)


@dataclass(frozen=True, slots=True)
class CaseComplaint:
    """A complaint as the page of its case shows it. ``linked``: the viewer may open it.

    The filer's name is there for who may open it; the telephone is masked.
    """

    reference: str
    kind: ComplaintKind
    category_id: int
    description: str
    subject_name: str
    landmark: str
    channel: Channel
    anonymous: bool
    consent: bool
    filed_at: datetime
    status: ComplaintStatus
    filer: str
    filer_phone: str
    relationship: Relationship | None
    photos: tuple[tuple[str, str], ...]
    """Public ids of pictures and of their thumbnails."""
    linked: bool


@dataclass(frozen=True, slots=True)
class HomeComplaint:
    """A complaint about a house or person, in one line."""

    reference: str
    category_id: int
    subject_name: str
    excerpt: str
    filed_at: datetime
    status: ComplaintStatus
    case_number: str | None


def complaints_of_case(case_id: int, *, viewer: Viewer) -> list[CaseComplaint]:
    """The complaints joined to a case, newest first, for somebody who may see that case."""
    may_open = viewer.can(Permission.VIEW_COMPLAINTS)
    connection = db.session.connection()
    rows = connection.execute(_of_case(viewer), {"case_id": case_id}).all()
    photos = _photos([one.id for one in rows])
    return [_line(one, photos.get(one.id, ()), may_open) for one in rows]


@lru_cache(maxsize=200)
def _of_case(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Built once a viewer, of columns: the page of a case asks this each time."""
    return (
        select(
            Complaint.id,
            Complaint.reference,
            Complaint.kind,
            Complaint.category_id,
            Complaint.description,
            Complaint.subject_name,
            Complaint.landmark,
            Complaint.channel,
            Complaint.anonymous,
            Complaint.consent,
            Complaint.filed_at,
            Complaint.status,
            Reporter.name.label("filer"),
            Reporter.phone.label("filer_phone"),
            Reporter.relationship,
        )
        .join(Case, Case.id == Complaint.case_id)
        .outerjoin(Reporter, Reporter.complaint_id == Complaint.id)
        .where(Complaint.case_id == bindparam("case_id"), visible_to(viewer))
        .order_by(Complaint.id.desc())
        .limit(AT_MOST)
    )


def _line(
    one: Row[*tuple[Any, ...]], photos: tuple[tuple[str, str], ...], may_open: bool
) -> CaseComplaint:
    return CaseComplaint(
        reference=one.reference,
        kind=one.kind,
        category_id=one.category_id,
        description=one.description,
        subject_name=one.subject_name,
        landmark=one.landmark,
        channel=one.channel,
        anonymous=one.anonymous,
        consent=one.consent,
        filed_at=one.filed_at,
        status=one.status,
        filer=(one.filer or "") if may_open else "",
        filer_phone=mask_phone(one.filer_phone) if one.filer_phone else "",
        relationship=one.relationship,
        photos=photos,
        linked=may_open,
    )


_PHOTOS = (
    select(ComplaintPhoto.complaint_id, StoredFile.public_id, _Small.public_id.label("small"))
    .join(StoredFile, StoredFile.id == ComplaintPhoto.file_id)
    .outerjoin(_Small, _Small.id == StoredFile.thumbnail_id)
    .where(ComplaintPhoto.complaint_id.in_(bindparam("ids", expanding=True)))
    .order_by(ComplaintPhoto.position, ComplaintPhoto.id)
)


def _photos(complaint_ids: list[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    if not complaint_ids:
        return {}
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for row in db.session.connection().execute(_PHOTOS, {"ids": complaint_ids}):
        pair = (row.public_id, row.small or row.public_id)
        found[row.complaint_id] = (*found.get(row.complaint_id, ()), pair)
    return found


def complaints_of_home(
    *, household_id: int | None, person_id: int | None, viewer: Viewer
) -> list[HomeComplaint] | None:
    """The complaints about a house or person that the viewer may read, newest first; ``None``
    when there is none."""
    if not viewer.can(Permission.VIEW_COMPLAINTS):
        return None
    here = [
        column == given
        for column, given in (
            (Complaint.household_id, household_id),
            (Complaint.person_id, person_id),
        )
        if given is not None
    ]
    if not here:
        return None
    rows = db.session.execute(
        select(
            Complaint.reference, Complaint.category_id, Complaint.subject_name,
            Complaint.description, Complaint.filed_at, Complaint.status, Case.number,
        )
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(or_(*here), visible(viewer))
        .order_by(Complaint.id.desc())
        .limit(AT_MOST)
    )  # fmt: skip
    lines = [HomeComplaint(*row[:3], " ".join(row[3].split())[:120], *row[4:]) for row in rows]
    return lines or None


def may_see_case_picture(public_id: str, viewer: Viewer) -> bool:
    """Whether a picture belongs to a complaint of a case that the viewer may see: the worker who
    visits sees what was handed in."""
    found = db.session.scalar(
        select(Complaint.id)
        .join(ComplaintPhoto, ComplaintPhoto.complaint_id == Complaint.id)
        .join(StoredFile, StoredFile.id == ComplaintPhoto.file_id)
        .outerjoin(_Small, _Small.id == StoredFile.thumbnail_id)
        .join(Case, Case.id == Complaint.case_id)
        .where(
            or_(StoredFile.public_id == public_id, _Small.public_id == public_id),
            visible_to(viewer),
        )
    )
    return found is not None
