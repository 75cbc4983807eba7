"""What operations ask back, what they say of each other, and what they keep of two people."""

from __future__ import annotations

import html
import re
import threading
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import cast
from tests.conftest import Kept
from tests.pages import submit
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.households import services as registry
from welfare.households.facts import SurveyEntry
from welfare.households.kinds import ParentKind, Relation, Sex
from welfare.households.models import Household, Parentage, Person
from welfare.households.queries import household_file
from welfare.households.queries.kinship import kin_of
from welfare.households.services.operations import Standing, retold
from welfare.households.services.surveys import record_survey, withdraw_survey

pytestmark = pytest.mark.usefixtures("stage")

CAME = date(2015, 6, 1)
R = Relation


@dataclass
class Family:
    house: str
    head: str
    wife: str
    daughter: str
    son_in_law: str
    grandchild: str


@pytest.fixture
def family(kept: Kept) -> Family:
    """Grandparents, their daughter with her husband, and a child of whom only she is recorded."""
    return kept("grandparents", _grandparents)


def _grandparents() -> Family:
    house = cast.household(house_no="5/1").number
    made = [
        _settle(house, first, sex, born, relation)
        for first, sex, born, relation in (
            ("บุญ", Sex.MALE, 1950, R.HEAD), ("จันทร์", Sex.FEMALE, 1952, R.SPOUSE),
            ("ดาว", Sex.FEMALE, 1980, R.CHILD), ("เมฆ", Sex.MALE, 1978, R.IN_LAW),
            ("ฝน", Sex.FEMALE, 2012, R.GRANDCHILD),
        )
    ]  # fmt: skip
    _record(made[4], made[2], ParentKind.MOTHER)
    _record(made[4], made[3], ParentKind.FATHER)
    db.session.commit()
    return Family(house, *made)


def _settle(house: str, first: str, sex: Sex, born: int, relation: Relation) -> str:
    made = cast.person(first_name=first, title="", sex=sex, birth_date=date(born, 1, 1)).number
    registry.add_member(
        actor=cast.viewer(cast.ORN), household_number=house, person_number=made,
        relation=relation, from_day=max(CAME, date(born, 1, 1)),
    )  # fmt: skip
    db.session.commit()
    return made


def _id(number: str) -> int:
    return db.session.query(Person.id).filter_by(number=number).scalar()


def _record(child: str, parent: str, kind: ParentKind) -> None:
    db.session.add(Parentage(person_id=_id(child), parent_id=_id(parent), kind=kind))


@pytest.fixture
def orn(client: FlaskClient, family: Family) -> FlaskClient:
    """Signed in after what stands is put back, which ends all sessions."""
    return cast.sign_in(client, cast.ORN)


def changes(family: Family, step: str = "") -> str:
    return f"/desk/households/{family.house}/changes{step}"


def on(day: int = 1, month: int = 10, year: int = 2568) -> dict[str, str]:
    return {"day-day": str(day), "day-month": str(month), "day-year": str(year)}


def relations(app: Flask, house: str) -> dict[str, str]:
    with app.app_context():
        file = household_file(house, viewer=cast.viewer(cast.ORN))
        return {one.number: one.relation.value for one in file.members if one.de_facto}


def chosen(page: TestResponse, name: str) -> str:
    """What a list of the page has chosen."""
    found = re.search(rf'<select[^>]*name="{name}".*?</select>', page.text, re.S)
    assert found, name
    option = re.search(r'<option selected value="([^"]*)"', found[0])
    return option[1] if option else ""


