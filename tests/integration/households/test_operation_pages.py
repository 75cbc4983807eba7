"""Pages of the operations: filled in, refused, listed, undone; who lived here on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.conftest import Kept
from tests.contract.conftest import counted
from tests.pages import submit
from welfare.core.db import db
from welfare.households import services as registry
from welfare.households.kinds import Relation, Sex
from welfare.households.models import Parentage, Person
from welfare.households.queries import household_file
from welfare.households.queries.residents import members_on

pytestmark = pytest.mark.usefixtures("stage")

CAME = date(2015, 6, 1)


@dataclass
class Town:
    home: str
    other: str
    grandpa: str
    grandma: str
    son: str
    neighbour: str


@pytest.fixture
def town(kept: Kept) -> Town:
    return kept("two homes", _two_homes)


def _two_homes() -> Town:
    home = cast.household(house_no="12/1").number
    other = cast.household(house_no="40", village_no=3).number
    grandpa = _settle(home, "มา", Sex.MALE, 1950, Relation.HEAD)
    grandma = _settle(home, "คำ", Sex.FEMALE, 1952, Relation.SPOUSE)
    son = _settle(home, "แดง", Sex.MALE, 1975, Relation.CHILD)
    neighbour = _settle(other, "ฟ้า", Sex.FEMALE, 1978, Relation.HEAD)
    return Town(home, other, grandpa, grandma, son, neighbour)


def _settle(house: str, first: str, sex: Sex, born: int, relation: Relation) -> str:
    made = cast.person(first_name=first, title="", sex=sex, birth_date=date(born, 1, 1)).number
    registry.add_member(
        actor=cast.viewer(cast.ORN), household_number=house, person_number=made,
        relation=relation, from_day=CAME,
    )  # fmt: skip
    db.session.commit()
    return made


@pytest.fixture
def orn(client: FlaskClient, town: Town) -> FlaskClient:
    """Signed in after what stands is put back, which ends all sessions."""
    return cast.sign_in(client, cast.ORN)


def changes(town: Town, step: str = "") -> str:
    return f"/desk/households/{town.home}/changes{step}"


def on(day: int = 1, month: int = 10, year: int = 2568, name: str = "day") -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def heads(app: Flask, number: str) -> list[str]:
    with app.app_context():
        file = household_file(number, viewer=cast.viewer(cast.ORN))
        return [one.number for one in file.members if one.relation is Relation.HEAD]


def people(app: Flask, number: str) -> dict[str, str]:
    with app.app_context():
        file = household_file(number, viewer=cast.viewer(cast.ORN))
        return {one.number: one.relation.value for one in file.members if one.de_facto}


def test_change_of_head_tells_the_others_anew(app: Flask, orn: FlaskClient, town: Town) -> None:
    asked = orn.get(changes(town, "/head")).text
    assert f"?head={town.son}" in asked
    assert f"?head={town.grandpa}" not in asked
    answer = submit(orn, changes(town, f"/head?head={town.son}"), on() | {"reason": "พ่อชรา"})
    assert answer.status_code == 303, answer.text
    assert people(app, town.home) == {
        town.son: "head", town.grandpa: "parent", town.grandma: "parent"
    }  # fmt: skip
    listed = orn.get(changes(town)).text
    assert "พ่อชรา" in listed
    assert "1 ตุลาคม 2568" in listed


def test_the_day_before_is_as_it_was(app: Flask, orn: FlaskClient, town: Town) -> None:
    submit(orn, changes(town, f"/head?head={town.son}"), on() | {"reason": "พ่อชรา"})
    with app.app_context():
        viewer = cast.viewer(cast.ORN)
        before = members_on(town.home, date(2025, 9, 30), viewer=viewer)
        after = members_on(town.home, date(2025, 10, 1), viewer=viewer)
        never = members_on(town.home, date(2015, 5, 31), viewer=viewer)
    assert [one.number for one in before if one.relation is Relation.HEAD] == [town.grandpa]
    assert [one.number for one in after if one.relation is Relation.HEAD] == [town.son]
    assert never == []
    assert {one.age for one in before} == {75, 73, 50}


def test_moving_in_from_another_household(app: Flask, orn: FlaskClient, town: Town) -> None:
    found = orn.get(changes(town, "/move-in?q=ฟ้า"))
    assert f"?person={town.neighbour}" in found.text
    answer = submit(
        orn, changes(town, f"/move-in?person={town.neighbour}"),
        on() | {"relation": "in_law", "reason": "แต่งงาน"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert people(app, town.other) == {}
    assert people(app, town.home)[town.neighbour] == "in_law"


def test_the_head_moves_away(app: Flask, orn: FlaskClient, town: Town) -> None:
    page = orn.get(changes(town, "/move-out?to=away"))
    values = on() | {"people": [town.grandpa], "reason": "ไปอยู่กับหลาน", "destination": "แพร่"}
    without = submit(orn, page, values)
    assert without.status_code == 422
    assert town.home in without.text
    assert "ไปอยู่กับหลาน" in without.text
    asked = submit(orn, without, values | {"new_head": town.grandma})
    assert asked.status_code == 200
    assert town.grandpa in people(app, town.home), "nothing is recorded yet"
    answer = submit(orn, asked, {}, having="told_for")
    assert answer.status_code == 303, answer.text
    assert people(app, town.home) == {town.grandma: "head", town.son: "child"}
    listed = orn.get("/desk/registry/without-household").text
    assert town.grandpa in listed


def test_nobody_is_head(app: Flask, orn: FlaskClient, town: Town) -> None:
    answer = submit(
        orn, changes(town, "/death"),
        on() | {"person": town.grandpa, "new_head": "nobody", "reason": "ชรา"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert heads(app, town.home) == []
    assert town.home in orn.get("/desk/registry/without-head").text


def test_moving_out_to_an_empty_house(app: Flask, orn: FlaskClient, town: Town) -> None:
    with app.app_context():
        empty = cast.household(house_no="77").number
    found = orn.get(changes(town, "/move-out?q=77")).text
    assert f"?to={empty}" in found
    answer = submit(
        orn, changes(town, f"/move-out?to={empty}"),
        on() | {"people": [town.son, town.grandma], "head_there": town.son, "reason": "บ้านใหม่"},
    )  # fmt: skip
    assert answer.status_code == 200
    answer = submit(orn, answer, {}, having="told_for")
    assert answer.status_code == 303, answer.text
    assert people(app, empty) == {town.son: "head", town.grandma: "parent"}


def test_a_marriage_with_a_new_name(app: Flask, orn: FlaskClient, town: Town) -> None:
    address = changes(town, "/marriage")
    assert f"?person={town.son}" in orn.get(address).text
    assert "partner=" in orn.get(f"{address}?person={town.son}&q=ฟ้า").text
    answer = submit(
        orn, f"{address}?person={town.son}&partner={town.neighbour}",
        on() | {"last_name_2": "ใจใหม่", "title_2": "นาง", "home": town.home, "relation": "in_law"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert people(app, town.home)[town.neighbour] == "in_law"
    with app.app_context():
        found = db.session.query(Person).filter_by(number=town.neighbour).one()
        assert (found.title, found.last_name) == ("นาง", "ใจใหม่")
        assert "ใจดี" in found.search_key


def test_a_birth_is_looked_for_first(app: Flask, orn: FlaskClient, town: Town) -> None:
    values = on() | {
        "first_name": "น้อย", "last_name": "ใจดี", "sex": "female", "relation": "grandchild",
        "father": town.son,
    }  # fmt: skip
    answer = submit(orn, changes(town, "/birth"), values)
    assert answer.status_code == 303, answer.text
    again = submit(orn, changes(town, "/birth"), values)
    assert again.status_code == 200
    assert "P-" in again.text
    assert len(people(app, town.home)) == 4


def test_a_parent_who_is_nowhere_yet_is_entered_with_the_child(
    app: Flask, orn: FlaskClient, town: Town
) -> None:
    child = on() | {"first_name": "น้อย", "sex": "female", "relation": "grandchild"}
    looked = submit(orn, changes(town, "/birth"), child | {"parent_q": "สร้อย", "look": "1"})
    assert 'value="น้อย"' in looked.text and 'name="parent_first"' in looked.text
    wrong = submit(orn, looked, {"parent_first": "สร้อย"}, having="parent_first")
    assert wrong.status_code == 400 and 'value="สร้อย"' in wrong.text
    new = {"parent_kind": "mother", "parent_first": "สร้อย", "parent_last": "ต่างถิ่น"}
    answer = submit(orn, wrong, new, having="parent_first")
    assert answer.status_code == 303, answer.text
    with app.app_context():
        found = db.session.query(Person).filter_by(first_name="สร้อย").one()
        assert found.sex == "female"
        born = db.session.query(Parentage).filter_by(parent_id=found.id).one()
        assert db.session.get_one(Person, born.person_id).first_name == "น้อย"
    twin = submit(orn, changes(town, "/birth"), child | {"first_name": "นิด", "look": "1"})
    again = submit(orn, twin, new, having="parent_first")
    assert again.status_code == 200 and "parent_sure" in again.text
    with app.app_context():
        assert db.session.query(Person).filter_by(first_name="สร้อย").count() == 1


def test_a_split_in_the_same_house_and_a_joining(app: Flask, orn: FlaskClient, town: Town) -> None:
    answer = submit(
        orn, changes(town, "/split"),
        on() | {"people": [town.son], "head": town.son, "where": "same", "reason": "แยกครัว"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert town.son not in people(app, town.home)
    found = orn.get(f"/desk/households/{town.other}/changes/join?q=12/1").text
    assert f"?into={town.home}" in found
    answer = submit(
        orn, f"/desk/households/{town.other}/changes/join?into={town.home}",
        on(2, 10, 2568) | {"relation_0": "relative", "reason": "บ้านพัง"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert people(app, town.other) == {}
    assert people(app, town.home)[town.neighbour] == "relative"


def test_undone_and_recorded_rightly(app: Flask, orn: FlaskClient, town: Town) -> None:
    submit(orn, changes(town, f"/head?head={town.son}"), on() | {"reason": "ผิด"})
    link = re.search(r'href="([^"]+/undo)"', orn.get(changes(town)).text)
    assert link
    nothing = submit(orn, link[1], {"reason": ""})
    assert nothing.status_code == 400
    answer = submit(orn, link[1], {"reason": "ลงผิดคน"})
    assert answer.status_code == 303, answer.text
    assert heads(app, town.home) == [town.grandpa]
    assert "ลงผิดคน" in orn.get(changes(town)).text
    submit(orn, changes(town, f"/head?head={town.grandma}"), on() | {"reason": "ถูกแล้ว"})
    assert heads(app, town.home) == [town.grandma]


def test_what_others_stand_on_is_not_undone(app: Flask, orn: FlaskClient, town: Town) -> None:
    submit(orn, changes(town, "/move-out?to=away"),
           on() | {"people": [town.son], "reason": "ไปทำงาน"})  # fmt: skip
    first = re.search(r'href="([^"]+/undo)"', orn.get(changes(town)).text)
    assert first
    submit(orn, f"/desk/households/{town.other}/changes/move-in?person={town.son}",
           on(5, 10, 2568) | {"relation": "lodger", "reason": "กลับมา"})  # fmt: skip
    answer = submit(orn, first[1], {"reason": "ไม่จริง"})
    assert answer.status_code == 422
    assert "ไม่จริง" in answer.text
    assert town.son not in people(app, town.home)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (on(31, 12, 2569), "ยังมาไม่ถึง"),
        (on(1, 1, 2550), "2558"),
        (on(31, 2, 2568), ""),
        (on(0, 0, 0), ""),
    ],
)
def test_days_that_cannot_be(
    app: Flask, orn: FlaskClient, town: Town, when: dict[str, str], said: str
) -> None:
    answer = submit(
        orn, changes(town, "/move-out?to=away"),
        when | {"people": [town.son], "reason": "ย้ายงาน"},
    )  # fmt: skip
    assert answer.status_code in {400, 422}
    assert said in answer.text
    assert "ย้ายงาน" in answer.text
    assert town.son in people(app, town.home)


def test_who_lived_here_on_a_day(orn: FlaskClient, town: Town) -> None:
    address = f"/desk/households/{town.home}/on"
    shown = orn.get(f"{address}?day-day=1&day-month=10&day-year=2568").text
    assert "คำ ใจดี" in shown
    assert "ตุลาคม 2568" in shown
    assert orn.get(f"{address}?day-day=๑&day-month=10&day-year=๒๕๖๘").status_code == 200
    for bad in ("day-day=32&day-month=1&day-year=2568", "day-day=x&day-month=&day-year=",
                "day-day=1&day-month=1&day-year=2999", "day-year=2568"):  # fmt: skip
        answer = orn.get(f"{address}?{bad}")
        assert answer.status_code == 400, bad


def test_who_looks_after_other_villages_is_refused(
    app: Flask, client: FlaskClient, town: Town
) -> None:
    """Tǭn has villages 1 and 2: not the household in 3, and nobody is fetched from there."""
    ton = cast.sign_in(client, cast.TON)
    far = f"/desk/households/{town.other}"
    for step in ("", "/head", "/move-in", "/move-out", "/split", "/join", "/birth", "/death",
                 "/marriage"):  # fmt: skip
        assert ton.get(f"{far}/changes{step}").status_code == 404
    assert ton.get(f"{far}/on").status_code == 404
    assert ton.get(changes(town, f"/move-in?person={town.neighbour}")).status_code == 404
    assert ton.get(changes(town, f"/move-out?to={town.other}")).status_code == 404


def test_two_workers_at_one_household_keep_both_words(
    app: Flask, orn: FlaskClient, town: Town
) -> None:
    kan = cast.sign_in(app.test_client(), cast.KAN)
    mine = orn.get(changes(town, "/move-out?to=away"))
    hers = kan.get(changes(town, "/birth"))
    first = submit(orn, mine, on() | {"people": [town.son], "reason": "ไปทำงานต่างจังหวัด"})
    assert first.status_code == 303, first.text
    child = on() | {"first_name": "ขวัญข้าว", "sex": "female", "relation": "grandchild"}
    second = submit(kan, hers, child | {"reason": "แจ้งเกิดที่อำเภอ"})
    assert second.status_code == 409
    assert "ขวัญข้าว" in second.text
    assert "แจ้งเกิดที่อำเภอ" in second.text
    again = submit(kan, second, {}, having="version")
    assert again.status_code == 303, again.text
    listed = orn.get(changes(town)).text
    assert "ไปทำงานต่างจังหวัด" in listed
    assert "แจ้งเกิดที่อำเภอ" in listed


def test_an_operation_sent_twice_is_done_once(app: Flask, orn: FlaskClient, town: Town) -> None:
    page = orn.get(changes(town, "/move-out?to=away"))
    values = on() | {"people": [town.son], "reason": "ไปทำงาน"}
    assert submit(orn, page, values).status_code == 303
    assert submit(orn, page, values).status_code == 303
    assert orn.get(changes(town)).text.count("ไปทำงาน") == 1


def test_pages_ask_the_database_little(app: Flask, orn: FlaskClient, town: Town) -> None:
    for day in (1, 2, 3):
        for who in (town.son, town.grandma, town.grandpa):
            submit(orn, changes(town, f"/head?head={who}"), on(day) | {"reason": "ทดลอง"})
    steps = ("", f"/head?head={town.son}", f"/move-in?person={town.neighbour}", "/birth",
             "/move-out?to=away", "/split", "/death", f"/join?into={town.other}",
             f"/marriage?person={town.son}&partner={town.neighbour}")  # fmt: skip
    pages = [changes(town, step) for step in steps]
    pages += [f"/desk/households/{town.home}/on?day-day=1&day-month=10&day-year=2568",
              "/desk/registry/without-household", "/desk/registry/without-head"]  # fmt: skip
    asked = {}
    for page in pages:
        with counted(app) as ran:
            assert orn.get(page).status_code == 200, page
        asked[page] = len(ran)
    over = {page: n for page, n in asked.items() if n > 12}
    assert over == {}
