"""Following a request: in by the secret only, plain progress, nothing that is not the filer's."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import submit
from welfare.cases.models import Case, CaseEvent
from welfare.cases.queries.categories import category_by_code
from welfare.cases.services import add_note
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core import clock
from welfare.core.db import db
from welfare.core.outbox import OutboxEvent
from welfare.core.security.models import AttemptWindow
from welfare.intake.models import Complaint, ComplaintEvent, ComplaintEventKind
from welfare.intake.services.filing import Filed
from welfare.intake.workflow import ComplaintStatus

TRACK = "/requests/track"


@pytest.fixture
def given(app: Flask, stage: None) -> Filed:
    with app.app_context():
        return cast.complaint()


def enter(client: FlaskClient, reference: str, secret: str) -> Any:
    return submit(client, TRACK, {"reference": reference, "secret": secret})


def change(app: Flask, **values: Any) -> None:
    """Set the one complaint's state, as triage would."""
    with app.app_context():
        one = db.session.scalars(select(Complaint)).one()
        for name, value in values.items():
            setattr(one, name, value)
        db.session.commit()


def events(app: Flask) -> list[str]:
    with app.app_context():
        return [
            kind.value
            for kind in db.session.scalars(select(ComplaintEvent.kind).order_by(ComplaintEvent.id))
        ]


def published(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(OutboxEvent.name).order_by(OutboxEvent.id)))


def into_case(app: Flask) -> str:
    """Accept the complaint into a case."""
    with app.app_context():
        number = cast.case()
        case_id = db.session.scalar(select(Case.id).where(Case.number == number))
    change(app, status=ComplaintStatus.ACCEPTED, case_id=case_id)
    return number


def test_number_and_secret_open_it(app: Flask, given: Filed, client: FlaskClient) -> None:
    answer = enter(client, given.reference, given.secret)
    assert (answer.status_code, answer.location) == (303, f"{TRACK}/{given.reference}")
    page = client.get(answer.location)
    assert 'aria-current="step"' in page.text


def test_typing_habits_are_forgiven(app: Flask, given: Filed, client: FlaskClient) -> None:
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    typed = given.reference.lower().replace("-", " ").translate(thai)
    secret = f" {given.secret[:3]} {given.secret[3:6]}-{given.secret[6:]} ".translate(thai)
    assert enter(client, typed, secret).status_code == 303


