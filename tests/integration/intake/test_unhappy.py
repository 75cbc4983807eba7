"""A citizen says that it did not help: staff see it and reopen, the citizen sees that too."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import submit
from welfare.cases.models import Case
from welfare.cases.queries import category_by_code, unhappy_count
from welfare.cases.services import close_case, reopen_case
from welfare.cases.workflow import Outcome, Priority, Sensitivity
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.outbox import OutboxEvent
from welfare.intake.services import accepting
from welfare.intake.services.filing import Filed
from welfare.intake.services.tracking import say_whether_it_helped

LISTED = "/desk/cases?unhappy=1"


@pytest.fixture
def filed(app: Flask, stage: None) -> Filed:
    """A request whose case was closed as solved."""
    with app.app_context():
        filed = cast.complaint()
        number = accepting.accept_into_new(
            actor=cast.viewer(cast.ORN), reference=filed.reference, version=1, new=new_case()
        )
        close_case(
            actor=cast.viewer(cast.ORN),
            number=number,
            version=the_case().version,
            outcome=Outcome.SOLVED,
            outcome_note="ซ่อมหลังคาให้แล้ว",
        )
        db.session.commit()
    return filed


def new_case() -> accepting.NewCase:
    category = category_by_code("housing")
    assert category is not None
    return accepting.NewCase("หลังคารั่ว", category.id, Priority.NORMAL, Sensitivity.NORMAL)


def the_case() -> Case:
    return db.session.scalars(select(Case)).one()


def say(app: Flask, filed: Filed, helped: str, text: str = "") -> None:
    with app.app_context():
        say_whether_it_helped(reference=filed.reference, helped=helped, text=text)
        db.session.commit()


def test_the_citizen_sees_how_it_ended(filed: Filed, client: FlaskClient) -> None:
    door = {"reference": filed.reference, "secret": filed.secret}
    page = client.get(submit(client, "/requests/track", door).location)
    assert "ซ่อมหลังคาให้แล้ว" in page.text
    assert "/helped" in page.text


def test_no_is_seen_by_staff_who_reopen_and_the_citizen_sees_that(
    app: Flask, filed: Filed, client: FlaskClient
) -> None:
    citizen = app.test_client()
    door = {"reference": filed.reference, "secret": filed.secret}
    here = submit(citizen, "/requests/track", door).location
    answer = {"helped": "no", "text": "ฝนตกก็ยังรั่ว"}
    submit(citizen, here, answer, having="text", action="helped")
    with app.app_context():
        number = the_case().number
    officer = cast.sign_in(client, cast.ORN)
    assert f'href="{LISTED}"' in officer.get("/desk").text
    assert number in officer.get(LISTED).text
    page = officer.get(f"/desk/cases/{number}")
    for words in ("ฝนตกก็ยังรั่ว", "แจ้งว่ายังไม่ดีขึ้น", "?open=reopen#reopen"):
        assert words in page.text
    form = officer.get(f"/desk/cases/{number}?open=reopen")
    reason = {"reason": "ช่างไปดูแล้ว ต้องซ่อมใหม่"}
    assert submit(officer, form, reason, action="/reopen").status_code == 303
    assert number not in officer.get(LISTED).text
    assert f'href="{LISTED}"' not in officer.get("/desk").text
    with app.app_context():
        assert "case.reopened" in db.session.scalars(select(OutboxEvent.name)).all()
    seen = citizen.get(here).text
    assert "เจ้าหน้าที่เปิดเรื่องนี้ขึ้นดำเนินการใหม่" in seen
    assert "/helped" not in seen
    assert "ช่างไปดูแล้ว" not in seen


def test_a_better_answer_takes_it_from_the_list(app: Flask, filed: Filed) -> None:
    say(app, filed, "no")
    say(app, filed, "partly")
    with app.app_context():
        assert the_case().unhappy_at is None


def test_an_answer_refuses_nobodys_open_form(app: Flask, filed: Filed) -> None:
    with app.app_context():
        before = the_case().version
    say(app, filed, "no")
    with app.app_context():
        case = the_case()
        assert (case.version, case.unhappy_at is not None) == (before, True)


def test_who_may_not_reopen_and_who_does_not_see_it(app: Flask, filed: Filed) -> None:
    say(app, filed, "no")
    with app.app_context():
        case = the_case()
        case.assignee_id = cast.viewer(cast.KAN).user_id
        db.session.commit()
        with pytest.raises(Forbidden):
            reopen_case(
                actor=cast.viewer(cast.KAN), number=case.number, version=case.version, reason="x"
            )
        db.session.rollback()
        assert unhappy_count(cast.viewer(cast.TON)) == 0
        assert unhappy_count(cast.viewer(cast.ORN)) == 1
