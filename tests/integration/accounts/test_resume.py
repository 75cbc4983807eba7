"""A session that ended while somebody typed: nothing is lost, and nobody else reads it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import form_in, submit
from welfare.accounts import services
from welfare.core.db import db
from welfare.core.security.models import HeldForm

pytestmark = pytest.mark.usefixtures("stage")

WORDS = "ไปเยี่ยมแล้ว ยายอยู่คนเดียว"


@pytest.fixture
def number(app: Flask) -> str:
    with app.app_context():
        return cast.case()


def _ended(app: Flask) -> None:
    with app.app_context():
        who = cast.viewer(cast.ORN)
        services.end_sessions(actor=who, user_id=who.user_id, username=who.username)
        db.session.commit()


def _send_after_the_end(app: Flask, client: FlaskClient, number: str) -> str:
    """Type a note, lose the session, send; where the browser is led."""
    cast.sign_in(client, cast.ORN)
    page = client.get(f"/desk/cases/{number}?open=note")
    _ended(app)
    answer = submit(client, page, {"text": WORDS, "audience": "internal"})
    assert answer.status_code == 302
    return str(answer.location)


def _typed(page: str) -> dict[str, list[str]]:
    return form_in(page, having="text").fields


def test_the_whole_way_back(app: Flask, client: FlaskClient, number: str) -> None:
    door = client.get(_send_after_the_end(app, client, number))
    assert "ข้อมูลที่ท่านกรอกยังอยู่" in door.text
    page = submit(client, door, {"username": cast.ORN, "password": cast.PASSWORD}, follow=True)
    assert WORDS in page.text
    assert _typed(page.text)["text"] == [WORDS]
    done = submit(client, page, having="text", follow=True)
    assert done.status_code == 200
    assert WORDS in client.get(f"/desk/cases/{number}").text


def test_sending_on_twice_writes_one_note(app: Flask, client: FlaskClient, number: str) -> None:
    door = client.get(_send_after_the_end(app, client, number))
    page = submit(client, door, {"username": cast.ORN, "password": cast.PASSWORD}, follow=True)
    for _time in range(2):
        submit(client, page, having="text")
    assert client.get(f"/desk/cases/{number}").text.count(WORDS) == 1


def test_somebody_else_cannot_see_it(app: Flask, client: FlaskClient, number: str) -> None:
    door = client.get(_send_after_the_end(app, client, number))
    page = submit(client, door, {"username": cast.KAN, "password": cast.PASSWORD}, follow=True)
    assert page.status_code == 404
    assert WORDS not in page.text


def test_it_is_kept_encrypted_and_not_in_the_address(
    app: Flask, client: FlaskClient, number: str
) -> None:
    where = _send_after_the_end(app, client, number)
    assert WORDS not in where
    with app.app_context():
        raw = db.session.connection().exec_driver_sql("SELECT body FROM held_forms").scalar()
        assert WORDS not in str(raw)
        held = db.session.scalar(select(HeldForm))
        assert held is not None
        assert "password" not in held.body


def test_a_strangers_form_is_not_held(app: Flask, client: FlaskClient, number: str) -> None:
    client.post(f"/desk/cases/{number}/note", data={"text": WORDS})
    with app.app_context():
        assert db.session.scalar(select(HeldForm)) is None
