"""The words of an edition of a survey, entered in one piece."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.integration.households.conftest import Registry
from tests.pages import form_in, submit
from welfare.core.db import db
from welfare.core.security.permissions import Role
from welfare.households.forms.surveys import read_list
from welfare.households.services.editions import ensure_editions

ADDRESS = "/desk/registry/surveys/jpt-2565"
LIST = (
    "หมวดที่ ๑ สุขภาพ\n๑. เด็กแรกเกิดมีน้ำหนัก 2,500 กรัมขึ้นไป\n2) กินนมแม่อย่างเดียว\n"
    "\nหมวด 2 สภาพแวดล้อม\n3 บ้านมั่นคง"
)


@pytest.fixture(autouse=True)
def known(app: Flask, registry: Registry) -> None:
    with app.app_context():
        ensure_editions()
        db.session.commit()


def test_a_printed_list_is_read() -> None:
    found, strange = read_list(LIST + "\nท้ายเอกสาร")
    assert found == {
        1: ("สุขภาพ", "เด็กแรกเกิดมีน้ำหนัก 2,500 กรัมขึ้นไป"),
        2: ("สุขภาพ", "กินนมแม่อย่างเดียว"),
        3: ("สภาพแวดล้อม", "บ้านมั่นคง"),
    }
    assert strange == ["ท้ายเอกสาร"]


def test_a_pasted_list_fills_the_fields_and_is_saved_after_a_look(
    registry: Registry, sign_in: Any
) -> None:
    client = sign_in(Role.ADMIN)
    filled = submit(client, ADDRESS, {"pasted": LIST, "fill": "1"}, having="pasted")
    assert filled.status_code == 200
    fields = form_in(filled.text, having="pasted").fields
    assert fields["text_2"] == ["กินนมแม่อย่างเดียว"]
    assert "กินนมแม่อย่างเดียว" not in client.get(ADDRESS).text, "nothing is kept yet"
    assert submit(client, filled, {}, having="pasted").status_code == 303
    assert "กินนมแม่อย่างเดียว" in client.get(ADDRESS).text


def test_lines_that_fit_nothing_are_named(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.ADMIN)
    answer = submit(client, ADDRESS, {"pasted": "99. ไม่มี", "fill": "1"}, having="pasted")
    assert "99" in answer.text
    assert "ไม่ตรงกับตัวชี้วัดใด" in answer.text


def test_a_survey_of_other_years(sign_in: Any) -> None:
    client = sign_in(Role.ADMIN)
    page = "/desk/registry/surveys/new"
    values = {"edition_name": "จปฐ. พ.ศ. 2570–2574", "from_year": "๒๕๗๐", "to_year": "2574"}
    empty = submit(client, page, values | {"to_year": "2560", "count": "5"})
    assert empty.status_code == 422
    assert submit(client, page, values).status_code == 400, "how many indicators?"
    made = submit(client, page, values | {"like": "jpt-2565"})
    assert made.headers["Location"].endswith("/desk/registry/surveys/survey-2570")
    form = form_in(client.get(made.headers["Location"]).text, having="text_1")
    assert form.fields["name_th"] == ["จปฐ. พ.ศ. 2570–2574"]
    assert "text_38" in form.fields
    assert "active" not in form.fields, "not offered before it has been looked over"
    again = submit(client, page, values | {"count": "12"})
    assert again.headers["Location"].endswith("/survey-2570-2")
    shown = client.get(again.headers["Location"]).text
    assert 'name="text_12"' in shown
    assert 'name="text_13"' not in shown


def test_only_who_looks_after_lists_adds_a_survey(sign_in: Any) -> None:
    assert sign_in(Role.OFFICER).get("/desk/registry/surveys/new").status_code == 403
