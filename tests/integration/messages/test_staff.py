"""Staff are told of what concerns them: at their desk, and by e-mail where they left an address."""

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests import cast, funds
from tests.pages import submit
from welfare.accounts.models import User
from welfare.cases import services as cases
from welfare.cases.models import Case
from welfare.cases.queries import load_case
from welfare.cases.workflow import AssistanceKind, CaseStatus, Sensitivity
from welfare.core.db import db
from welfare.core.outbox import OutboxEvent, publish
from welfare.core.security.permissions import Viewer
from welfare.dispatch import queries
from welfare.dispatch import services as dispatch
from welfare.dispatch.queries.loading import current_assignment
from welfare.dispatch.services.handing_over import Handed
from welfare.messages.models import Message, MessageStatus
from welfare.messages.queries import DeskMessage, desk_messages
from welfare.messages.services import deliver_outbox, put_away
from welfare.worker import DIRECTORY

pytestmark = pytest.mark.usefixtures("stage")


def deliver(*, mail: bool = False) -> None:
    while deliver_outbox(directory=DIRECTORY, base_url="https://office.invalid", mail=mail):
        pass


def told(event: str, channel: str = "desk") -> set[str]:
    rows = db.session.scalars(
        select(User.username)
        .join(Message, Message.user_id == User.id)
        .join(OutboxEvent, OutboxEvent.id == Message.event_id)
        .where(OutboxEvent.name == event, Message.channel == channel)
    )
    return set(rows)


def with_kan(number: str) -> None:
    kan = cast.viewer(cast.KAN).user_id
    values = {"assignee_id": kan, "status": CaseStatus.WORKING}
    db.session.execute(update(Case).where(Case.number == number).values(**values))
    db.session.commit()


def test_who_decides_is_told_and_then_who_asked(app: Flask) -> None:
    with app.app_context():
        fund = funds.fund()
        home = cast.household()
        number = cast.case(household_id=home.id)
        with_kan(number)
        asked = cases.ask_help(
            actor=cast.viewer(cast.KAN), number=number, fund_id=fund, kind=AssistanceKind.MONEY,
            amount=Decimal(500), description="ค่าหลังคา",
        )  # fmt: skip
        db.session.commit()
        deliver()
        assert told("help.asked") == {cast.MALEE}
        cases.decide_request(
            actor=cast.viewer(cast.MALEE), number=number, request_id=asked, version=1, approve=True,
            amount=Decimal(500), grounds="สมควร",
        )  # fmt: skip
        db.session.commit()
        deliver()
        assert told("help.decided") == {cast.KAN}


def test_an_e_mail_to_staff_holds_a_number_and_a_link(app: Flask) -> None:
    with app.app_context():
        kan = cast.viewer(cast.KAN).user_id
        db.session.get_one(User, kan).email = "kan@office.invalid"
        number = cast.case()
        dispatch.offer_case(
            actor=cast.viewer(cast.ORN), number=number, worker_id=kan, note="ด่วนมาก"
        )
        db.session.commit()
        deliver(mail=True)
        assert told("case.assigned") == told("case.assigned", "email") == {cast.KAN}
        mail = db.session.scalars(select(Message).where(Message.channel == "email")).one()
        assert (mail.address, mail.status) == ("kan@office.invalid", MessageStatus.WAITING)
        assert number in mail.subject and f"https://office.invalid/desk/cases/{number}" in mail.text
        for kept in ("ด่วนมาก", "หลังคา", "กานต์"):
            assert kept not in mail.text
        dispatch.decline_case(actor=cast.viewer(cast.KAN), number=number, reason="ลาคลอด")
        db.session.commit()
        deliver()  # no mail server: nothing waits to be sent for ever
        assert told("case.declined") == {cast.ORN}
        assert told("case.declined", "email") == set()


