"""What the office decides on a complaint, and taking a decision back.

Every verb checks the version that was seen, so that of two officers who decide at once the second
is told what the first did. Callers commit.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from welfare.cases.queries.categories import category_by_id
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.deadlines import deadline
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.intake.models import Complaint, ComplaintEvent, ComplaintEventKind
from welfare.intake.policies import can_triage, can_view, is_about
from welfare.intake.queries.waits import waits_of
from welfare.intake.workflow import ComplaintStatus, may_follow

ABOUT_STAFF = "staff_conduct"
"""The category of complaints about the office's own people."""


def ask(*, actor: Viewer, reference: str, version: int, question: str) -> None:
    """Ask the filer for more; the deadline stands still until the answer comes."""
    complaint = load_to_decide(actor, reference, version, ComplaintStatus.NEEDS_INFO)
    if complaint.status is not ComplaintStatus.NEEDS_INFO:
        complaint.paused_at = clock.now()
    complaint.status = ComplaintStatus.NEEDS_INFO
    settle(actor, complaint, ComplaintEventKind.ASKED, question)
    outbox.publish("complaint.asked", {"reference": reference})


def refer(
    *, actor: Viewer, reference: str, version: int, agency: str, agency_name: str, text: str
) -> None:
    """Refer the matter to another agency; ``text`` is what the filer reads."""
    complaint = load_to_decide(actor, reference, version, ComplaintStatus.REFERRED)
    _end(actor, complaint, ComplaintStatus.REFERRED, text)
    data = {"agency": agency, "agency_name": agency_name}
    settle(actor, complaint, ComplaintEventKind.REFERRED, text, data)
    outbox.publish("complaint.referred", {"reference": reference})


def decline(*, actor: Viewer, reference: str, version: int, reason: str) -> None:
    """Do not take the matter up; ``reason`` is what the filer reads."""
    complaint = load_to_decide(actor, reference, version, ComplaintStatus.DECLINED)
    _end(actor, complaint, ComplaintStatus.DECLINED, reason)
    settle(actor, complaint, ComplaintEventKind.DECLINED, reason)
    outbox.publish("complaint.declined", {"reference": reference})


def take_back(*, actor: Viewer, reference: str, version: int, reason: str) -> None:
    """Take back that a complaint was declined or referred; it waits to be decided again.

    The reason is for the office; the filer reads that the office looks into it again. The
    deadline counts on as if nothing had been decided.
    """
    complaint = load_to_decide(actor, reference, version, ComplaintStatus.SUBMITTED)
    was = complaint.status
    complaint.status = ComplaintStatus.SUBMITTED
    complaint.decided_at, complaint.decided_by_id, complaint.decision_text = None, None, ""
    category = category_by_id(complaint.category_id)
    if category is not None:
        waits = waits_of(complaint.id)
        due = deadline(complaint.filed_at, category.due_working_days, waits)
        complaint.due_at = due.due_at
    settle(actor, complaint, ComplaintEventKind.RETURNED, "", {"was": was.value})
    append_line(actor, complaint, ComplaintEventKind.NOTE, reason, public=False)
    outbox.publish("complaint.returned", {"reference": reference})


def load_complaint(actor: Viewer, reference: str, version: int | None) -> Complaint:
    """The complaint, locked; ``NotFound`` when the actor may not see it, ``StaleRecord`` when it
    was changed since ``version`` was read (``None``: whatever version)."""
    complaint = db.session.scalar(
        select(Complaint)
        .where(Complaint.reference == reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if complaint is None or not can_view(actor, complaint):
        raise NotFound
    if version is not None and complaint.version != version:
        current = {"status": complaint.status.value, "decision_text": complaint.decision_text}
        raise StaleRecord(version=complaint.version, current=current)
    return complaint


def load_to_decide(
    actor: Viewer, reference: str, version: int, after: ComplaintStatus
) -> Complaint:
    """The complaint if the actor may take it to a state. ``Forbidden`` without the right, and for
    whom a complaint about staff names; ``Refused`` when its state does not allow it."""
    complaint = load_complaint(actor, reference, None)
    if not can_triage(actor, complaint):
        raise Forbidden
    category = category_by_id(complaint.category_id)
    about_staff = category is not None and category.code == ABOUT_STAFF
    if about_staff and is_about(actor, f"{complaint.description} {complaint.subject_name}"):
        raise Refused(_("This complaint names you. Please let somebody else decide on it."))
    load_complaint(actor, reference, version)
    again = after is complaint.status is ComplaintStatus.NEEDS_INFO
    if not again and not may_follow(complaint.status, after):
        raise Refused(_("The request is in another state by now, so this is no longer possible."))
    return complaint


def settle(
    actor: Viewer,
    complaint: Complaint,
    kind: ComplaintEventKind,
    text: str,
    data: dict[str, Any] | None = None,
) -> None:
    """Note a decision in the audit and, for its filer to read, in the history; flush."""
    audit.record(
        actor, f"complaint.{kind.value}", "complaint", complaint.reference,
        {**audit.changes_of(complaint), **(data or {})},
    )  # fmt: skip
    append_line(actor, complaint, kind, text, public=True, data=data)
    db.session.flush()


def append_line(
    actor: Viewer,
    complaint: Complaint,
    kind: ComplaintEventKind,
    text: str,
    *,
    public: bool,
    data: dict[str, Any] | None = None,
) -> None:
    """Append a line to the history of a complaint."""
    db.session.add(
        ComplaintEvent(
            complaint_id=complaint.id,
            at=clock.now(),
            kind=kind,
            actor_id=actor.user_id or None,
            public=public,
            text=text,
            data=data or {},
        )
    )


def _end(actor: Viewer, complaint: Complaint, status: ComplaintStatus, text: str) -> None:
    decided(actor, complaint, status)
    complaint.decision_text = text


def decided(actor: Viewer, complaint: Complaint, status: ComplaintStatus) -> None:
    """Put down that the actor decided now."""
    complaint.status = status
    complaint.paused_at = None
    complaint.decided_at = clock.now()
    complaint.decided_by_id = actor.user_id or None
