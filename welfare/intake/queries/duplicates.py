"""Other complaints beside one: likely duplicates with the reason why, earlier ones, nearby ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, union

from welfare.cases.models import Case
from welfare.cases.workflow import ENDED
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.intake.models import Complaint, Reporter
from welfare.intake.policies import visible
from welfare.intake.queries.likeness import Likeness, Matter, likeness, neighbouring
from welfare.intake.workflow import ComplaintStatus

SHOWN = 8
NEARBY_FOR = timedelta(days=90)
_BY_KEY, _BY_VILLAGE = 30, 300
"""How many of the newest are compared: of those that share a key, and of the same village."""


@dataclass(frozen=True, slots=True)
class RelatedComplaint:
    """Another complaint and how it is like the one at hand."""

    reference: str
    category_id: int
    subject_name: str
    house_no: str
    village_no: int | None
    excerpt: str
    filed_at: datetime
    status: ComplaintStatus
    case_number: str | None
    case_open: bool
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Related:
    """Other complaints, each in one list only, the likeliest or newest first."""

    duplicates: tuple[RelatedComplaint, ...] = ()
    earlier: tuple[RelatedComplaint, ...] = ()
    nearby: tuple[RelatedComplaint, ...] = ()


def related_complaints(
    complaint_id: int, matter: Matter, *, viewer: Viewer, person_ids: Iterable[int] = ()
) -> Related:
    """What else was filed about this person, this house, this neighbourhood; one statement."""
    keys = _keys(matter, [*person_ids])
    if not keys:
        return Related()
    candidates = union(*(select(part.subquery().c.id) for part in keys)).subquery()
    rows = db.session.execute(
        select(
            Complaint.filed_at, Complaint.category_id, Complaint.description,
            Complaint.subject_name, Complaint.house_no, Complaint.village_no, Complaint.lat,
            Complaint.lng, Complaint.subject_phone_index, Reporter.phone_index,
            Complaint.household_id, Complaint.person_id, Complaint.reference, Complaint.status,
            Case.number, Case.status.label("case_status"),
        )
        .join(candidates, candidates.c.id == Complaint.id)
        .outerjoin(Reporter, Reporter.complaint_id == Complaint.id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(Complaint.id != complaint_id, visible(viewer))
    )  # fmt: skip
    return _sorted_out(matter, [_row(matter, row) for row in rows])


def _keys(matter: Matter, person_ids: list[int]) -> list[Select[*tuple[Any, ...]]]:
    """The ways to find candidates, each on an index and cut to the newest."""
    newest = select(Complaint.id).order_by(Complaint.id.desc())
    phones = [phone for phone in (matter.subject_phone, matter.reporter_phone) if phone]
    ways = []
    if phones:
        ways.append(newest.where(Complaint.subject_phone_index.in_(phones)).limit(_BY_KEY))
        ways.append(
            select(Reporter.complaint_id.label("id"))
            .where(Reporter.phone_index.in_(phones))
            .order_by(Reporter.complaint_id.desc())
            .limit(_BY_KEY)
        )
    if person_ids:
        ways.append(newest.where(Complaint.person_id.in_(person_ids)).limit(_BY_KEY))
    if matter.household_id is not None:
        ways.append(newest.where(Complaint.household_id == matter.household_id).limit(_BY_KEY))
    if matter.village_no is not None:
        village = Complaint.village_no == matter.village_no
        ways.append(newest.where(village).limit(_BY_VILLAGE))
        if matter.house_no:
            ways.append(newest.where(village, Complaint.house_no == matter.house_no).limit(_BY_KEY))
    else:
        ways.append(newest.where(Complaint.category_id == matter.category_id).limit(_BY_VILLAGE))
    return ways


def _row(matter: Matter, row: Any) -> tuple[Matter, RelatedComplaint]:
    other = Matter(*row[:12])
    words = " ".join(row.description.split())
    return other, RelatedComplaint(
        reference=row.reference,
        category_id=row.category_id,
        subject_name=row.subject_name,
        house_no=row.house_no,
        village_no=row.village_no,
        excerpt=words[:120] + ("…" if len(words) > 120 else ""),
        filed_at=row.filed_at,
        status=row.status,
        case_number=row.number,
        case_open=row.case_status is not None and row.case_status not in ENDED,
        likeness=likeness(matter, other),
    )


def _sorted_out(matter: Matter, found: list[tuple[Matter, RelatedComplaint]]) -> Related:
    found.sort(key=lambda pair: (-pair[1].likeness.score, -pair[1].filed_at.timestamp()))
    duplicates, earlier, nearby = [], [], []
    for other, row in found:
        if row.likeness.likely_duplicate:
            duplicates.append(row)
        elif row.likeness.same_house_or_person:
            earlier.append(row)
        elif _close_by(matter, other, row.likeness):
            nearby.append(row)
    earlier.sort(key=lambda row: row.filed_at, reverse=True)
    nearby.sort(key=lambda row: row.filed_at, reverse=True)
    return Related(tuple(duplicates[:SHOWN]), tuple(earlier[:SHOWN]), tuple(nearby[:5]))


def _close_by(matter: Matter, other: Matter, likeness: Likeness) -> bool:
    if abs(matter.filed_at - other.filed_at) > NEARBY_FOR:
        return False
    if likeness.metres is not None:
        return likeness.metres <= 300
    same_village = matter.village_no is not None and matter.village_no == other.village_no
    return same_village and neighbouring(matter.house_no, other.house_no)