@pytest.mark.parametrize("how", ["reassigned", "taken back", "handed over", "declined"])
def test_who_loses_a_case_reads_so_and_no_more_that_it_is_theirs(app: Flask, how: str) -> None:
    with app.app_context():
        orn, kan, ton = (cast.viewer(name) for name in (cast.ORN, cast.KAN, cast.TON))
        number = cast.case(village_no=1)
        dispatch.offer_case(actor=orn, number=number, worker_id=kan.user_id)
        db.session.commit()
        deliver()
        if how == "reassigned":
            dispatch.offer_case(actor=orn, number=number, worker_id=ton.user_id, note="ลา")
        elif how == "taken back":
            dispatch.take_back_case(actor=orn, number=number, reason="ลา")
        elif how == "declined":
            dispatch.decline_case(actor=kan, number=number, reason="ลา")
        else:
            seen = current_assignment(load_case(number, viewer=orn))
            assert seen is not None
            handed = {number: Handed(ton.user_id, seen=seen.id)}
            dispatch.hand_over(actor=orn, username=cast.KAN, cases=handed, note="ลา")
        db.session.commit()
        deliver()
        lines = desk_messages(viewer=kan)
        assert f"/desk/cases/{number}" not in {line.link for line in lines}
        assert told("case.left") == (set() if how == "declined" else {cast.KAN})


def test_a_case_that_comes_back_has_not_left(app: Flask) -> None:
    with app.app_context():
        orn, kan = cast.viewer(cast.ORN), cast.viewer(cast.KAN)
        number, other = cast.case(village_no=1), cast.case(village_no=1)
        for one in (number, other):
            dispatch.offer_case(actor=orn, number=one, worker_id=kan.user_id)
            dispatch.take_back_case(actor=orn, number=one, reason="ลา")
        db.session.commit()
        deliver()
        assert len(_left(kan)) == 2
        held = queries.assignments_of(number, viewer=orn)
        dispatch.undo_take_back(actor=orn, number=number, version=held.rows[0].version)
        db.session.commit()
        deliver()
        (line,) = _left(kan)
        assert other in line.subject


def _left(viewer: Viewer) -> list[DeskMessage]:
    return [line for line in desk_messages(viewer=viewer) if line.link == "/field"]


@pytest.mark.parametrize("event", ["case.sent_back", "referral.answered"])
def test_news_of_a_case_reach_its_worker(app: Flask, event: str) -> None:
    with app.app_context():
        number = cast.case()
        with_kan(number)
        publish(event, {"number": number})
        db.session.commit()
        deliver()
        assert told(event) == {cast.KAN}


def test_nobody_is_told_of_a_case_they_may_not_see(app: Flask) -> None:
    with app.app_context():
        number = cast.case()
        db.session.execute(update(Case).values(sensitivity=Sensitivity.CONDUCT))
        publish("rule.could_not", {"number": number, "fault": "broken"})
        publish("rule.turned_red", {"rule": "routing:1"})
        db.session.commit()
        deliver()
        assert told("rule.could_not") == {cast.MALEE}  # a manager, since officers may be meant
        assert told("rule.turned_red") == {cast.ANAN}


def test_notices_are_counted_read_and_put_away_by_their_owner(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        number = cast.case()
        with_kan(number)
        for _ in range(3):
            publish("case.sent_back", {"number": number})
        db.session.commit()
        deliver()
        first = db.session.scalars(select(Message.id).order_by(Message.id)).first() or 0
        put_away(actor=cast.viewer(cast.TON), message_id=first)
        db.session.commit()
    kan = cast.sign_in(client, cast.KAN)
    page = kan.get("/desk/notices")
    assert page.text.count(number) == 3
    assert '<b class="count" aria-hidden="true">3</b>' in page.text
    submit(kan, "/desk/notices", action=f"/desk/messages/{first}/away")
    left = kan.get("/desk/notices")
    assert left.text.count(number) == 2
    submit(kan, "/desk/notices", action="/desk/notices/read")
    assert '<b class="count"' not in kan.get("/desk/notices").text
