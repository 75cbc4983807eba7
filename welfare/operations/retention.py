"""What need not be kept is removed: the short-lived traces of forms, sign-ins and messages.

Complaints, cases and the registry are official documents (kept ten years and more: Regulation on
Records 2526, item 57); the program is younger than that, so none of them can be due yet.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Delete, Update, delete, func, select, update

from welfare.accounts.models import StaffSession
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.security.models import AttemptWindow, HeldForm, OneTimeKey
from welfare.core.security.permissions import SYSTEM
from welfare.households.services.imports.keeping import clear_old
from welfare.messages.models import Message

SESSIONS_KEPT = timedelta(days=90)
"""Traffic data: at least 90 days (Computer Crime Act 2550, section 26)."""
ADDRESSES_KEPT = timedelta(days=90)
FORMS_KEPT = timedelta(days=2)


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
