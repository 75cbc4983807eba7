"""A history that anybody can read: who, when, from what to what, and no secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.integration.households.landing.conftest import House
from welfare.core.db import db
from welfare.households import services as registry
from welfare.households.kinds import Condition, EndReason
from welfare.households.models.changes import ChangeKind
from welfare.households.queries import household_file, load_person, person_file
from welfare.households.services.recording import recorded
from welfare.households.services.undoing import undo_changes

PHONE = "66812345678"


def _history(client: FlaskClient, path: str) -> str:
    cast.sign_in(client, cast.MALEE)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def test_an_edit_says_before_and_after(house: House, app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        file = household_file(house.number, viewer=orn)
        registry.edit_household(
            actor=orn, number=house.number, version=file.version,
            facts=replace(file.facts, condition=Condition.UNSAFE),
        )  # fmt: skip
        db.session.commit()
    text = _history(client, f"/desk/households/{house.number}/history")
    assert "นางสาวอร ใจงาม" in text
    assert "สภาพบ้าน" in text
    assert "ทรุดโทรม" in text.split("<del>")[1].split("</del>")[0]
    assert "ไม่ปลอดภัย" in text.split("<ins>")[1].split("</ins>")[0] or "unsafe" not in text


def test_secrets_are_masked_and_health_is_only_named(
    house: House, app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        with recorded(orn, ChangeKind.CORRECTION, reason="บัตรใหม่"):
            person = load_person(house.head, viewer=orn, for_update=True)
            person.phone = PHONE
            person.adl_score = 3
            person.occupation = "ทอผ้า"
        db.session.commit()
    text = _history(client, f"/desk/people/{house.head}/history")
    assert "ทอผ้า" in text
    assert "บัตรใหม่" in text
    assert PHONE not in text
    assert "0812345678" not in text
    assert "678" in text
    assert "ไม่แสดงค่าในหน้านี้" in text
    assert "adl" not in text


def test_an_operation_is_told_with_its_day_and_that_it_was_taken_back(
    house: House, app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        with recorded(orn, ChangeKind.MOVE_OUT, day=date(2026, 6, 1), reason="ไปอยู่กับลูก") as made:
            registry.end_membership(
                actor=orn, household_number=house.number, person_number=house.mother,
                version=1, to_day=date(2026, 6, 1), reason=EndReason.MOVED_OUT,
            )  # fmt: skip
        db.session.commit()
        undo_changes(actor=orn, number=made.number, reason="ผิดคน", keep_later=True)
        db.session.commit()
    text = _history(client, f"/desk/households/{house.number}/history")
    for words in ("ย้ายออกจากบ้าน", "ไปอยู่กับลูก", "1 มิถุนายน 2569", "ย้อนกลับแล้ว", "ผิดคน",
                  "ยกเลิก: ย้ายออกจากบ้าน"):  # fmt: skip
        assert words in text, words


def test_what_was_told_by_an_operation_is_not_told_twice(
    house: House, app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        before = person_file(house.head, viewer=orn)
        assert before.number == house.head
        with recorded(orn, ChangeKind.CORRECTION):
            file = household_file(house.number, viewer=orn)
            registry.edit_household(
                actor=orn, number=house.number, version=file.version,
                facts=replace(file.facts, condition=Condition.SOUND, landmark="ใกล้วัด"),
            )  # fmt: skip
        db.session.commit()
    text = _history(client, f"/desk/households/{house.number}/history")
    assert text.count("ใกล้วัด") == 1
