"""What a volunteer or member of staff filed for others, as a citizen would see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from welfare.cases.models import Case, Category
from welfare.cases.workflow import CaseStatus
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.intake.models import Complaint
from welfare.intake.policies import filed_by
from welfare.intake.queries.stages import Stage, stage_of
from welfare.intake.workflow import ComplaintStatus

PAGE = 50


@dataclass(frozen=True, slots=True)
class MyFiling:
    """One filing: its number, kind of trouble, day and how far it is."""

    reference: str
    category_th: str
    category_en: str
    subject_name: str
    village_no: int | None
    filed_at: datetime
    status: ComplaintStatus
    case_status: CaseStatus | None

    @property
    def stage(self) -> Stage:
        """How far it is, in the citizen's words."""
        return stage_of(self.status, self.case_status)


def my_filings(*, viewer: Viewer) -> list[MyFiling]:
    """The newest filings of the viewer."""
    rows = db.session.execute(
        select(
            Complaint.reference,
            Category.name_th,
            Category.name_en,
            Complaint.subject_name,
            Complaint.village_no,
            Complaint.filed_at,
            Complaint.status,
            Case.status,
        )
        .join(Category, Category.id == Complaint.category_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(filed_by(viewer))
        .order_by(Complaint.id.desc())
        .limit(PAGE)
    )
    return [MyFiling(*row) for row in rows]


def is_mine(reference: str, *, viewer: Viewer) -> bool:
    """Whether the viewer filed this complaint for somebody."""
    found = db.session.scalar(
        select(Complaint.id).where(Complaint.reference == reference, filed_by(viewer))
    )
    return found is not None
