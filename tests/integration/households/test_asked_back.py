"""What is asked back outside the operations: facts, deaths, endings, and what is put right."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.pages import submit
from welfare.core.db import db
from welfare.households import services as registry
from welfare.households.kinds import ParentKind, Relation, Sex
from welfare.households.models import Parentage, Person, PersonFact

pytestmark = pytest.mark.usefixtures("stage")

SURE = "sure_of"
TOLD = {"source": "told"}


@pytest.fixture
def couple(app: Flask) -> tuple[str, str, str]:
    """A man born in 1964, head of a household, and a boy of it; their numbers and the house's."""
    with app.app_context():
        house = cast.household(house_no="13").number
        man = _settle(house, "พรหม", Sex.MALE, 1964, Relation.HEAD)
        boy = _settle(house, "ต้น", Sex.MALE, 2015, Relation.CHILD)
        ids = [db.session.query(Person.id).filter_by(number=one).scalar() for one in (boy, man)]
        db.session.add(Parentage(person_id=ids[0], parent_id=ids[1], kind=ParentKind.FATHER))
        db.session.commit()
        return man, boy, house


def _settle(house: str, first: str, sex: Sex, born: int, relation: Relation) -> str:
    made = cast.person(first_name=first, title="", sex=sex, birth_date=date(born, 1, 1)).number
    registry.add_member(
        actor=cast.viewer(cast.ORN), household_number=house, person_number=made,
        relation=relation, from_day=date(2018, 1, 1),
    )  # fmt: skip
    db.session.commit()
    return made


@pytest.fixture
def orn(client: FlaskClient) -> FlaskClient:
    return cast.sign_in(client, cast.ORN)


def day(name: str, year: int) -> dict[str, str]:
    return {f"{name}-day": "1", f"{name}-month": "6", f"{name}-year": str(year)}


def facts(app: Flask) -> int:
    with app.app_context():
        return db.session.query(PersonFact).count()


