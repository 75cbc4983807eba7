"""Filing on the public page, without JavaScript: nothing typed is lost, clear words."""

import html
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests import cast
from tests.pages import form_in, submit
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.outbox import OutboxEvent
from welfare.core.security.models import AttemptWindow, OneTimeKey
from welfare.intake.models import Complaint, ComplaintEvent, Reporter
from welfare.intake.workflow import Channel

NEW = "/requests/new"
ANSWERS: dict[str, Any] = {
    "kind": "concern",
    "category": "dependent_care",
    "description": "ยายอยู่คนเดียว ลุกไม่ไหว",
    "subject_name": "นางคำ ใจดี",
    "subject_phone": "๐๕๓ ๙๘๓ ๒๓๔",
    "house_no": "12/3",
    "village": "2",
    "landmark": "หลังวัด",
    "lat": "18.65",
    "lng": "99.04",
    "reporter_name": "สมชาย ใจดี",
    "reporter_phone": "081-234-5678",
    "reporter_email": "somchai@example.com",
    "relationship": "neighbour",
    "consent": "y",
}
CHOSEN = {"kind", "category", "village", "relationship", "consent"}
PERSONAL = ("สมชาย ใจดี", "0812345678", "66812345678", "somchai@example.com")


def send(client: FlaskClient, **changes: Any) -> TestResponse:
    """Everything in one sending, as a program or a hurried tester would."""
    values = {name: value for name, value in (ANSWERS | changes).items() if value is not None}
    return submit(client, NEW, values | {"step": "send"}, having="step")


def filed(app: Flask) -> list[Complaint]:
    with app.app_context():
        return list(db.session.scalars(select(Complaint)).all())


def test_step_by_step_everything_arrives(app: Flask, stage: None, client: FlaskClient) -> None:
    page: str | TestResponse = NEW
    for names in (
        ("kind", "category"),
        ("description",),
        ("subject_name", "subject_phone", "house_no", "village", "landmark", "lat", "lng"),
        ("reporter_name", "reporter_phone", "reporter_email", "relationship", "consent"),
    ):
        page = submit(client, page, {name: ANSWERS[name] for name in names}, having="step")
        assert page.status_code == 200, page.text
    assert "ยายอยู่คนเดียว ลุกไม่ไหว" in page.text
    answer = submit(client, page, having="step")
    assert (answer.status_code, answer.location) == (303, "/requests/filed")
    with app.app_context():
        one = db.session.scalars(select(Complaint)).one()
        reporter = db.session.scalars(select(Reporter)).one()
        assert (one.subject_name, one.subject_phone) == ("นางคำ ใจดี", "6653983234")
        assert (one.house_no, one.village_no, one.landmark) == ("12/3", 2, "หลังวัด")
        assert (one.lat, one.lng, one.channel, one.consent) == (18.65, 99.04, Channel.WEB, True)
        assert (reporter.name, reporter.phone) == ("สมชาย ใจดี", "66812345678")
        assert (reporter.email, reporter.relationship.value) == ("somchai@example.com", "neighbour")


def test_one_sending_of_everything_files(app: Flask, stage: None, client: FlaskClient) -> None:
    assert send(client).status_code == 303
    assert len(filed(app)) == 1


