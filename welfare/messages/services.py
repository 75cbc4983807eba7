"""Turning what happened (the outbox) into messages, and sending those that go by e-mail."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from flask_babel import force_locale
from sqlalchemy import ColumnElement, func, or_, select, update

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.municipality import the_municipality
from welfare.core.outbox import OutboxEvent
from welfare.core.security.permissions import Permission, Viewer
from welfare.messages import wording
from welfare.messages.mail import MailFailed, Post
from welfare.messages.models import Message, MessageStatus

log = structlog.get_logger()

ATTEMPTS = 5
BATCH = 100


@dataclass(frozen=True, slots=True)
class CitizenAddress:
    """Where the filer of a complaint can be reached, if they left an address and agreed."""

    reference: str
    email: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """A member of staff whom an event concerns. ``about``: the number of what it is about;
    ``desk``: whether it is told on their desk too, not only by e-mail."""

    about: str
    user_id: int
    link: str
    email: str | None = None
    desk: bool = True


@dataclass(frozen=True, slots=True)
class AgencyAddress:
    """An agency that a letter was sent to; ``code_round``: see where the code is reckoned."""

    reference: str
    letter_no: str
    email: str
    code_round: int


def _no_agencies(_payload: dict[str, Any]) -> Sequence[AgencyAddress]:
    return ()


@dataclass(frozen=True, slots=True)
class Directory:
    """Whom an event's payload concerns: domains above answer, so that none need be imported."""

    citizens: Callable[[dict[str, Any]], Sequence[CitizenAddress]]
    staff: Callable[[str, dict[str, Any]], Sequence[Told]]
    agencies: Callable[[dict[str, Any]], Sequence[AgencyAddress]] = _no_agencies


