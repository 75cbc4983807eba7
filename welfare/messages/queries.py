"""Reading messages of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.messages.models import Message


@dataclass(frozen=True, slots=True)
class DeskMessage:
    """A message as the desk shows it."""

    id: int
    subject: str
    link: str
    created_at: datetime
    read: bool


def desk_messages(*, viewer: Viewer, limit: int = 20) -> list[DeskMessage]:
    """The newest messages to the viewer, unread first."""
    rows = db.session.execute(
        select(Message.id, Message.subject, Message.link, Message.created_at, Message.read_at)
        .where(Message.user_id == viewer.user_id, Message.channel == "desk")
        .order_by(Message.read_at.is_not(None), Message.id.desc())
        .limit(limit)
    )
    return [
        DeskMessage(row.id, row.subject, row.link, row.created_at, row.read_at is not None)
        for row in rows
    ]


def unread(*, viewer: Viewer) -> int:
    """How many messages to the viewer wait to be read."""
    count = db.session.scalar(
        select(func.count())
        .select_from(Message)
        .where(Message.user_id == viewer.user_id, Message.read_at.is_(None))
    )
    return int(count or 0)
