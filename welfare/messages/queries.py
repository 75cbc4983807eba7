"""Reading messages of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.outbox import OutboxEvent
from welfare.core.security.permissions import Permission, Viewer
from welfare.messages.models import Message, MessageStatus


@dataclass(frozen=True, slots=True)
class DeskMessage:
    """A message as the desk shows it."""

    id: int
    subject: str
    link: str
    created_at: datetime
    read: bool


def desk_messages(
    *, viewer: Viewer, limit: int = 20, before: int | None = None
) -> list[DeskMessage]:
    """The newest messages to the viewer, unread first; of the page after ``before`` (an id) those
    that are older, whatever was read."""
    statement = (
        select(Message.id, Message.subject, Message.link, Message.created_at, Message.read_at)
        .where(Message.user_id == viewer.user_id, Message.channel == "desk")
        .where(Message.put_away_at.is_(None))
        .limit(limit)
    )
    if before is None:
        statement = statement.order_by(Message.read_at.is_not(None), Message.id.desc())
    else:
        statement = statement.where(Message.id < before).order_by(Message.id.desc())
    return [
        DeskMessage(row.id, row.subject, row.link, row.created_at, row.read_at is not None)
        for row in db.session.execute(statement)
    ]


def unread_number(user_id: Any) -> ScalarSelect[int]:
    """How many messages to a person wait to be read, to stand inside another statement."""
    return (
        select(func.count())
        .select_from(Message)
        .where(Message.user_id == user_id, Message.channel == "desk", Message.read_at.is_(None))
        .scalar_subquery()
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has not gone out: events that wait (and since when), events that failed at least
    once, e-mails that wait, e-mails that failed (and the last of them)."""

    events: int
    oldest: datetime | None
    failed_events: int
    mails: int
    failed_mails: int
    last_failed_mail: datetime | None


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """An event that could not be delivered, with the kind of failure only."""

    id: int
    at: datetime
    name: str
    attempts: int
    error: str


def backlog(*, viewer: Viewer) -> Backlog:
    """What waits and what failed; for those who look after the accounts. One statement."""
    _must_operate(viewer)
    return Backlog(*db.session.execute(select(*backlog_numbers())).one())


def backlog_numbers() -> tuple[ScalarSelect[Any], ...]:
    """The numbers of :class:`Backlog` in their order, to stand inside another statement."""
    event, mail = OutboxEvent, Message
    waits, lost = event.done_at.is_(None), mail.status == MessageStatus.FAILED
    return (
        select(func.count(event.id)).where(waits).scalar_subquery(),
        select(func.min(event.at)).where(waits).scalar_subquery(),
        select(func.count(event.id)).where(waits, event.attempts > 0).scalar_subquery(),
        select(func.count(mail.id)).where(mail.status == MessageStatus.WAITING).scalar_subquery(),
        select(func.count(mail.id)).where(lost).scalar_subquery(),
        select(func.max(mail.created_at)).where(lost).scalar_subquery(),
    )


def failed_events(*, viewer: Viewer, limit: int = 20) -> list[FailedEvent]:
    """The events that failed at least once and still wait, the oldest first."""
    _must_operate(viewer)
    rows = db.session.execute(
        select(
            OutboxEvent.id,
            OutboxEvent.at,
            OutboxEvent.name,
            OutboxEvent.attempts,
            OutboxEvent.last_error,
        )
        .where(OutboxEvent.done_at.is_(None), OutboxEvent.attempts > 0)
        .order_by(OutboxEvent.id)
        .limit(limit)
    )
    return [
        FailedEvent(row.id, row.at, row.name, row.attempts, row.last_error or "") for row in rows
    ]


def _must_operate(viewer: Viewer) -> None:
    if not viewer.can(Permission.MANAGE_ACCOUNTS):
        raise Forbidden
