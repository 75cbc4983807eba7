"""Notices of deadlines on a desk: read by the one to whom they were made."""

from __future__ import annotations

from sqlalchemy import func, select, update

from welfare.cases.models import Case, DeadlineNotice
from welfare.cases.policies import visible_to
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer


def read_deadline_notice(*, actor: Viewer, notice_id: int) -> str | None:
    """Note that a notice was read, and with it those of the same case; the number of the case.

    ``None`` for a notice that is not the actor's, which is left alone, and for a case that they
    may not see any more.
    """
    case_id = db.session.scalar(
        update(DeadlineNotice)
        .where(DeadlineNotice.id == notice_id, DeadlineNotice.user_id == actor.user_id)
        .values(read_at=func.coalesce(DeadlineNotice.read_at, clock.now()))
        .returning(DeadlineNotice.case_id)
    )
    if case_id is None:
        return None
    db.session.execute(
        update(DeadlineNotice)
        .where(DeadlineNotice.case_id == case_id, DeadlineNotice.user_id == actor.user_id)
        .where(DeadlineNotice.read_at.is_(None))
        .values(read_at=clock.now())
    )
    return db.session.scalar(select(Case.number).where(Case.id == case_id, visible_to(actor)))


def read_all_notices(*, actor: Viewer) -> None:
    """Note that somebody has read every notice of a deadline on their desk."""
    db.session.execute(
        update(DeadlineNotice)
        .where(DeadlineNotice.user_id == actor.user_id, DeadlineNotice.read_at.is_(None))
        .values(read_at=clock.now())
    )
