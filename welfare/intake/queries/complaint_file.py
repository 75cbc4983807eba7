"""Everything that the page of one complaint shows of the complaint itself, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.queries.categories import category_by_id
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.deadlines import Deadline, deadline
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.phones import mask_phone
from welfare.core.workdays import working_days_between
from welfare.intake.models import Complaint, ComplaintEvent, ComplaintEventKind, Reporter
from welfare.intake.policies import can_reveal, can_triage, visible
from welfare.intake.queries.likeness import Matter
from welfare.intake.queries.photos import PhotoRow, photos_of
from welfare.intake.queries.waits import waits_in
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus, Relationship

_Filer, _Decider, _Teller = aliased(User), aliased(User), aliased(User)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the complaint's history. ``public``: its filer reads the text."""

    at: datetime
    kind: ComplaintEventKind
    who: str
    public: bool
    text: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReporterCard:
    """Who filed; telephone and e-mail are masked, the name is empty for who may not see it."""

    name: str
    phone: str
    email: str
    relationship: Relationship


@dataclass(frozen=True, slots=True)
class DeadlineLeft:
    """How the deadline came about and how many working days of it are left (none when late)."""

    reckoned: Deadline
    left: int
    paused: bool


@dataclass(frozen=True, slots=True)
class ComplaintFile:
    """One complaint for somebody who may read it."""

    id: int
    reference: str
    version: int
    kind: ComplaintKind
    category_id: int
    description: str
    subject_name: str
    subject_phone: str
    house_no: str
    village_no: int | None
    landmark: str
    lat: float | None
    lng: float | None
    anonymous: bool
    consent: bool
    channel: Channel
    language: str
    filed_by: str
    filed_at: datetime
    status: ComplaintStatus
    priority: Priority
    sensitivity: Sensitivity
    acknowledge_by: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    decided_by: str
    decision_text: str
    case_number: str | None
    case_status: CaseStatus | None
    household_id: int | None
    person_id: int | None
    reporter: ReporterCard | None
    lines: tuple[Line, ...]
    photos: tuple[PhotoRow, ...]
    clock: DeadlineLeft | None
    matter: Matter
    plain_phone: str | None
    may_decide: bool
    may_reveal: bool

    @property
    def undecided(self) -> bool:
        """Whether a decision can be made."""
        return self.status in (ComplaintStatus.SUBMITTED, ComplaintStatus.NEEDS_INFO)

    @property
    def question(self) -> str:
        """What the office asks, while it waits for the answer."""
        if self.status is not ComplaintStatus.NEEDS_INFO:
            return ""
        asked = [line.text for line in self.lines if line.kind is ComplaintEventKind.ASKED]
        return asked[-1] if asked else ""


def complaint_file(reference: str, *, viewer: Viewer) -> ComplaintFile:
    """The complaint with this number; ``NotFound`` when there is none that the viewer may see."""
    row = db.session.execute(
        select(
            Complaint, Reporter, _Filer.display_name, _Decider.display_name, Case.number,
            Case.status,
        )
        .outerjoin(Reporter, Reporter.complaint_id == Complaint.id)
        .outerjoin(_Filer, _Filer.id == Complaint.filed_by_id)
        .outerjoin(_Decider, _Decider.id == Complaint.decided_by_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(Complaint.reference == reference, visible(viewer))
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    one, reporter, filer, decider, case_number, case_status = row
    lines = lines_of(one.id)
    photos = photos_of(one.id) if any(line.data.get("photos") for line in lines) else []
    return ComplaintFile(
        id=one.id, reference=one.reference, version=one.version, kind=one.kind,
        category_id=one.category_id, description=one.description, subject_name=one.subject_name,
        subject_phone=mask_phone(one.subject_phone) if one.subject_phone else "",
        house_no=one.house_no, village_no=one.village_no, landmark=one.landmark, lat=one.lat,
        lng=one.lng, anonymous=one.anonymous, consent=one.consent, channel=one.channel,
        language=one.language, filed_by=filer or "", filed_at=one.filed_at, status=one.status,
        priority=one.priority, sensitivity=one.sensitivity, acknowledge_by=one.acknowledge_by,
        due_at=one.due_at, decided_at=one.decided_at, decided_by=decider or "",
        decision_text=one.decision_text, case_number=case_number, case_status=case_status,
        household_id=one.household_id, person_id=one.person_id,
        reporter=_reporter(reporter, viewer), lines=lines, photos=tuple(photos),
        clock=_clock(one, lines), matter=_matter(one, reporter), plain_phone=one.subject_phone,
        may_decide=can_triage(viewer, one), may_reveal=can_reveal(viewer, one),
    )  # fmt: skip


def lines_of(complaint_id: int) -> tuple[Line, ...]:
    """The history of a complaint that the caller was already allowed to see, oldest first."""
    rows = db.session.execute(
        select(ComplaintEvent, _Teller.display_name)
        .outerjoin(_Teller, _Teller.id == ComplaintEvent.actor_id)
        .where(ComplaintEvent.complaint_id == complaint_id)
        .order_by(ComplaintEvent.id)
    )
    return tuple(
        Line(event.at, event.kind, who or "", event.public, event.text, event.data or {})
        for event, who in rows
    )


def _reporter(reporter: Reporter | None, viewer: Viewer) -> ReporterCard | None:
    if reporter is None:
        return None
    email = reporter.email or ""
    name, at, domain = email.partition("@")
    knows = viewer.can(Permission.TRIAGE_COMPLAINTS)
    return ReporterCard(
        name=(reporter.name or "") if knows else "",
        phone=mask_phone(reporter.phone) if reporter.phone else "",
        email=f"{name[:1]}•••{at}{domain}" if email else "",
        relationship=reporter.relationship,
    )


def _matter(one: Complaint, reporter: Reporter | None) -> Matter:
    return Matter(
        one.filed_at, one.category_id, one.description, one.subject_name, one.house_no,
        one.village_no, one.lat, one.lng, one.subject_phone_index,
        reporter.phone_index if reporter else None, one.household_id, one.person_id,
    )  # fmt: skip


def _clock(one: Complaint, lines: tuple[Line, ...]) -> DeadlineLeft | None:
    category = category_by_id(one.category_id)
    if category is None or one.due_at is None:
        return None
    waits = waits_in((line.at, line.kind) for line in lines)
    reckoned = deadline(one.filed_at, category.due_working_days, waits)
    closed = frozenset(day for day, _name in reckoned.closed)
    left = working_days_between(clock.today(), reckoned.due_on, closed)
    return DeadlineLeft(reckoned, max(left, 0), bool(one.paused_at))
