"""What a filer may know of a complaint: progress and public words, nothing else."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from welfare.cases.models import Category
from welfare.cases.queries.loading import CaseProgress, progress_of
from welfare.cases.workflow import Sensitivity
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.crypto import keyed_hash
from welfare.intake.facts import ReceiptFacts
from welfare.intake.models import Complaint, ComplaintEvent, ComplaintEventKind, Reporter
from welfare.intake.queries.stages import Stage, stage_of
from welfare.intake.workflow import ComplaintKind, ComplaintStatus

_NO_HASH = b"\0" * 32


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line of a complaint's history as its filer reads it."""

    at: datetime
    kind: ComplaintEventKind
    text: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Followed:
    """A complaint as its filer follows it; ``case`` is there once it was taken up."""

    reference: str
    kind: ComplaintKind
    category_th: str
    category_en: str
    description: str
    filed_at: datetime
    status: ComplaintStatus
    acknowledge_by: datetime | None
    due_at: datetime | None
    decision_text: str
    lines: tuple[PublicLine, ...]
    case: CaseProgress | None
    delicate: bool
    """Whether what it is about is better not read by somebody who looks over the shoulder."""

    def category(self, lang: str) -> str:
        """The kind of trouble in a language."""
        return self.category_en if lang == "en" else self.category_th

    @property
    def stage(self) -> Stage:
        """How far it is."""
        return stage_of(self.status, self.case.status if self.case else None)

    @property
    def question(self) -> str:
        """What the office asks, while it waits for the answer."""
        if self.status is not ComplaintStatus.NEEDS_INFO:
            return ""
        asked = [line.text for line in self.lines if line.kind is ComplaintEventKind.ASKED]
        return asked[-1] if asked else ""

    @property
    def helped(self) -> str:
        """The last answer to "did it help?": ``yes``, ``partly``, ``no`` or nothing."""
        said = [line for line in self.lines if line.kind is ComplaintEventKind.FEEDBACK]
        return str(said[-1].data.get("helped", "")) if said else ""


def secret_hash(reference: str, secret: str) -> bytes:
    """The form in which the secret of a complaint is kept: keyed, and bound to its reference."""
    return keyed_hash(f"{reference}:{secret}", purpose="complaint-secret")


def opens(reference: str, secret: str) -> bool:
    """Whether the secret opens the complaint; the same work is done when there is none."""
    kept = db.session.scalar(select(Complaint.secret_hash).where(Complaint.reference == reference))
    fits = hmac.compare_digest(bytes(kept or _NO_HASH), secret_hash(reference, secret))
    return fits and kept is not None


def followed(reference: str) -> Followed:
    """The complaint for the person who holds its secret; ``NotFound`` when there is none."""
    row = db.session.execute(
        select(
            Complaint.id,
            Complaint.reference,
            Complaint.kind,
            Category.name_th,
            Category.name_en,
            Category.sensitivity.label("usually"),
            Complaint.sensitivity,
            Complaint.description,
            Complaint.filed_at,
            Complaint.status,
            Complaint.acknowledge_by,
            Complaint.due_at,
            Complaint.decision_text,
            Complaint.case_id,
        )
        .join(Category, Category.id == Complaint.category_id)
        .where(Complaint.reference == reference)
    ).first()
    if row is None:
        raise NotFound
    case = None
    if row.case_id:
        case = progress_of([row.case_id], complaint_id=row.id).get(row.case_id)
    return Followed(
        reference=row.reference,
        kind=row.kind,
        category_th=row.name_th,
        category_en=row.name_en,
        description=row.description,
        filed_at=row.filed_at,
        status=row.status,
        acknowledge_by=row.acknowledge_by,
        due_at=row.due_at,
        decision_text=row.decision_text,
        lines=_lines(row.id),
        case=case,
        delicate={row.usually, row.sensitivity} != {Sensitivity.NORMAL},
    )


def _lines(complaint_id: int) -> tuple[PublicLine, ...]:
    rows = db.session.execute(
        select(ComplaintEvent.at, ComplaintEvent.kind, ComplaintEvent.text, ComplaintEvent.data)
        .where(ComplaintEvent.complaint_id == complaint_id, ComplaintEvent.public)
        .order_by(ComplaintEvent.id)
    )
    return tuple(PublicLine(row.at, row.kind, row.text, row.data or {}) for row in rows)


def receipt_facts(reference: str) -> ReceiptFacts:
    """What stands on the receipt of a complaint; for its filer only."""
    row = db.session.execute(
        select(
            Complaint.reference,
            Complaint.kind,
            Category.name_th,
            Category.name_en,
            Category.danger,
            Complaint.channel,
            Complaint.filed_at,
            Complaint.acknowledge_by,
            Complaint.due_at,
            Complaint.subject_name,
            Reporter.name,
            Complaint.house_no,
            Complaint.village_no,
            Complaint.landmark,
            Complaint.description,
            Complaint.anonymous,
            Complaint.sensitivity != Sensitivity.NORMAL,
        )
        .join(Category, Category.id == Complaint.category_id)
        .outerjoin(Reporter, Reporter.complaint_id == Complaint.id)
        .where(Complaint.reference == reference)
    ).first()
    if row is None:
        raise NotFound
    values = list(row)
    values[10] = values[10] or ""
    return ReceiptFacts(*values)
