"""What is asked back, refused in words, or told with care: names, titles, numbers elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.integration.households.conftest import NATIONAL_ID, OFFICER, Registry
from tests.pages import form_in, submit
from welfare.core.audit.models import AuditEntry
from welfare.core.security.permissions import Role
from welfare.households.kinds import DatePrecision, FactKind, MaritalStatus
from welfare.households.queries import load_person, person_file


def press(client: FlaskClient, page: TestResponse, button: str) -> TestResponse:
    """As a browser sends it: the hidden field and the button of one name, both."""
    form = form_in(page.text, having=button)
    sent: MultiDict[str, str] = MultiDict(form.fields)
    sent.add(button, form.buttons[button])
    return client.post(page.request.full_path, data=sent)


@pytest.mark.parametrize("name", ["สม1ชาย", "สมชาย๒", "สมชาย😀", "สม<b>ชาย", "@สมชาย"])
@pytest.mark.parametrize("field", ["first_name", "last_name", "middle_name", "title"])
def test_what_is_no_name_is_refused_in_words(
    registry: Registry, sign_in: Any, name: str, field: str
) -> None:
    client = sign_in(Role.OFFICER)
    answer = submit(client, "/desk/people/new", {"first_name": "สมหวัง"} | {field: name})
    assert answer.status_code == 400
    assert "ออก" in answer.text


@pytest.mark.parametrize("name", ["ณ อุโมงค์", "O'Brien", "Anne-Marie", "ม.ล.ปิ่น", "นะโม"])
def test_names_as_they_are(registry: Registry, sign_in: Any, name: str) -> None:
    answer = submit(sign_in(Role.OFFICER), "/desk/people/new", {"first_name": name})
    assert answer.status_code == 303


def test_a_title_of_the_other_sex_is_asked_back(
    registry: Registry, app: Flask, sign_in: Any
) -> None:
    client = sign_in(Role.OFFICER)
    values = {"title": "นาย", "first_name": "มานี", "sex": "female"}
    asked = submit(client, "/desk/people/new", values)
    assert asked.status_code == 200
    assert "คำนำหน้าชื่อกับเพศไม่ตรงกัน" in asked.text
    added = press(client, asked, "title_sure")
    assert added.status_code == 303
    edit = added.headers["Location"] + "/edit"
    assert submit(client, edit, {"notes": "x"}, having="notes").status_code == 303, (
        "not asked again"
    )
    other = submit(client, edit, {"title": "พระ"}, having="title")
    assert "คำนำหน้าชื่อกับเพศไม่ตรงกัน" in other.text


@pytest.mark.parametrize(
    ("days", "known"),
    [
        ({"to_day-year": "2510"}, "2510"),
        ({"to_day-year": "2510", "to_day-month": "5"}, "พ.ค. 2510"),
        ({"end_unknown": "y"}, "ไม่ทราบว่าใช้ถึงเมื่อใด"),
        ({"from_day-day": "5", "from_day-month": "6", "from_day-year": "2510",
          "to_day-year": "2510"}, "2510"),
    ],
)  # fmt: skip
def test_the_days_of_an_old_name_as_far_as_known(
    registry: Registry, sign_in: Any, days: dict[str, str], known: str
) -> None:
    client = sign_in(Role.OFFICER)
    here = f"/desk/people/{registry.kham}"
    values = {"first_name": "เก่า", "last_name": "เดิม"} | days
    assert submit(client, f"{here}/names/new", values, having="reason").status_code == 303
    page = client.get(here).text
    assert known in page
    assert "เก่า เดิม" in page
    assert page.count("(ปัจจุบัน)") == 1
    assert registry.kham in client.get("/desk/people?q=เก่า เดิม").text


@pytest.mark.parametrize(
    "days", [{}, {"to_day-year": "2510", "end_unknown": "y"},
             {"from_day-year": "2511", "to_day-year": "2510"}],
)  # fmt: skip
def test_days_of_an_old_name_that_do_not_hold(
    registry: Registry, sign_in: Any, days: dict[str, str]
) -> None:
    client = sign_in(Role.OFFICER)
    values = {"first_name": "เก่า"} | days
    answer = submit(client, f"/desk/people/{registry.kham}/names/new", values, having="reason")
    assert answer.status_code == 422


def test_a_corrected_name_keeps_how_much_is_known(
    registry: Registry, app: Flask, sign_in: Any
) -> None:
    client = sign_in(Role.OFFICER)
    here = f"/desk/people/{registry.kham}/names"
    submit(client, f"{here}/new", {"first_name": "เก่า", "to_day-year": "2510"}, having="reason")
    with app.app_context():
        line = next(one for one in person_file(registry.kham, viewer=OFFICER).names if one.to_day)
    assert submit(client, f"{here}/{line.id}", {"reason": "สมรส"}).status_code == 303
    with app.app_context():
        file = person_file(registry.kham, viewer=OFFICER)
    entry = next(one.entry for one in file.names if one.id == line.id)
    assert (entry.to_day, entry.to_precision, entry.reason) == (
        date(1967, 1, 1), DatePrecision.YEAR, "สมรส",
    )  # fmt: skip


def test_marital_status_is_a_dated_fact(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    here = f"/desk/people/{registry.kham}"
    for code, year in (("married", "2510"), ("widowed", "2560")):
        values = {"code": code, "from_day-year": year, "source": "document"}
        assert submit(client, f"{here}/facts/new/marital", values).status_code == 303
    with app.app_context():
        person = load_person(registry.kham, viewer=OFFICER)
        assert person.marital_status == MaritalStatus.WIDOWED
        known = person_file(registry.kham, viewer=OFFICER).known
        [now] = [one for one in known.present if one.kind == FactKind.MARITAL]
        assert (now.code, now.from_precision) == ("widowed", DatePrecision.YEAR)
        assert len([one for one in known.lines if one.kind == FactKind.MARITAL]) == 2
    page = client.get(here).text
    assert "หม้าย" in page
    assert 'id="timeline"' in page
    refused = submit(client, f"{here}/facts/new/marital", {"code": "", "source": "told"})
    assert refused.status_code in {400, 422}


def test_what_is_dated_is_written_in_one_place(registry: Registry, sign_in: Any) -> None:
    page = sign_in(Role.OFFICER).get(f"/desk/people/{registry.kham}/edit").text
    fields = form_in(page, having="first_name").fields
    for name in ("disability", "adl_score", "marital_status", "occupation", "welfare_card"):
        assert name not in fields
    assert "health_notes" in fields
    assert f"/desk/people/{registry.kham}#facts" in page


def test_an_unanswered_item_is_named(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    answer = submit(
        client, f"/desk/people/{registry.kham}/facts/new/adl", {"adl_2": "1", "source": "told"},
        having="source_note",
    )  # fmt: skip
    assert answer.status_code == 400
    summary = answer.text.split('id="error-summary"')[1].split("</ul>")[0]
    lines = [line for line in summary.split("<li>")[1:] if "โปรดเลือกคำตอบข้อ" in line]
    assert len(lines) == 9
    assert len(set(lines)) == 9


def test_a_number_registered_elsewhere_is_told_and_noted(
    registry: Registry, app: Flask, sign_in: Any
) -> None:
    client = sign_in(Role.CASEWORKER, villages=(5,))
    values = {"first_name": "คำ", "id_kind": "national", "identifier": NATIONAL_ID}
    answer = submit(client, "/desk/people/new", values)
    assert answer.status_code == 422
    assert "นอกเขต" in answer.text
    searched = client.get("/desk/registry", query_string={"q": NATIONAL_ID})
    assert "นอกเขต" in searched.text
    for text in (answer.text, searched.text):
        assert "น้ำใจ" not in text
        assert registry.kham not in text
    with app.app_context():
        noted = app.extensions["sqlalchemy"].session.scalars(
            select(AuditEntry.object_ref).where(AuditEntry.action == "person.met_elsewhere")
        )
        assert list(noted) == [registry.kham, registry.kham]
    own = sign_in(Role.OFFICER).get("/desk/registry", query_string={"q": NATIONAL_ID})
    assert "นอกเขต" not in own.text


def test_only_the_likely_are_asked_about(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    faint = submit(client, "/desk/people/new", {"first_name": "คำปัน", "last_name": "ไม่มีใคร"})
    assert faint.status_code == 303, "a name that begins alike alone is no reason to ask"
    same = submit(client, "/desk/people/new", {"first_name": "คำ", "last_name": "น้ำใจ"})
    assert registry.kham in same.text