def test_a_pregnant_man_is_asked_back(
    app: Flask, orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    page = f"/desk/people/{couple[0]}/facts/new/pregnancy"
    asked = submit(orn, page, TOLD | day("from_day", 2569), having="source_note")
    assert asked.status_code == 422
    assert "เป็นเพศชายตามทะเบียน" in asked.text
    assert facts(app) == 0
    key = asked.text.split(f'name="{SURE}" value="')[1].split('"')[0]
    values = TOLD | day("from_day", 2569)
    assert submit(orn, asked, values | {SURE: "00000000"}, having="source_note").status_code == 422
    assert submit(orn, asked, values | {SURE: key}, having="source_note").status_code == 303
    assert facts(app) == 1


def test_a_fact_lies_within_the_life_of_its_person(
    app: Flask, orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    page = f"/desk/people/{couple[0]}/facts/new/occupation"
    values = TOLD | {"text": "ทำนา"}
    early = submit(orn, page, values | day("from_day", 2500), having="source_note")
    assert early.status_code == 422
    assert "ยังไม่เกิด" in early.text
    year = {"from_day-day": "", "from_day-month": "", "from_day-year": "2507"}
    assert submit(orn, page, values | year, having="source_note").status_code == 303
    died = day("deceased_on", 2568) | {"new_head": "nobody"}
    death = submit(orn, f"/desk/people/{couple[0]}/death", died, having="usual")
    assert death.status_code == 303, death.text
    late = submit(orn, page, values | day("from_day", 2569), having="source_note")
    assert late.status_code == 422
    assert "เสียชีวิตก่อนวันนี้แล้ว" in late.text


def test_two_carers_in_one_answer_lose_neither(
    app: Flask, orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    page = f"/desk/people/{couple[0]}/facts/new/carer"
    both = submit(orn, page, TOLD | {"other": couple[1], "text": "ป้า"}, having="source_note")
    assert both.status_code == 422
    assert 'value="ป้า"' in both.text
    assert facts(app) == 0


def test_the_own_page_of_a_death_asks_why_and_of_ages(
    app: Flask, orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    page = f"/desk/people/{couple[0]}/death"
    died = day("deceased_on", 2568) | {"new_head": couple[1]}
    unsaid = submit(orn, page, died | {"usual": "", "reason": ""}, having="usual")
    assert unsaid.status_code == 400
    assert "โปรดบอกเหตุผล" in unsaid.text
    asked = submit(orn, page, died, having="usual")
    assert asked.status_code == 422
    assert "มีอายุ 10 ปี" in asked.text
    with app.app_context():
        assert db.session.query(Person).filter(Person.deceased_on.is_not(None)).count() == 0


def test_an_ending_asks_of_ages(app: Flask, orn: FlaskClient, couple: tuple[str, str, str]) -> None:
    page = f"/desk/households/{couple[2]}/members/{couple[0]}/end"
    values = day("to_day", 2568) | {"reason": "moved_out", "new_head": couple[1]}
    asked = submit(orn, page, values, having="note")
    assert asked.status_code == 422
    assert "มีอายุ 10 ปี" in asked.text
    key = asked.text.split(f'name="{SURE}" value="')[1].split('"')[0]
    assert submit(orn, asked, values | {SURE: key}, having="note").status_code == 303


def test_a_relation_that_is_put_right_is_asked_back(
    app: Flask, orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    page = f"/desk/households/{couple[2]}/members/{couple[1]}"
    asked = submit(orn, page, {"relation": "parent"}, having="relation")
    assert asked.status_code == 422
    assert "อายุน้อยกว่าหัวหน้าครัวเรือน" in asked.text
    assert submit(orn, page, {"relation": "relative"}, having="relation").status_code == 303


def test_a_birth_date_that_is_put_right_fits_the_relatives(
    app: Flask, orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    page = f"/desk/people/{couple[1]}/edit"
    born = {"birth_date-day": "1", "birth_date-month": "1", "birth_date-year": "2510"}
    asked = submit(orn, page, born, having="birth_date-day")
    assert asked.status_code == 422
    assert "มีอายุ 3 ปีเมื่อ" in asked.text
    key = asked.text.split(f'name="{SURE}" value="')[1].split('"')[0]
    assert submit(orn, asked, born | {SURE: key}, having="birth_date-day").status_code == 303
    again = submit(orn, page, {"occupation": ""}, having="birth_date-day")
    assert again.status_code == 303, "what was said once is not asked at every edit"


def test_who_is_left_is_widowed_and_married_again_by_the_undo(
    app: Flask, orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    man, _boy, house = couple
    with app.app_context():
        wife = _settle(house, "ศรี", Sex.FEMALE, 1966, Relation.SPOUSE)
    married = TOLD | {"code": "married"}
    page = f"/desk/people/{wife}/facts/new/marital"
    assert submit(orn, page, married, having="source_note").status_code == 303
    values = {"person": man, "new_head": wife} | day("day", 2568)
    asked = submit(orn, f"/desk/households/{house}/changes/death", values, having="person")
    done = orn.get(submit(orn, asked, {}, having="told_for").headers["Location"])
    assert "มีสถานภาพเป็น “หม้าย”" in done.text
    undo = done.request.path + "/undo"
    taken = submit(orn, undo, {"reason": "แจ้งผิดคน"})
    with app.app_context():
        status = db.session.query(Person.marital_status).filter_by(number=wife).scalar()
    assert status == "married"
    again = orn.get(taken.headers["Location"] + "/undo").text
    assert "ให้มีผลอีกครั้ง" in again
    assert "ให้มีผลอีกครั้ง" in orn.get(taken.headers["Location"]).text


def test_the_page_of_who_died_says_where_they_lived(
    orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    died = day("deceased_on", 2568) | {"new_head": "nobody"}
    here = f"/desk/people/{couple[0]}"
    assert submit(orn, f"{here}/death", died, having="usual").status_code == 303
    page = orn.get(here).text
    assert "ปัจจุบันไม่อยู่ในครัวเรือนใด" in page
    assert f"/desk/households/{couple[2]}" in page


def test_a_baby_has_no_baby_for_a_mother(orn: FlaskClient, couple: tuple[str, str, str]) -> None:
    page = orn.get(f"/desk/households/{couple[2]}/changes/birth").text
    fathers = page.split('name="father"')[1].split("</select>")[0]
    assert couple[0] in fathers
    assert couple[1] not in fathers
    relations = page.split('name="relation"')[1].split("</select>")[0]
    assert 'value="child"' in relations
    assert 'value="spouse"' not in relations


def test_the_timeline_says_of_what_kind_a_fact_was(
    orn: FlaskClient, couple: tuple[str, str, str]
) -> None:
    here = f"/desk/people/{couple[0]}"
    for kind, values in (("occupation", {"text": "ทำนา"}), ("illness", {"text": "เบาหวาน"})):
        page = f"{here}/facts/new/{kind}"
        assert submit(orn, page, TOLD | values, having="source_note").status_code == 303
    told = orn.get(f"{here}?kind=edits").text.split('id="timeline"')[1]
    assert "อาชีพ" in told
    assert "ข้อมูลสุขภาพ" in told
    assert "เบาหวาน" not in told
