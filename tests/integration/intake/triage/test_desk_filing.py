"""Staff file for a caller, a visitor or a letter."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import cast
from tests.integration.intake.triage.conftest import kept
from tests.pages import form_in, submit
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.intake.models import Complaint, Reporter
from welfare.intake.services.desk_filing import file_for_somebody
from welfare.intake.services.filing import Filing
from welfare.intake.workflow import Channel, ComplaintKind

NEW = "/desk/complaints/new"
FILLED = {
    "channel": "phone", "kind": "request", "category": "housing", "description": "หลังคารั่ว",
    "subject_name": "ยายคำ ใจดี", "house_no": "12/1", "village": "2",
    "reporter_name": "สมชาย", "reporter_phone": "081-234-5678", "consent": "y",
}  # fmt: skip


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Complaint)) or 0


def only() -> Complaint:
    return db.session.scalars(select(Complaint)).one()


def test_filed_for_a_caller(app: Flask, officer: FlaskClient) -> None:
    answer = submit(officer, NEW, FILLED, having="description")
    assert answer.status_code == 303, answer.text
    page = officer.get(answer.headers["Location"]).text
    with app.app_context():
        one = only()
        assert one.channel is Channel.PHONE
        assert one.filed_by_id == cast.viewer(cast.ORN).user_id
        assert one.reference in page
    assert officer.get("/requests/filed/slip.pdf").data.startswith(b"%PDF")


def test_sent_twice_is_filed_once(app: Flask, officer: FlaskClient) -> None:
    form = form_in(officer.get(NEW).text, having="description")
    for _ in range(2):
        assert officer.post(NEW, data=form.fields | FILLED).status_code == 303
    with app.app_context():
        assert count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"channel": ""}, {"channel": "web"}, {"channel": "x"}, {"category": ""},
        {"category": "none"}, {"description": " "}, {"reporter_phone": "12"}, {"village": "99"},
        {"kind": ""}, {"subject_name": "", "house_no": "", "village": ""},
    ],
)  # fmt: skip
def test_what_is_wrong_keeps_what_was_typed(
    app: Flask, officer: FlaskClient, change: dict[str, str]
) -> None:
    answer = submit(officer, NEW, FILLED | change, having="description")
    assert answer.status_code == 400
    assert 'id="error-summary"' in answer.text
    assert "สมชาย" in answer.text
    with app.app_context():
        assert count() == 0


def test_anonymous_keeps_no_reporter(app: Flask, officer: FlaskClient) -> None:
    submit(officer, NEW, FILLED | {"anonymous": "y"}, having="description")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reporter)) == 0


def test_the_registry_fills_in_and_is_linked(app: Flask, officer: FlaskClient) -> None:
    with app.app_context():
        home = cast.household()
        house, person = home.number, cast.person(home).number
    found = submit(
        officer, NEW, {"find": "คำ ใจดี", "search": "1", "description": "พิมพ์ไว้แล้ว"},
        having="description",
    )  # fmt: skip
    assert found.status_code == 200
    assert person in found.text
    used = submit(officer, found, {"use": person}, having="description")
    form = form_in(used.text, having="description")
    assert form.fields["subject_name"] == ["นางคำ ใจดี"]
    assert form.fields["house_no"] == ["12/1"]
    assert form.fields["description"][0].strip() == "พิมพ์ไว้แล้ว"
    answer = submit(
        officer, used, {"channel": "walk_in", "kind": "request", "category": "housing"},
        having="description",
    )  # fmt: skip
    assert answer.status_code == 303
    with app.app_context():
        one = kept(only().reference)
        assert one.person_id is not None
        assert one.household_id is not None
    prefilled = form_in(officer.get(f"{NEW}?person={person}").text, having="description")
    assert prefilled.fields["household"] == [house]


@pytest.mark.parametrize("query", ["person=P-999999-9", "person=%00", "household=x"])
def test_whom_the_registry_does_not_know(officer: FlaskClient, query: str) -> None:
    assert officer.get(f"{NEW}?{query}").status_code == 404


def test_who_may_file(client: FlaskClient, stage: None) -> None:
    cast.sign_in(client, cast.WAN)
    assert client.get(NEW).headers["Location"].endswith("/requests/new")
    client.post("/sign-out")
    for who in (cast.MALEE, cast.ANAN, cast.AEK):
        other = cast.sign_in(client.application.test_client(), who)
        assert other.get(NEW).status_code == 403
        assert other.post(NEW, data=FILLED).status_code in {400, 403}


def test_the_service_refuses_whom_it_must(session: object, stage: None) -> None:
    answers = Filing(kind=ComplaintKind.REQUEST, category="housing", description="x")
    with pytest.raises(Forbidden):
        file_for_somebody(
            actor=cast.viewer(cast.MALEE), channel=Channel.PHONE, language="th", answers=answers
        )
    with pytest.raises(Refused):
        file_for_somebody(
            actor=cast.viewer(cast.ORN), channel=Channel.PHONE, language="th", answers=answers,
            person="P-000099-1",
        )  # fmt: skip
