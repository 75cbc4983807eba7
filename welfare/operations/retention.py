"""What need not be kept is removed: the short-lived traces of forms, sign-ins and messages.

Complaints, cases and the registry are official documents (kept ten years and more: Regulation on
Records 2526, item 57); the program is younger than that, so none of them can be due yet.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Delete, Update, delete, func, or_, select, update

from welfare.accounts.models import StaffSession
from welfare.cases.models import Case, DeadlineNotice, Escalation, RuleFiring
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.security.models import AttemptWindow, HeldForm, OneTimeKey
from welfare.core.security.permissions import SYSTEM
from welfare.households.services.imports.keeping import clear_old
from welfare.intake.models import Complaint
from welfare.messages.models import Message

SESSIONS_KEPT = timedelta(days=90)
"""Traffic data: at least 90 days (Computer Crime Act 2550, section 26)."""
ADDRESSES_KEPT = timedelta(days=90)
FORMS_KEPT = timedelta(days=2)


NOTICES_KEPT = timedelta(days=400)
"""What was told and read, or concerns what is closed: a fiscal year, and time to look back. What
the rules did stays on the timeline of each case and in the audit."""


def _of_notices(now: datetime) -> dict[str, Delete]:
    """Notices, and what rules did of cases and requests that are closed.

    What is open keeps it: it says that a rule has fired, so that it does not fire again.
    """
    past = now - NOTICES_KEPT
    closed = select(Case.id).where(Case.closed_at < past)
    read = (DeadlineNotice.read_at < past) | DeadlineNotice.case_id.in_(closed)
    kept = select(DeadlineNotice.id).where(DeadlineNotice.escalation_id == Escalation.id)
    answered = select(Complaint.reference).where(Complaint.decided_at < past)
    of_closed = or_(
        RuleFiring.case_id.in_(closed),
        RuleFiring.reference.in_(answered),
        RuleFiring.case_id.is_(None) & (RuleFiring.reference == ""),
    )
    return {
        "messages of staff": delete(Message).where(
            Message.user_id.is_not(None), Message.read_at < past
        ),
        "e-mails of staff": delete(Message).where(
            Message.user_id.is_not(None), Message.channel == "email", Message.created_at < past
        ),
        "notices of deadlines": delete(DeadlineNotice).where(DeadlineNotice.made_at < past, read),
        "escalations": delete(Escalation).where(
            Escalation.fired_at < past, Escalation.case_id.in_(closed), ~kept.exists()
        ),
        "firings of rules": delete(RuleFiring).where(RuleFiring.at < past, of_closed),
    }


def run_retention(*, dry_run: bool) -> dict[str, int]:
    """Remove what is past its time and say how much of what; with ``dry_run`` only count."""
    now = clock.now()
    rules: dict[str, Delete | Update] = {
        "one-time keys": delete(OneTimeKey).where(OneTimeKey.created_at < now - FORMS_KEPT),
        "held forms": delete(HeldForm).where(HeldForm.created_at < now - FORMS_KEPT),
        "attempt windows": delete(AttemptWindow).where(
            AttemptWindow.window_start < now - FORMS_KEPT
        ),
        "sessions": delete(StaffSession).where(StaffSession.expires_at < now - SESSIONS_KEPT),
        "addresses of messages": update(Message)
        .where(Message.address.is_not(None), Message.created_at < now - ADDRESSES_KEPT)
        .values(address=None),
    }
    rules |= _of_notices(now)
    counts = {}
    for name, statement in rules.items():
        where = statement.whereclause
        table = statement.table
        counting = select(func.count()).select_from(table)
        if where is not None:
            counting = counting.where(where)
        counts[name] = db.session.scalar(counting) or 0
        if not dry_run:
            db.session.execute(statement)
    counts["files and rows of imports"] = clear_old(dry_run=dry_run)
    if not dry_run:
        audit.record(SYSTEM, "retention.run", "municipality", "1", counts)
    return counts
