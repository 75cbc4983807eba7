"""Closed days were changed: what was promised to those who filed is reckoned anew."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import or_, select

from welfare.cases.queries.categories import category_by_id
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.deadlines import closures_for, reckoned
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM
from welfare.intake.models import Complaint, ComplaintEventKind
from welfare.intake.queries.waits import waits_of
from welfare.intake.services.triage import append_line
from welfare.intake.workflow import ComplaintStatus

UNDECIDED = (ComplaintStatus.SUBMITTED, ComplaintStatus.NEEDS_INFO)


def reckon_promises(days: list[date]) -> tuple[int, int]:
    """Reckon the deadlines of undecided requests on which these days may bear; each is committed
    for itself. How many were looked at, and how many moved."""
    since = datetime.combine(min(days), time(), clock.BANGKOK)
    ids = list(
        db.session.scalars(
            select(Complaint.id)
            .where(Complaint.status.in_(UNDECIDED))
            .where(or_(Complaint.acknowledge_by >= since, Complaint.due_at >= since))
            .order_by(Complaint.id)
        )
    )
    db.session.rollback()
    return len(ids), sum(_reckon(complaint_id) for complaint_id in ids)


def _reckon(complaint_id: int) -> bool:
    complaint = db.session.scalar(
        select(Complaint)
        .where(Complaint.id == complaint_id, Complaint.status.in_(UNDECIDED))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    category = category_by_id(complaint.category_id) if complaint else None
    if complaint is None or category is None:
        db.session.rollback()
        return False
    start, waits = complaint.filed_at, waits_of(complaint.id)
    longest = max(category.acknowledge_days, category.due_working_days)
    closures = closures_for(start, longest, waits)
    acknowledge = reckoned(start, category.acknowledge_days, closures)
    due = reckoned(start, category.due_working_days, closures, waits)
    before = (complaint.acknowledge_by, complaint.due_at)
    waiting = complaint.status is ComplaintStatus.NEEDS_INFO
    after = (acknowledge.due_at, complaint.due_at if waiting else due.due_at)
    if before == after:
        db.session.rollback()
        return False
    complaint.acknowledge_by, complaint.due_at = after
    audit.record(
        SYSTEM, "complaint.deadline_reckoned", "complaint", complaint.reference,
        audit.changes_of(complaint),
    )  # fmt: skip
    append_line(
        SYSTEM, complaint, ComplaintEventKind.NOTE,
        _("Closed days were changed, so the deadline was reckoned anew."), public=False,
        data={"reckoned": [moment.isoformat() if moment else "" for moment in (*before, *after)]},
    )  # fmt: skip
    db.session.commit()
    return True
