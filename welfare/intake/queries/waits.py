"""The times in which the office waited for a filer's answer: they do not count on the deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.deadlines import Pause
from welfare.intake.models import ComplaintEvent, ComplaintEventKind

_ENDS = frozenset(
    {
        ComplaintEventKind.ANSWERED,
        ComplaintEventKind.ACCEPTED,
        ComplaintEventKind.REFERRED,
        ComplaintEventKind.DECLINED,
        ComplaintEventKind.WITHDRAWN,
        ComplaintEventKind.RETURNED,
    }
)


def waits_in(history: Iterable[tuple[datetime, ComplaintEventKind]]) -> list[Pause]:
    """From each question to the answer or decision after it; the last one may still be open."""
    waits: list[Pause] = []
    for at, kind in history:
        waiting = bool(waits) and waits[-1][1] is None
        if kind is ComplaintEventKind.ASKED and not waiting:
            waits.append((at, None))
        elif kind in _ENDS and waiting:
            waits[-1] = (waits[-1][0], at)
    return waits


def waits_of(complaint_id: int) -> list[Pause]:
    """The waits of a complaint, oldest first."""
    rows = db.session.execute(
        select(ComplaintEvent.at, ComplaintEvent.kind)
        .where(ComplaintEvent.complaint_id == complaint_id)
        .order_by(ComplaintEvent.id)
    )
    return waits_in((row.at, row.kind) for row in rows)