def test_wrong_secret_and_unknown_number_look_alike(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    wrong = enter(client, given.reference, "111111111")
    unknown = enter(client, "UM70-000999-7", "111111111")
    if unknown.status_code == 400:
        pytest.fail("the unknown number of this test is mistyped")
    assert wrong.status_code == unknown.status_code == 403
    message = wrong.text.split('id="error-summary"')[1].split("</ul>")[0]
    assert message == unknown.text.split('id="error-summary"')[1].split("</ul>")[0]


def test_guessing_is_throttled_for_known_and_unknown(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    for reference in (given.reference, "UM70-000999-7"):
        answers = [enter(client, reference, f"{n:09d}").status_code for n in range(11)]
        assert answers == [403] * 10 + [429], reference
    assert enter(client, given.reference, given.secret).status_code == 429


def test_guessing_over_many_numbers_is_throttled(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    enter(client, given.reference, "111111111")
    with app.app_context():
        db.session.execute(
            AttemptWindow.__table__.update()
            .where(AttemptWindow.bucket == "track:address")
            .values(tries=1000)
        )
        db.session.commit()
    assert enter(client, "UM70-000999-7", "111111111").status_code == 429


def test_a_stranger_is_sent_to_the_door(app: Flask, given: Filed, client: FlaskClient) -> None:
    here = f"{TRACK}/{given.reference}"
    unknown = f"{TRACK}/UM70-000999-7"
    for path in ("", "/withdraw", "/receipt.pdf"):
        known_answer, unknown_answer = client.get(here + path), client.get(unknown + path)
        assert known_answer.status_code == unknown_answer.status_code == 302
        assert "/requests/track?r=" in known_answer.location
    for path in ("/information", "/withdraw", "/helped"):
        token = submit_token(client)
        answer = client.post(here + path, data={"csrf_token": token, "text": "คำที่พิมพ์ไว้"})
        assert answer.status_code == 403
        assert path == "/withdraw" or "คำที่พิมพ์ไว้" in answer.text
    assert events(app) == ["filed"]


def submit_token(client: FlaskClient) -> str:
    text = client.get(TRACK).text
    return text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_staff_without_the_secret_are_strangers_too(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    for name in (cast.ANAN, cast.AEK, cast.WAN):
        browser = cast.sign_in(app.test_client(), name)
        assert browser.get(f"{TRACK}/{given.reference}").status_code == 302, name


def test_nothing_of_the_office_shows(app: Flask, given: Filed, client: FlaskClient) -> None:
    number = into_case(app)
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        add_note(actor=orn, number=number, text="ลับเฉพาะเจ้าหน้าที่", public=False)
        db.session.commit()
    enter(client, given.reference, given.secret)
    page = client.get(f"{TRACK}/{given.reference}").text
    for secret in (
        "ลับเฉพาะเจ้าหน้าที่",
        number,
        "ยายคำ ใจดี",
        "สมชาย",
        "12/1",
        "อร ใจงาม",
        "หลังคาบ้านรั่ว",
    ):
        assert secret not in page, secret


def test_adding_information(app: Flask, given: Filed, client: FlaskClient) -> None:
    into_case(app)
    enter(client, given.reference, given.secret)
    here = f"{TRACK}/{given.reference}"
    answer = submit(client, here, {"text": "ฝนตกอีกแล้ว"}, having="text", action="information")
    assert answer.status_code == 303
    assert "ฝนตกอีกแล้ว" in client.get(here).text
    assert events(app) == ["filed", "added"]
    with app.app_context():
        texts = db.session.scalars(select(CaseEvent.text)).all()
    assert any("ฝนตกอีกแล้ว" in text for text in texts)


def test_adding_nothing_or_too_much_keeps_the_words(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    enter(client, given.reference, given.secret)
    here = f"{TRACK}/{given.reference}"
    for text in ("  ", "ก" * 6000):
        answer = submit(client, here, {"text": text}, having="text", action="information")
        assert answer.status_code == 400
        assert text.strip() in answer.text
    assert events(app) == ["filed"]


def test_an_answer_ends_the_pause(app: Flask, given: Filed, client: FlaskClient) -> None:
    with app.app_context():
        one = db.session.scalars(select(Complaint)).one()
        one.status, one.paused_at = ComplaintStatus.NEEDS_INFO, clock.now()
        db.session.add(
            ComplaintEvent(
                complaint_id=one.id,
                at=clock.now(),
                kind=ComplaintEventKind.ASKED,
                public=True,
                text="บ้านอยู่ซอยไหน",
            )
        )
        db.session.commit()
    enter(client, given.reference, given.secret)
    here = f"{TRACK}/{given.reference}"
    assert "บ้านอยู่ซอยไหน" in client.get(here).text
    submit(client, here, {"text": "ซอยหลังวัด"}, having="text", action="information")
    with app.app_context():
        one = db.session.scalars(select(Complaint)).one()
        assert (one.status, one.paused_at) == (ComplaintStatus.SUBMITTED, None)
    assert "complaint.answered" in published(app)


def test_withdrawing_asks_once_and_is_final(app: Flask, given: Filed, client: FlaskClient) -> None:
    enter(client, given.reference, given.secret)
    here = f"{TRACK}/{given.reference}"
    assert client.get(f"{here}/withdraw").status_code == 200
    assert events(app) == ["filed"]
    assert submit(client, f"{here}/withdraw", {"reason": "หายแล้ว"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Complaint.status)).one() is ComplaintStatus.WITHDRAWN
    assert published(app)[-1] == "complaint.withdrawn"
    assert "/information" not in client.get(here).text


def test_what_the_office_decided_cannot_be_withdrawn(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    enter(client, given.reference, given.secret)
    page = client.get(f"{TRACK}/{given.reference}/withdraw")
    change(app, status=ComplaintStatus.DECLINED, decision_text="ไม่อยู่ในอำนาจ")
    assert submit(client, page, {"reason": ""}, having="reason").status_code == 400
    assert "ไม่อยู่ในอำนาจ" in client.get(f"{TRACK}/{given.reference}").text


@pytest.mark.parametrize("answer", ["yes", "partly", "no"])
def test_did_it_help(app: Flask, given: Filed, client: FlaskClient, answer: str) -> None:
    number = into_case(app)
    with app.app_context():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        case.status, case.closed_at = CaseStatus.CLOSED, clock.now()
        case.outcome, case.outcome_note = Outcome.SOLVED, "ซ่อมหลังคาให้แล้ว"
        db.session.commit()
    enter(client, given.reference, given.secret)
    here = f"{TRACK}/{given.reference}"
    assert "ซ่อมหลังคาให้แล้ว" in client.get(here).text
    sent = submit(client, here, {"helped": answer, "text": "ขอบคุณ"}, having="text", action="helped")
    assert sent.status_code == 303
    assert events(app)[-1] == "feedback"
    expected = "complaint.not_helped" if answer == "no" else "complaint.feedback"
    assert published(app)[-1] == expected


def test_asking_whether_it_helped_before_it_ended(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    into_case(app)
    enter(client, given.reference, given.secret)
    assert "/helped" not in client.get(f"{TRACK}/{given.reference}").text


def test_closing_the_page_shuts_the_door(app: Flask, given: Filed, client: FlaskClient) -> None:
    enter(client, given.reference, given.secret)
    here = f"{TRACK}/{given.reference}"
    submit(client, here, action="leave")
    assert client.get(here).status_code == 302


def test_receipt_without_the_secret(app: Flask, given: Filed, client: FlaskClient) -> None:
    enter(client, given.reference, given.secret)
    paper = client.get(f"{TRACK}/{given.reference}/receipt.pdf")
    assert paper.data.startswith(b"%PDF")


def test_volunteer_follows_what_they_filed_without_the_secret(app: Flask, stage: None) -> None:
    from welfare.intake.workflow import Channel

    with app.app_context():
        own = cast.complaint(cast.viewer(cast.WAN), Channel.VOLUNTEER)
    browser = cast.sign_in(app.test_client(), cast.WAN)
    page = browser.get(f"{TRACK}/{own.reference}")
    assert page.status_code == 200
    assert "ยายคำ ใจดี" not in page.text


def test_what_nobody_has_read_is_not_called_received(
    app: Flask, given: Filed, client: FlaskClient
) -> None:
    enter(client, given.reference, given.secret)
    page = client.get(f"{TRACK}/{given.reference}").text
    assert "<h1>ส่งถึงสำนักงานแล้ว</h1>" in page
    assert "รับเรื่องแล้ว" not in page


@pytest.mark.parametrize(("category", "above"), [("housing", True), ("violence", False)])
def test_a_delicate_matter_is_not_named_on_top(
    app: Flask, stage: None, client: FlaskClient, category: str, above: bool
) -> None:
    with app.app_context():
        given = cast.complaint(category=category)
        found = category_by_code(category)
        name = found.name_th if found else "?"
    enter(client, given.reference, given.secret)
    top, _fold, rest = client.get(f"{TRACK}/{given.reference}").text.partition("<details")
    assert (name in top) is above
    assert (name in rest) is not above