def test_receipt_page_shows_number_secret_and_papers(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    send(client)
    page = client.get("/requests/filed")
    assert filed(app)[0].reference in page.text
    assert "<svg" in page.text
    for name in ("receipt", "slip"):
        paper = client.get(f"/requests/filed/{name}.pdf")
        assert paper.data.startswith(b"%PDF")


def test_receipt_page_is_for_the_filer_only(app: Flask, stage: None, client: FlaskClient) -> None:
    send(client)
    stranger = app.test_client()
    assert stranger.get("/requests/filed").location.endswith("/requests/track")
    assert stranger.get("/requests/filed/receipt.pdf").status_code == 404


def test_going_back_keeps_everything_and_asks_for_nothing(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    page = submit(client, NEW, {"kind": "concern", "category": "housing"}, having="step")
    page = submit(client, page, {"description": "", "go": "1"}, having="step")
    assert page.status_code == 200
    assert form_in(page.text, having="step").fields["category"] == ["housing"]


def test_changing_one_answer_leads_back_to_the_check(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    page = submit(client, NEW, ANSWERS | {"step": "4"}, having="step")
    page = submit(client, page, {"go": "2"}, having="step")
    page = submit(client, page, {"description": "แก้ใหม่แล้ว"}, having="step")
    assert form_in(page.text, having="step").fields["step"] == ["send"]
    assert "แก้ใหม่แล้ว" in page.text


def test_danger_stops_first(app: Flask, stage: None, client: FlaskClient) -> None:
    page = submit(client, NEW, {"kind": "concern", "category": "violence"}, having="step")
    for number in ("191", "1669", "1300"):
        assert f'href="tel:{number}"' in page.text
    assert "description" not in form_in(page.text, having="step").fields
    page = submit(client, page, having="step")
    assert "description" in form_in(page.text, having="step").fields


BAD: list[tuple[dict[str, Any], str]] = [
    ({"description": ""}, "description"),
    ({"description": " \u200b \n\t "}, "description"),
    ({"description": "ก" * 100_000}, "description"),
    ({"kind": ""}, "kind"),
    ({"kind": "<b>x</b>"}, "kind"),
    ({"category": "no_such_thing"}, "category"),
    ({"category": None}, "category"),
    ({"village": "99"}, "village"),
    ({"village": "'; DROP TABLE complaints; --"}, "village"),
    ({"subject_phone": "12"}, "subject_phone"),
    ({"reporter_phone": "ไม่มี"}, "reporter_phone"),
    ({"reporter_phone": "0812345678 หรือ 0898765432"}, "reporter_phone"),
    ({"reporter_email": "no at sign"}, "reporter_email"),
    ({"relationship": "enemy"}, "relationship"),
    ({"lat": "91"}, "lat"),
    ({"lng": "nan"}, "lng"),
    ({"subject_name": "ก" * 201}, "subject_name"),
    ({"house_no": "9" * 61}, "house_no"),
    (
        {"reporter_name": "  ", "reporter_phone": "", "reporter_email": ""},
        "reporter_name",
    ),
    (
        dict.fromkeys(("subject_name", "house_no", "village", "landmark", "lat", "lng"), ""),
        "subject_name",
    ),
]


@pytest.mark.parametrize(("changes", "field"), BAD)
def test_bad_answers_are_named_and_everything_stays(
    app: Flask, stage: None, client: FlaskClient, changes: dict[str, Any], field: str
) -> None:
    answer = send(client, **changes)
    assert answer.status_code == 400
    assert 'id="error-summary"' in answer.text
    if field not in {"lat", "lng"}:
        assert f'id="{field}-error"' in answer.text
    shown = html.unescape(answer.text)
    for name, value in ANSWERS.items():
        typed = changes.get(name, value)
        if (
            typed
            and typed.strip(" \u200b\n\t")
            and name not in {"kind", "category", "village", "relationship", "consent"}
        ):
            assert typed.strip() in shown, name
    assert filed(app) == []


def test_markup_and_sql_are_only_text(app: Flask, stage: None, client: FlaskClient) -> None:
    text = "<script>alert(1)</script> '; DROP TABLE complaints; -- {{ 7*7 }} 😀"
    page = submit(client, NEW, ANSWERS | {"step": "4", "description": text}, having="step")
    assert "<script>alert" not in page.text
    submit(client, page, having="step")
    assert filed(app)[0].description == text


def test_thai_is_brought_into_order(app: Flask, stage: None, client: FlaskClient) -> None:
    send(client, description="น\u0e4d้\u0e32ท่วม\u200b", village="๒", reporter_phone="๐๘๑๒๓๔๕๖๗๘")
    one = filed(app)[0]
    assert one.description == "น้ำท่วม"
    assert one.village_no == 2


def test_anonymous_leaves_nothing(app: Flask, stage: None, client: FlaskClient) -> None:
    page = submit(client, NEW, ANSWERS | {"anonymous": "y", "step": "4"}, having="step")
    assert submit(client, page, having="step").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reporter)) == 0
        rows = [
            str(tuple(row))
            for table in (Complaint, ComplaintEvent, AuditEntry, OutboxEvent, OneTimeKey)
            for row in db.session.execute(select(table.__table__))
        ]
    assert rows
    for value in PERSONAL:
        assert not any(value in row for row in rows)


def test_anonymous_needs_no_sound_contact(app: Flask, stage: None, client: FlaskClient) -> None:
    assert send(client, anonymous="y", reporter_phone="12").status_code == 303


def test_name_alone_is_contact_enough(app: Flask, stage: None, client: FlaskClient) -> None:
    assert send(client, reporter_phone="", reporter_email="").status_code == 303


def test_too_many_from_one_address_keeps_the_text(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    assert send(client).status_code == 303
    with app.app_context():
        db.session.execute(
            AttemptWindow.__table__.update()
            .where(AttemptWindow.bucket == "file:address")
            .values(tries=10_000)
        )
        db.session.commit()
    answer = send(client)
    assert answer.status_code == 429
    assert "ยายอยู่คนเดียว ลุกไม่ไหว" in answer.text
    assert len(filed(app)) == 1


def test_lost_cookies_lose_no_words(app: Flask, stage: None, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    form = form_in(client.get(NEW).text, having="step")
    stranger = app.test_client()
    answer = stranger.post(NEW, data=form.fields | ANSWERS | {"step": "send"})
    assert answer.status_code == 400
    assert "ยายอยู่คนเดียว ลุกไม่ไหว" in answer.text
    assert submit(stranger, answer, having="description").status_code == 303
    assert len(filed(app)) == 1


def test_volunteer_files_under_their_name(app: Flask, stage: None, client: FlaskClient) -> None:
    cast.sign_in(client, cast.WAN)
    assert send(client).status_code == 303
    one = filed(app)[0]
    with app.app_context():
        assert one.filed_by_id == cast.viewer(cast.WAN).user_id
    assert one.channel is Channel.VOLUNTEER
    assert one.reference in client.get("/requests/mine").text


def test_volunteer_may_stay_anonymous_too(app: Flask, stage: None, client: FlaskClient) -> None:
    cast.sign_in(client, cast.WAN)
    send(client, anonymous="y")
    one = filed(app)[0]
    assert (one.filed_by_id, one.channel) == (None, Channel.WEB)
    assert one.reference not in client.get("/requests/mine").text


def test_others_filings_are_not_mine(app: Flask, stage: None, client: FlaskClient) -> None:
    send(client)
    cast.sign_in(client, cast.WAN)
    assert filed(app)[0].reference not in client.get("/requests/mine").text
    assert app.test_client().get("/requests/mine").status_code == 302


def test_page_is_light(app: Flask, stage: None, client: FlaskClient) -> None:
    assert len(client.get(NEW).data) < 30_000


def test_changing_the_language_midway_keeps_everything(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    page = submit(client, NEW, ANSWERS | {"step": "4"}, having="step")
    form = form_in(page.text, having="step")
    english = client.post(f"{NEW}?lang=en", data=form.fields | {"go": "5"})
    assert "Check your answers" in english.text
    assert 'href="/requests/new?lang' not in english.text
    assert submit(client, english, having="step").status_code == 303
    assert filed(app)[0].description == ANSWERS["description"]


def test_the_back_button_may_show_the_step_before(stage: None, client: FlaskClient) -> None:
    """A browser shows the answer to a sent step again only if it was allowed to keep it."""
    page = submit(client, NEW, {"kind": "concern", "category": "housing"}, having="step")
    for answer in (client.get(NEW), page):
        assert answer.headers["Cache-Control"] == "private, no-cache"


def test_whoever_is_not_sure_is_sent_to_the_choice_made_for_that(
    stage: None, client: FlaskClient
) -> None:
    page = html.unescape(client.get(NEW).text)
    assert "ถ้าไม่แน่ใจ เลือก “เรื่องอื่น ๆ”" in page
    assert "ข้อใดก็ได้" not in page


@pytest.mark.parametrize("short_code", ["123", "1669", "๑๖๖๙", "1669 ต่อ 1"])
@pytest.mark.parametrize("name", ["reporter_phone", "subject_phone"])
def test_a_short_code_is_nobodys_telephone(
    app: Flask, stage: None, client: FlaskClient, name: str, short_code: str
) -> None:
    answer = send(client, **{name: short_code})
    assert answer.status_code == 400
    assert f'id="{name}-error"' in answer.text
    assert filed(app) == []


def test_anonymous_means_no_consent_and_a_slip_that_nobody_replaces(
    app: Flask, stage: None, client: FlaskClient
) -> None:
    page = submit(client, NEW, ANSWERS | {"anonymous": "y", "step": "4"}, having="step")
    assert "ติดต่อกลับ" not in page.text.partition("<dl")[2].partition("</dl>")[0]
    assert submit(client, page, having="step").status_code == 303
    assert not filed(app)[0].consent
    assert "หากทำใบนี้หาย" in client.get("/requests/filed").text


def test_a_named_filer_is_told_to_ask_at_the_counter(stage: None, client: FlaskClient) -> None:
    send(client)
    assert "หากทำใบนี้หาย" not in client.get("/requests/filed").text
