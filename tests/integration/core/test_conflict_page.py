"""The page of two who edited at once speaks the words of the form, and takes any choice back."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import form_in, submit
from welfare.accounts.models import User, UserRole
from welfare.cases.models import Case
from welfare.cases.workflow import Priority
from welfare.core.db import db
from welfare.core.security.permissions import Role
from welfare.households.models import Person

pytestmark = pytest.mark.usefixtures("stage")


def fields_of(client: FlaskClient, address: str, having: str) -> dict[str, Any]:
    fields: dict[str, Any] = form_in(client.get(address).text, having=having).fields
    return fields


def both(client: FlaskClient, address: str, having: str, first: Any, second: Any) -> Any:
    """The page that the second gets, when both read before the first saved."""
    fields = fields_of(client, address, having)
    assert client.post(address, data=_sent(fields, first)).status_code == 303
    answer = client.post(address, data=_sent(fields, second))
    assert answer.status_code == 409
    return answer


def _sent(fields: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (fields | changes).items() if value is not None}


def test_lists_show_their_words(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.ORN)
    address = f"/desk/cases/{number}/edit"
    page = both(
        client,
        address,
        "title",
        {"priority": "high", "village": "3", "category": "disability"},
        {"priority": "low", "village": "1", "title": "ของอร"},
    )
    for words in (
        "<legend>ความเร่งด่วน", "หมู่ที่ 3", "หมู่ที่ 1", "ของอร",
        f"ผู้บันทึกล่าสุด {cast.STAFF[cast.ORN][0]} เมื่อ",
    ):  # fmt: skip
        assert words in page.text
    for code in (">high<", ">disability<", ">housing<", ">priority<", "<legend>village"):
        assert code not in page.text
    chosen = submit(client, page, {"priority": "high"}, having="version")
    assert chosen.status_code == 303
    with app.app_context():
        case = db.session.scalar(select(Case).where(Case.number == number))
        assert (case.priority, case.village_no, case.title) == (Priority.HIGH, 1, "ของอร")


def test_ticks_can_be_joined_and_taken_out(app: Flask, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ANAN)
    address = f"/admin/accounts/{cast.KAN}"
    page = both(
        client,
        address,
        "display_name",
        {"roles": ["caseworker", "officer"]},
        {"roles": ["caseworker", "manager"], "active": None},
    )
    assert "ทั้งสองฝ่าย" in page.text
    assert ">officer<" not in page.text
    form = form_in(page.text, having="version")
    assert sorted(form.fields["roles"]) == ["caseworker", "manager"]
    assert form.fields["active"] == [""]
    joined = {"roles": ["caseworker", "manager", "officer"]}
    assert client.post(address, data=form.fields | joined).status_code == 303
    with app.app_context():
        user = db.session.scalar(select(User).where(User.username == cast.KAN))
        assert not user.active
        roles = db.session.scalars(select(UserRole.role).where(UserRole.user_id == user.id))
        assert set(roles) == {Role.CASEWORKER, Role.MANAGER, Role.OFFICER}


def test_a_date_is_one_choice(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.person().number
    cast.sign_in(client, cast.ORN)
    day = "birth_date-day", "birth_date-month", "birth_date-year"
    page = both(
        client,
        f"/desk/people/{number}/edit",
        "first_name",
        dict(zip(day, ("1", "2", "2490"), strict=True)),
        dict(zip(day, ("31", "12", "2491"), strict=True)),
    )
    for words in ("1 กุมภาพันธ์ 2490", "31 ธันวาคม 2491", "วันเกิด"):
        assert words in page.text
    chosen = submit(client, page, {"birth_date": "1/2/2490"}, having="version")
    assert chosen.status_code == 303
    with app.app_context():
        born = db.session.scalar(select(Person.birth_date).where(Person.number == number))
        assert born.isoformat() == "1947-02-01"


def test_what_does_not_clash_can_be_sent_again(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
    cast.sign_in(client, cast.ORN)
    page = client.get(f"/desk/cases/{number}?open=close")
    edit = f"/desk/cases/{number}/edit"
    submit(client, edit, {"title": "ชื่อใหม่"}, having="title")
    said = {"outcome": "solved", "outcome_note": "ซ่อมแล้ว"}
    answer = submit(client, page, said, having="outcome_note")
    assert answer.status_code == 409
    assert "ซ่อมแล้ว" in answer.text
    assert "ชื่อใหม่" not in answer.text
    assert submit(client, answer, having="outcome_note").status_code == 303
