"""What happened reaches those whom it concerns, once, and says nothing that it should not."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import cast
from welfare.cases.models import Case
from welfare.cases.queries import load_case
from welfare.core.db import db
from welfare.core.outbox import OutboxEvent, publish
from welfare.intake.models import Complaint
from welfare.messages.mail import MailFailed
from welfare.messages.models import Message, MessageStatus
from welfare.messages.services import deliver_outbox, mark_read, send_waiting
from welfare.worker import DIRECTORY, run_all_once

pytestmark = pytest.mark.usefixtures("stage")


class Post:
    """A mail server that keeps what it is given, or takes nothing."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.refuses = refuses

    def send(self, address: str, subject: str, text: str) -> None:
        if self.refuses:
            raise MailFailed("SMTPRecipientsRefused")
        self.sent.append((address, subject, text))


def _deliver() -> int:
    return deliver_outbox(directory=DIRECTORY, base_url="https://welfare.invalid")


def _messages() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_a_filer_with_an_address_is_told_once_and_of_no_trouble(app: Flask) -> None:
    with app.test_request_context():
        filed = cast.complaint(reporter_email="somchai@example.invalid")
        assert _deliver() >= 1
        assert _deliver() == 0
        post = Post()
        assert send_waiting(post) == 1
        assert send_waiting(post) == 0
        (address, subject, text), *more = post.sent
        assert not more
        assert address == "somchai@example.invalid"
        assert filed.reference in subject
        assert filed.secret not in text
        assert "หลังคา" not in text


@pytest.mark.parametrize("answers", [{"anonymous": True}, {"consent": False}])
def test_who_is_anonymous_or_did_not_agree_hears_nothing(
    app: Flask, answers: dict[str, bool]
) -> None:
    with app.test_request_context():
        cast.complaint(reporter_email="somchai@example.invalid", **answers)
        _deliver()
        assert _messages() == []


def test_a_worker_hears_that_it_did_not_help(app: Flask) -> None:
    with app.test_request_context():
        filed = cast.complaint()
        number = cast.case()
        kan = cast.viewer(cast.KAN)
        case_id = load_case(number, viewer=cast.viewer(cast.ORN)).id
        db.session.execute(update(Case).where(Case.id == case_id).values(assignee_id=kan.user_id))
        db.session.execute(
            update(Complaint).where(Complaint.reference == filed.reference).values(case_id=case_id)
        )
        publish("complaint.not_helped", {"reference": filed.reference})
        db.session.commit()
        _deliver()
        (message,) = [found for found in _messages() if found.channel == "desk"]
        assert message.user_id == kan.user_id
        assert number in message.subject
        assert mark_read(actor=cast.viewer(cast.TON), message_id=message.id) is None
        assert mark_read(actor=kan, message_id=message.id) == f"/desk/cases/{number}"


def test_an_event_that_cannot_be_delivered_stops_no_other(app: Flask) -> None:
    with app.test_request_context():
        publish("complaint.not_helped", {"no reference": 1})
        db.session.commit()
        cast.complaint(reporter_email="somchai@example.invalid")
        _deliver()
        assert [found.channel for found in _messages()] == ["email"]
        broken = db.session.scalars(
            select(OutboxEvent).where(OutboxEvent.name == "complaint.not_helped")
        ).one()
        assert broken.done_at is None
        assert broken.attempts == 1
        assert broken.last_error == "KeyError"


def test_a_refused_message_is_kept_as_failed(app: Flask) -> None:
    with app.test_request_context():
        cast.complaint(reporter_email="somchai@example.invalid")
        _deliver()
        assert send_waiting(Post(refuses=True)) == 0
        assert [found.status for found in _messages()] == [MessageStatus.FAILED]


def test_every_job_of_the_worker_runs(app: Flask) -> None:
    with app.app_context():
        cast.complaint(reporter_email="somchai@example.invalid")
        run_all_once()
        assert [found.status for found in _messages()] == [MessageStatus.WAITING]