def deliver_outbox(*, directory: Directory, base_url: str, mail: bool = False) -> int:
    """Turn waiting events into messages, each event in a transaction of its own; how many.

    ``mail``: there is a mail server, so staff who left an address are told by e-mail too.
    """
    waiting = db.session.scalars(
        select(OutboxEvent.id)
        .where(OutboxEvent.done_at.is_(None), OutboxEvent.attempts < ATTEMPTS)
        .order_by(OutboxEvent.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return sum(_deliver_one(event_id, directory, base_url, mail=mail) for event_id in waiting)


def _deliver_one(event_id: int, directory: Directory, base_url: str, *, mail: bool) -> bool:
    try:
        event = db.session.scalar(
            select(OutboxEvent)
            .where(OutboxEvent.id == event_id, OutboxEvent.done_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        if event is None:
            db.session.rollback()
            return False
        payload = json.loads(event.payload)
        if event.name in wording.CITIZEN_NEWS:
            for address in directory.citizens(payload):
                with force_locale(address.language):
                    _to_citizen(event, address, base_url)
        _end_old(event, payload)
        if event.name in wording.STAFF_NEWS:
            for told in directory.staff(event.name, payload):
                with force_locale("th"):
                    _to_staff(event, told, base_url if mail else "")
        if event.name in wording.AGENCY_NEWS:
            for agency in directory.agencies(payload):
                with force_locale("th"):
                    _to_agency(event, agency)
        event.done_at = clock.now()
        db.session.commit()
    except Exception as error:  # a broken event must not stop the others; it stays, counted
        db.session.rollback()
        db.session.execute(
            update(OutboxEvent)
            .where(OutboxEvent.id == event_id)
            .values(attempts=OutboxEvent.attempts + 1, last_error=type(error).__name__)
        )
        db.session.commit()
        log.error("event not delivered", event_id=event_id, kind=type(error).__name__)
        return False
    return True


def _to_citizen(event: OutboxEvent, address: CitizenAddress, base_url: str) -> None:
    office = the_municipality()
    track = f"{base_url.rstrip('/')}/requests/track?r={address.reference}"
    db.session.add(
        Message(
            event_id=event.id,
            channel="email",
            address=address.email,
            subject=wording.citizen_subject(address.reference),
            text=wording.citizen_text(
                event.name,
                address.reference,
                track,
                office.name_en if address.language == "en" else office.name_th,
                office.phone,
            ),
            link=track,
            status=MessageStatus.WAITING if address.email else MessageStatus.NO_ADDRESS,
            created_at=clock.now(),
        )
    )


def _to_agency(event: OutboxEvent, agency: AgencyAddress) -> None:
    """The message keeps a mark where the code goes; the code is written as it is sent."""
    office = the_municipality()
    mark = f"[referral:{agency.reference}:{agency.code_round}]"
    db.session.add(
        Message(
            event_id=event.id,
            channel="email",
            address=agency.email,
            subject=wording.agency_subject(agency.letter_no, office.name_th),
            text=wording.agency_text(
                event.name, agency.letter_no, mark, office.name_th, office.phone
            ),
            link="/referrals",
            status=MessageStatus.WAITING,
            created_at=clock.now(),
        )
    )


def _end_old(event: OutboxEvent, payload: dict[str, Any]) -> None:
    """What an event makes untrue goes off the desk of whom it is about."""
    if event.name in wording.LEFT:
        _end_yours(payload["number"], payload["worker_id"], before=event.id)
    if event.name in wording.COMES:
        _end_left(payload["number"], payload["worker_id"], before=event.id)
    if event.name in wording.OPPOSITE:
        _end_opposite(event, payload["visit"], payload["worker_id"])


def _end_yours(number: str, worker_id: int, *, before: int) -> None:
    """What told somebody that a case is theirs goes off their desk: it leads nowhere any more."""
    now = clock.now()
    of_it = or_(
        Message.link == f"/desk/cases/{number}", OutboxEvent.payload.contains(f'"{number}"')
    )
    yours = select(OutboxEvent.id).where(
        OutboxEvent.id == Message.event_id, OutboxEvent.name.in_(wording.YOURS), of_it
    )
    db.session.execute(
        update(Message)
        .where(Message.user_id == worker_id, Message.channel == "desk", Message.event_id < before)
        .where(yours.exists())
        .values(read_at=func.coalesce(Message.read_at, now), put_away_at=now)
        .execution_options(synchronize_session=False)
    )


def _end_left(number: str, worker_id: int, *, before: int) -> None:
    """What told somebody that a case had left them goes off their desk: it is theirs again."""
    _end(wording.LEFT, number, worker_id, before=before)


def _end_opposite(event: OutboxEvent, visit: str, worker_id: int) -> None:
    """Of going along on a visit and not going along the last word alone stays on the desk."""
    _end({wording.OPPOSITE[event.name]}, visit, worker_id, before=event.id)


def _end(names: Collection[str], about: str, worker_id: int, *, before: int) -> None:
    """What these events told somebody about something with this number goes off their desk."""
    said = select(OutboxEvent.id).where(
        OutboxEvent.name.in_(names), OutboxEvent.payload.contains(f'"{about}"')
    )
    now = clock.now()
    db.session.execute(
        update(Message)
        .where(Message.user_id == worker_id, Message.channel == "desk", Message.event_id < before)
        .where(Message.event_id.in_(said), Message.put_away_at.is_(None))
        .values(read_at=func.coalesce(Message.read_at, now), put_away_at=now)
        .execution_options(synchronize_session=False)
    )


def _to_staff(event: OutboxEvent, told: Told, base_url: str) -> None:
    """On their desk, and by e-mail where ``base_url`` is given and they left an address."""
    subject, now = wording.staff_subject(event.name, told.about), clock.now()
    shared = {"event_id": event.id, "user_id": told.user_id, "subject": subject, "created_at": now}
    if told.desk:
        db.session.add(
            Message(
                **shared, channel="desk", text=subject, link=told.link,
                status=MessageStatus.SENT, sent_at=now,
            )
        )  # fmt: skip
    if base_url and told.email:
        address = f"{base_url.rstrip('/')}{told.link}"
        db.session.add(
            Message(
                **shared, channel="email", address=told.email, link=told.link,
                text=wording.staff_text(event.name, told.about, address),
                status=MessageStatus.WAITING,
            )
        )  # fmt: skip


def _as_it_is(text: str) -> str:
    return text


def send_waiting(mailer: Post | None, *, unveil: Callable[[str], str] = _as_it_is) -> int:
    """Send the e-mails that wait; without a mail server they go on waiting. How many were sent.

    ``unveil`` writes into a text what is kept nowhere, such as an agency's code.
    """
    if mailer is None:
        return 0
    waiting = db.session.scalars(
        select(Message)
        .where(Message.status == MessageStatus.WAITING, Message.channel == "email")
        .order_by(Message.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    sent = 0
    for message in waiting:
        try:
            mailer.send(message.address or "", message.subject, unveil(message.text))
            message.status, message.sent_at = MessageStatus.SENT, clock.now()
            sent += 1
        except MailFailed as failure:
            message.status, message.error = MessageStatus.FAILED, failure.reason
    db.session.commit()
    return sent


def mark_read(*, actor: Viewer, message_id: int) -> str | None:
    """Note that a member of staff has read a desk message of theirs; where it leads to.

    ``None`` for a message that is not theirs, which is left alone.
    """
    return db.session.scalar(
        update(Message)
        .where(*_mine(actor), Message.id == message_id)
        .values(read_at=func.coalesce(Message.read_at, clock.now()))
        .returning(Message.link)
    )


def put_away(*, actor: Viewer, message_id: int) -> None:
    """Take a message off one's desk, read or not; one that is not theirs is left alone."""
    now = clock.now()
    db.session.execute(
        update(Message)
        .where(*_mine(actor), Message.id == message_id)
        .values(read_at=func.coalesce(Message.read_at, now), put_away_at=now)
    )


def mark_all_read(*, actor: Viewer) -> None:
    """Note that a member of staff has read every message on their desk."""
    db.session.execute(
        update(Message).where(*_mine(actor), Message.read_at.is_(None)).values(read_at=clock.now())
    )


def _mine(actor: Viewer) -> tuple[ColumnElement[bool], ...]:
    return Message.user_id == actor.user_id, Message.channel == "desk"


def try_again(*, actor: Viewer) -> int:
    """Let the worker take up anew the events it had given up; how many there are."""
    if not actor.can(Permission.MANAGE_ACCOUNTS):
        raise Forbidden
    result = db.session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.done_at.is_(None), OutboxEvent.attempts > 0)
        .values(attempts=0)
    )
    tried = int(result.rowcount)  # type: ignore[attr-defined]
    audit.record(actor, "outbox.tried_again", "outbox", "waiting", {"events": tried})
    return tried
