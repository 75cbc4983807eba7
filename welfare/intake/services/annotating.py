"""What staff write beside a complaint: notes, links to the registry; and showing a contact."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Viewer
from welfare.core.thai.phones import format_phone
from welfare.households.queries import Ref
from welfare.intake.models import Complaint, ComplaintEventKind, Reporter
from welfare.intake.policies import can_annotate, can_reveal, can_triage
from welfare.intake.services.accepting import household_named, person_named
from welfare.intake.services.triage import append_line, load_complaint


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts in full, as they were revealed to somebody."""

    subject_phone: str
    reporter_phone: str
    reporter_email: str


def note(*, actor: Viewer, reference: str, text: str) -> None:
    """Write an internal note; nobody outside the office reads it. The caller commits."""
    complaint = load_complaint(actor, reference, None)
    if not can_annotate(actor, complaint):
        raise Forbidden
    append_line(actor, complaint, ComplaintEventKind.NOTE, text, public=False)
    audit.record(actor, "complaint.noted", "complaint", reference, {"length": len(text)})
    db.session.flush()


def link(
    *, actor: Viewer, reference: str, version: int, household: str = "", person: str = ""
) -> None:
    """Say which household and person a complaint is about, by their numbers; empty: not known.

    The person's home is taken where no household is named. The caller commits.
    """
    complaint = load_complaint(actor, reference, None)
    if not can_triage(actor, complaint):
        raise Forbidden
    load_complaint(actor, reference, version)
    house, who = household_named(actor, household), person_named(actor, person)
    if set_links(complaint, house, who):
        changes = audit.changes_of(complaint)
        audit.record(actor, "complaint.linked", "complaint", reference, changes)
        data = {"household": house.number if house else "", "person": who.number if who else ""}
        append_line(actor, complaint, ComplaintEventKind.LINKED, "", public=False, data=data)
    db.session.flush()


def set_links(complaint: Complaint, house: Ref | None, who: Ref | None) -> bool:
    """Put the links into the record; whether anything changed."""
    before = complaint.household_id, complaint.person_id
    complaint.household_id = house.id if house else None
    complaint.person_id = who.id if who else None
    return before != (complaint.household_id, complaint.person_id)


def reveal_contacts(*, actor: Viewer, reference: str) -> Contacts:
    """Telephones and e-mail in full for who holds the right; each time is noted in the audit.

    The caller commits before it shows them.
    """
    complaint = load_complaint(actor, reference, None)
    if not can_reveal(actor, complaint):
        raise Forbidden
    reporter = db.session.scalar(select(Reporter).where(Reporter.complaint_id == complaint.id))
    audit.record(actor, "complaint.revealed", "complaint", reference, {"what": "contacts"})
    return Contacts(
        subject_phone=format_phone(complaint.subject_phone) if complaint.subject_phone else "",
        reporter_phone=format_phone(reporter.phone) if reporter and reporter.phone else "",
        reporter_email=(reporter.email or "") if reporter else "",
    )