def test_recorded_parents_tell_what_the_list_cannot(app: Flask, family: Family) -> None:
    with app.app_context():
        kin = kin_of([_id(one) for one in (family.daughter, family.son_in_law, family.grandchild)])

        def to(head: str, was: Relation, member: str, before: Relation) -> Relation | None:
            return retold(Standing(_id(head), was), Standing(_id(member), before), kin)

        daughter, husband, child = family.daughter, family.son_in_law, family.grandchild
        assert to(daughter, R.CHILD, child, R.GRANDCHILD) is R.CHILD
        assert to(daughter, R.CHILD, husband, R.IN_LAW) is R.SPOUSE
        assert to(husband, R.IN_LAW, child, R.GRANDCHILD) is R.CHILD
        assert to(child, R.GRANDCHILD, daughter, R.CHILD) is R.PARENT
        assert to(daughter, R.CHILD, family.wife, R.SPOUSE) is R.PARENT
        assert to(family.wife, R.SPOUSE, husband, R.IN_LAW) is None
        kin = kin_of([])
        assert to(daughter, R.CHILD, child, R.GRANDCHILD) is None
        assert to(daughter, R.CHILD, husband, R.IN_LAW) is None


def test_the_death_of_a_head_asks_what_each_is_to_the_new_one(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    values = on() | {"person": family.head, "new_head": family.daughter}
    asked = submit(orn, changes(family, "/death"), values)
    assert asked.status_code == 200
    assert relations(app, family.house)[family.head] == "head", "nothing is recorded yet"
    assert chosen(asked, f"told_{family.wife}") == "parent"
    assert chosen(asked, f"told_{family.son_in_law}") == "spouse"
    assert chosen(asked, f"told_{family.grandchild}") == "child"
    done = submit(orn, asked, {f"told_{family.wife}": "in_law"}, having="told_for")
    assert done.status_code == 303, done.text
    assert relations(app, family.house) == {
        family.daughter: "head", family.wife: "in_law", family.son_in_law: "spouse",
        family.grandchild: "child",
    }  # fmt: skip


def test_what_nobody_can_tell_must_be_chosen(app: Flask, orn: FlaskClient, family: Family) -> None:
    values = on() | {"person": family.head, "new_head": family.wife}
    asked = submit(orn, changes(family, "/death"), values)
    assert chosen(asked, f"told_{family.son_in_law}") == ""
    without = submit(orn, asked, {}, having="told_for")
    assert without.status_code == 400
    assert relations(app, family.house)[family.head] == "head"
    done = submit(orn, without, {f"told_{family.son_in_law}": "in_law"}, having="told_for")
    assert done.status_code == 303, done.text


def test_a_mother_of_eleven_is_asked_about(app: Flask, orn: FlaskClient, family: Family) -> None:
    with app.app_context():
        girl = _settle(family.house, "น้อย", Sex.FEMALE, 2011, R.GRANDCHILD)
    born = on(year=2565) | {
        "first_name": "ใหม่",
        "sex": "male",
        "relation": "relative",
        "mother": girl,
    }
    asked = submit(orn, changes(family, "/birth"), born)
    assert asked.status_code == 422
    assert "น้อย ใจดี มีอายุ 11 ปีเมื่อเด็กคนนี้เกิด" in asked.text
    again = submit(orn, asked, {}, having="first_name")
    assert again.status_code == 422, "without the tick it is asked again"
    key = re.search(r'name="sure_of" value="([0-9a-f]{8})"', again.text)
    assert key
    done = submit(orn, again, {"sure_of": key[1]}, having="first_name")
    assert done.status_code == 303, done.text


def test_a_child_as_head_is_asked_about(orn: FlaskClient, family: Family) -> None:
    page = orn.get(changes(family, f"/head?head={family.grandchild}"))
    blank = {f"relation_{place}": "relative" for place in range(4)}
    asked = submit(orn, page, on() | blank | {"reason": "ทดลอง"})
    assert asked.status_code == 422
    assert "มีอายุ 13 ปีในวันนั้น" in asked.text


def test_a_birth_before_the_mothers_is_refused(orn: FlaskClient, family: Family) -> None:
    born = on(1, 1, 2500) | {
        "first_name": "ใหม่", "sex": "male", "relation": "other", "mother": family.wife,
    }  # fmt: skip
    assert submit(orn, changes(family, "/birth"), born | on(1, 1, 2490)).status_code == 422


def test_every_operation_has_a_reason(orn: FlaskClient, family: Family) -> None:
    values = on() | {"person": family.son_in_law}
    nothing = submit(orn, changes(family, "/death"), values | {"usual": "", "reason": ""})
    assert nothing.status_code == 400
    quick = submit(orn, changes(family, "/death"), values)
    assert quick.status_code == 303, quick.text
    assert "แจ้งตายตามมรณบัตร" in orn.get(changes(family)).text


def _undo(client: FlaskClient, page: str, reason: str = "ผิด") -> TestResponse:
    link = re.search(r'href="([^"]+/undo)"', client.get(page).text)
    assert link
    return submit(client, link[1], {"reason": reason})


def _away(client: FlaskClient, family: Family, who: str, day: int = 1) -> TestResponse:
    return submit(
        client, changes(family, "/move-out?to=away"),
        on(day) | {"people": [who], "reason": "ไปทำงาน"},
    )  # fmt: skip


def test_undoing_an_undo_is_told_in_words(orn: FlaskClient, family: Family) -> None:
    assert _away(orn, family, family.son_in_law).status_code == 303
    assert _undo(orn, changes(family)).status_code == 303
    again = _undo(orn, changes(family))
    shown = orn.get(again.headers["Location"]).text
    assert "ให้มีผลอีกครั้ง: ย้ายออกจากบ้าน" in shown
    assert "สิ่งต่อไปนี้กลับมามีผล" in shown
    assert "เมฆ ใจดี ออกจาก" in shown
    listed = orn.get(changes(family)).text
    assert "กลับมามีผล" in listed
    assert listed.count("นางสาวอร ใจงาม") >= 3


def test_what_stands_in_the_way_is_named_with_a_link(orn: FlaskClient, family: Family) -> None:
    first = _away(orn, family, family.son_in_law)
    back = submit(
        orn, changes(family, f"/move-in?person={family.son_in_law}"),
        on(5) | {"relation": "in_law", "reason": "กลับมา"},
    )  # fmt: skip
    # Later rows that lean on the first: the same stay taken up again keeps its own row.
    page = orn.get(f"{first.headers['Location']}/undo")
    refused = submit(orn, page, {"reason": "ผิด"})
    assert refused.status_code == 422, refused.text
    later = back.headers["Location"]
    assert later in html.unescape(refused.text)
    assert "ย้ายเข้า" in refused.text
    assert "ผิด" in refused.text


def test_the_second_to_undo_is_told_who_was_first(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    done = _away(orn, family, family.son_in_law)
    kan = cast.sign_in(app.test_client(), cast.KAN)
    address = f"{done.headers['Location']}/undo"
    mine, hers = orn.get(address), kan.get(address)
    assert submit(orn, mine, {"reason": "ผิดคน"}).status_code == 303
    second = submit(kan, hers, {"reason": "ผิดคนเหมือนกัน"})
    assert second.status_code == 409
    assert "นางสาวอร ใจงาม" in second.text
    assert "ย้อนกลับแล้ว" in kan.get(address).text or "ย้อนกลับเมื่อ" in kan.get(address).text


def test_the_second_to_record_the_same_is_told_who_was_first(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    kan = cast.sign_in(app.test_client(), cast.KAN)
    mine, hers = orn.get(changes(family, "/death")), kan.get(changes(family, "/death"))
    values = on() | {"person": family.son_in_law}
    assert submit(orn, mine, values).status_code == 303
    second = submit(kan, hers, values | {"reason": "คำของคนที่สอง"})
    assert second.status_code == 409
    for words in ("นางสาวอร ใจงาม", "เมฆ ใจดี เสียชีวิต", "คำของคนที่สอง"):
        assert words in second.text, words


def _story(client: FlaskClient, family: Family) -> str:
    text = client.get(f"/desk/households/{family.house}?kind=members").text
    return text[text.index('id="timeline"') :]


def test_the_timeline_has_one_line_an_operation(orn: FlaskClient, family: Family) -> None:
    submit(
        orn, changes(family, "/move-out?to=away"),
        on() | {"people": [family.son_in_law, family.grandchild], "reason": "ไปทำงาน"},
    )  # fmt: skip
    story = _story(orn, family)
    assert story.count("ย้ายออกจากบ้าน") == 1
    assert "เมฆ ใจดี ออกจาก" in story
    assert "นางสาวอร ใจงาม" in story
    _undo(orn, changes(family))
    story = _story(orn, family)
    assert story.count("ย้ายออกจากบ้าน") == 1
    assert "ยกเลิก: ย้ายออกจากบ้าน" in story
    assert "เมฆ ใจดี ออกจาก" not in story


def test_a_new_person_comes_back_to_the_operation(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    found = orn.get(changes(family, "/move-in?q=ไม่มีใครชื่อนี้")).text
    link = re.search(r'href="(/desk/people/new[^"]+)"', found)
    assert link
    added = submit(
        orn, html.unescape(link[1]),
        {"first_name": "เพิ่งมา", "last_name": "ใหม่เอี่ยม", "sex": "male"},
    )  # fmt: skip
    assert added.status_code == 303, added.text
    assert f"{family.house}/changes/move-in?person=P-" in added.headers["Location"]
    asked = orn.get(added.headers["Location"])
    assert "เพิ่งมา ใหม่เอี่ยม" in asked.text
    done = submit(orn, asked, on() | {"relation": "lodger", "reason": "มาเช่า"})
    assert done.status_code == 303, done.text


def test_a_mother_who_lives_elsewhere_is_found_and_nothing_typed_is_lost(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    with app.app_context():
        other = cast.household(house_no="88").number
        mother = _settle(other, "สร้อย", Sex.FEMALE, 1995, R.HEAD)
    typed = on() | {"first_name": "เกิดใหม่", "sex": "male", "relation": "relative"}
    page = submit(
        orn, changes(family, "/birth"), typed | {"parent_q": "สร้อย", "look": "1", "reason": "ย่าแจ้ง"}
    )
    assert f'value="mother:{mother}"' in page.text
    page = submit(orn, page, {"pick": f"mother:{mother}"}, having="first_name")
    assert chosen(page, "mother") == mother
    assert "เกิดใหม่" in page.text
    assert "ย่าแจ้ง" in page.text
    done = submit(orn, page, {}, having="first_name")
    assert done.status_code == 303, done.text
    with app.app_context():
        assert db.session.query(Parentage).filter_by(parent_id=_id(mother)).count() == 1


def test_a_split_leads_to_the_new_household(app: Flask, orn: FlaskClient, family: Family) -> None:
    values = on() | {
        "people": [family.daughter, family.grandchild], "head": family.daughter, "where": "same",
        "reason": "แยกครัว",
    }  # fmt: skip
    asked = submit(orn, changes(family, "/split"), values)
    assert asked.status_code == 200
    assert chosen(asked, f"told_{family.grandchild}") == "child"
    done = submit(orn, asked, {}, having="told_for")
    assert done.status_code == 303, done.text
    with app.app_context():
        new = db.session.query(Household.number).order_by(Household.id.desc()).first()[0]
    shown = orn.get(done.headers["Location"]).text
    assert f'href="/desk/households/{new}"' in shown
    assert relations(app, new) == {family.daughter: "head", family.grandchild: "child"}


def _together(app: Flask, *acts: tuple[FlaskClient, TestResponse, dict[str, str]]) -> list[int]:
    """Send forms at the same moment, each from its own session: the statuses in the order sent."""
    gate = threading.Barrier(len(acts))
    answers: dict[int, TestResponse] = {}

    def send(place: int) -> None:
        client, page, values = acts[place]
        gate.wait(20)
        answers[place] = submit(client, page, values)

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == len(acts)
    _together.answers = [answers[place] for place in range(len(acts))]  # type: ignore[attr-defined]
    return [answers[place].status_code for place in range(len(acts))]


def test_two_who_edit_one_house_at_once_lose_no_word(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    kan = cast.sign_in(app.test_client(), cast.KAN)
    address = f"/desk/households/{family.house}/edit"
    mine, hers = orn.get(address), kan.get(address)
    statuses = _together(
        app, (orn, mine, {"landmark": "ใกล้วัด"}), (kan, hers, {"landmark": "หลังตลาด"})
    )
    assert sorted(statuses) == [303, 409]
    second = _together.answers[statuses.index(409)]  # type: ignore[attr-defined]
    assert "ใกล้วัด" in second.text
    assert "หลังตลาด" in second.text
    with app.app_context():
        kept = db.session.query(Household.landmark).filter_by(number=family.house).scalar()
    assert kept == ("ใกล้วัด", "หลังตลาด")[statuses.index(303)]


def test_an_operation_and_an_edit_at_once_are_both_kept(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    kan = cast.sign_in(app.test_client(), cast.KAN)
    edit = orn.get(f"/desk/households/{family.house}/edit")
    move = kan.get(changes(family, "/move-out?to=away"))
    away = on() | {"people": family.son_in_law, "reason": "ไปทำงานต่างจังหวัด"}
    statuses = _together(app, (orn, edit, {"landmark": "ใกล้วัด"}), (kan, move, away))
    assert statuses == [303, 303]
    assert family.son_in_law not in relations(app, family.house)
    assert "ไปทำงานต่างจังหวัด" in orn.get(changes(family)).text
    with app.app_context():
        kept = db.session.query(Household.landmark).filter_by(number=family.house).scalar()
    assert kept == "ใกล้วัด"


def test_an_operation_and_an_edit_of_the_same_stay_at_once(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    """One is first; the other is told, keeps what was typed, and nothing is half done."""
    kan = cast.sign_in(app.test_client(), cast.KAN)
    place = f"/desk/households/{family.house}/members/{family.son_in_law}"
    edit, move = orn.get(place), kan.get(changes(family, "/move-out?to=away"))
    away = on() | {"people": family.son_in_law, "reason": "ไปทำงานต่างจังหวัด"}
    statuses = _together(app, (orn, edit, {"relation": "relative"}), (kan, move, away))
    assert statuses.count(303) == 1, statuses
    assert set(statuses) <= {303, 404, 409, 410, 422}
    if statuses[1] != 303:
        assert "ไปทำงานต่างจังหวัด" in _together.answers[1].text  # type: ignore[attr-defined]


def test_a_child_as_spouse_is_asked_about_where_a_member_is_added(
    app: Flask, orn: FlaskClient, family: Family
) -> None:
    with app.app_context():
        child = cast.person(first_name="จ้อย", title="", birth_date=date(2023, 1, 1)).number
        db.session.commit()
    address = f"/desk/households/{family.house}/members/new?person={child}"
    asked = submit(orn, address, {"relation": "spouse"})
    assert asked.status_code == 422
    assert child not in relations(app, family.house)
    key = re.search(r'name="sure_of" value="([0-9a-f]{8})"', asked.text)
    assert key
    done = submit(orn, asked, {"sure_of": key[1]}, having="relation")
    assert done.status_code == 303, done.text


def test_one_survey_a_day_at_one_house(app: Flask, family: Family) -> None:
    with app.app_context():
        viewer = cast.viewer(cast.ORN)
        entry = SurveyEntry(surveyed_on=date(2026, 10, 1), debts=Decimal(500))
        first = record_survey(actor=viewer, number=family.house, edition="jpt-2560", entry=entry)
        with pytest.raises(Refused) as refused:
            record_survey(actor=viewer, number=family.house, edition="jpt-2560", entry=entry)
        assert refused.value.field == "surveyed_on"
        assert viewer.display_name in refused.value.message
        withdraw_survey(
            actor=viewer, number=family.house, survey_id=first.id, version=first.version,
            reason="ซ้ำ",
        )  # fmt: skip
        record_survey(actor=viewer, number=family.house, edition="jpt-2560", entry=entry)
        db.session.rollback()
