"""The registry's pages: seen, filled in, refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.integration.households.conftest import NATIONAL_ID, OFFICER, WORKER, Registry
from tests.pages import submit
from welfare.core.audit.models import AuditEntry
from welfare.core.security.permissions import Role, Viewer
from welfare.households import parts
from welfare.households.queries import HouseholdFile, household_file, load_person


def actions(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = app.extensions["sqlalchemy"].session.execute(
            select(AuditEntry.action, AuditEntry.object_ref).order_by(AuditEntry.seq)
        )
        return [(row.action, row.object_ref) for row in rows]


def file_of(app: Flask, number: str, viewer: Viewer = OFFICER) -> HouseholdFile:
    with app.app_context():
        return household_file(number, viewer=viewer)


def test_household_page_shows_the_family(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    answer = client.get(f"/desk/households/{registry.house_3}")
    assert answer.status_code == 200
    for text in (
        "99/1",
        "นางคำ น้ำใจ",
        "เด็กหญิงนางฟ้า",
        "ติดเตียง",
        "พิการ",
        "หัวหน้าครัวเรือน",
        '<svg class="family-picture"',
    ):
        assert text in answer.text
    assert NATIONAL_ID not in answer.text
    assert actions(app)[-1] == ("household.read", registry.house_3)


def test_health_is_not_shown_without_the_right(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.CASEWORKER)
    home = client.get(f"/desk/households/{registry.house_3}").text
    person = client.get(f"/desk/people/{registry.kham}").text
    edit = client.get(f"/desk/people/{registry.kham}/edit").text
    for text in (home, person, edit):
        assert "ติดเตียง" not in text
        assert "นอนติดเตียง" not in text
        assert "ทางการเคลื่อนไหว" not in text


def test_health_is_shown_to_who_looks_after_them(registry: Registry, app: Flask) -> None:
    def mine(_viewer: Any, ids: Any) -> set[int]:
        return set(ids)

    parts.register_looks_after(mine)
    try:
        file = file_of(app, registry.house_3, WORKER)
        assert file.members[0].signs.bed_bound
    finally:
        parts.forget_looks_after(mine)
    assert not file_of(app, registry.house_3, WORKER).members[0].signs.bed_bound


def test_person_page_masks_numbers(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    answer = client.get(f"/desk/people/{registry.kham}")
    assert "x-xxxx-xxxxx-67-0" in answer.text
    assert "xxx-xxx-x234" in answer.text
    assert "3-9999-12345" not in answer.text
    assert actions(app)[-1] == ("person.read", registry.kham)


def test_reveal_shows_once_and_is_noted(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    page = client.get(f"/desk/people/{registry.kham}")
    answer = submit(client, page, {"what": "identifier"}, having="what")
    assert "3-9999-12345-67-0" in answer.text
    assert actions(app)[-1] == ("person.revealed", registry.kham)
    assert "3-9999-12345" not in client.get(f"/desk/people/{registry.kham}").text


def test_without_the_right_nothing_is_revealed(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.CASEWORKER)
    page = client.get(f"/desk/people/{registry.kham}")
    assert "/reveal" not in page.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    answer = client.post(
        f"/desk/people/{registry.kham}/reveal", data={"csrf_token": token[1], "what": "phone"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/desk/people?q=สมชาย", "/desk/households?q=12 ม.5"])
def test_lists_within_the_area(registry: Registry, sign_in: Any, path: str) -> None:
    assert "สมชาย" in sign_in(Role.CASEWORKER).get(path).text
    page = sign_in(Role.CASEWORKER, villages=(3,)).get(path)
    assert page.status_code == 200
    assert "ใจดี" not in page.text


def test_files_outside_the_area_are_not_there(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.CASEWORKER, villages=(3,))
    for path in (
        f"/desk/people/{registry.somchai}", f"/desk/people/{registry.somchai}/edit",
        f"/desk/people/{registry.somchai}/death", f"/desk/households/{registry.house_5}",
        f"/desk/households/{registry.house_5}/edit",
        f"/desk/households/{registry.house_5}/members/new",
        f"/desk/households/{registry.house_5}/members/{registry.somchai}/end",
        f"/desk/households/{registry.house_3}/members/new?person={registry.somchai}",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert client.get(f"/desk/people/{registry.kham}").status_code == 200


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.ADMIN, Role.AUDITOR])
def test_who_has_no_right_to_the_registry(registry: Registry, sign_in: Any, role: Role) -> None:
    client = sign_in(role)
    for path in ("/desk/people", "/desk/households", f"/desk/people/{registry.kham}"):
        assert client.get(path).status_code == 403


def test_manager_sees_and_changes_nothing(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.MANAGER)
    page = client.get(f"/desk/households/{registry.house_3}")
    assert page.status_code == 200
    assert "/edit" not in page.text
    for path in (
        "/desk/people/new", "/desk/households/new", f"/desk/people/{registry.kham}/edit",
        f"/desk/people/{registry.kham}/death", f"/desk/households/{registry.house_3}/edit",
        f"/desk/households/{registry.house_3}/members/new",
        f"/desk/households/{registry.house_3}/members/{registry.kham}",
        f"/desk/households/{registry.house_3}/members/{registry.kham}/end",
    ):  # fmt: skip
        assert client.get(path).status_code == 403, path
        assert client.post(path, data={}).status_code in (400, 403), path


def test_add_a_household(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    values = {
        "house_no": "๘๘/๒", "village_no": "4", "house_code": "5101-011111-1", "lat": "๑๘.๖๔",
        "lng": "99.04", "monthly_income": "๑,๕๐๐", "condition": "unsafe",
    }  # fmt: skip
    answer = submit(client, "/desk/households/new", values)
    assert answer.status_code == 303, answer.text
    file = file_of(app, answer.location.rsplit("/", 1)[1])
    assert (file.facts.house_code, file.facts.lat, file.facts.monthly_income) == (
        "51010111111", 18.64, 1500,
    )  # fmt: skip
    assert "/households/" in client.get("/desk/households?q=88/2 ม.4").text


def test_the_same_household_is_shown_first(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    asked = submit(client, "/desk/households/new", {"house_no": "99/1", "village_no": "3"})
    assert asked.status_code == 200
    assert registry.house_3 in asked.text
    assert 'value="99/1"' in asked.text
    added = submit(client, asked, {"sure": "1"}, having="sure")
    assert added.status_code == 303


def test_a_form_sent_twice_adds_once(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    page = client.get("/desk/people/new")
    values = {"first_name": "ทองดี", "last_name": "มั่นคง"}
    first = submit(client, page, values, having="first_name")
    second = submit(client, page, {**values, "sure": ""}, having="first_name")
    assert first.status_code == 303
    assert [action for action, _ref in actions(app)].count("person.added") == 4
    assert second.status_code in (200, 303)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("house_no", "  ", "กรอกบ้านเลขที่"),
        ("house_code", "123", "รหัสประจำบ้านต้องมี 11 หลัก"),
        ("village_no", "77", "รายการ"),
        ("lat", "abc", "กรอกตัวเลขตั้งแต่ -90 ถึง 90"),
        ("lat", "nan", "กรอกตัวเลขตั้งแต่ -90 ถึง 90"),
        ("monthly_income", "-5", "จำนวนเงินต้องไม่น้อยกว่าศูนย์"),
        ("postcode", "12", "รหัสไปรษณีย์มี 5 หลัก"),
        ("notes", "ก" * 5001, "5000"),
        ("tenure", "castle", "รายการ"),
    ],
)
def test_bad_input_of_a_household(
    registry: Registry, sign_in: Any, field: str, value: str, words: str
) -> None:
    client = sign_in(Role.OFFICER)
    values = {"house_no": "1", "village_no": "3", "landmark": "ข้างวัด", field: value}
    answer = submit(client, "/desk/households/new", values, having="house_no")
    assert answer.status_code == 400
    assert words in answer.text
    assert "ข้างวัด" in answer.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("first_name", "", "กรอกชื่อ"),
        ("identifier", "3999912345671", "หลักสุดท้ายไม่ตรง"),
        ("identifier", "123", "13 หลัก"),
        ("phone", "12345678", "เบอร์"),
        ("birth_date-year", "69", "สี่หลัก"),
        ("birth_date-year", "2640", "ยังมาไม่ถึง"),
        ("adl_score", "21", "0 ถึง 20"),
        ("sex", "x", "รายการ"),
    ],
)
def test_bad_input_of_a_person(
    registry: Registry, sign_in: Any, field: str, value: str, words: str
) -> None:
    client = sign_in(Role.OFFICER)
    values = {"first_name": "ทองดี", "last_name": "มั่นคง", "occupation": "ทำสวน", field: value}
    answer = submit(client, "/desk/people/new", values, having="first_name")
    assert answer.status_code in (400, 422)
    assert words in answer.text
    assert "ทำสวน" in answer.text


def test_add_a_person_with_a_partial_date(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    answer = submit(
        client,
        "/desk/people/new",
        {
            "title": "นาย", "first_name": "ทองดี", "last_name": "มั่นคง", "sex": "male",
            "birth_date-year": "๒๔๙๐", "identifier": "๑-๙๙๙๙-๐๐๐๐๐-๐๒-๑", "phone": "081 234 5678",
        },
        having="first_name",
    )  # fmt: skip
    assert answer.status_code in (303, 400)
    if answer.status_code == 400:
        answer = submit(client, answer, {"identifier": ""}, having="first_name")
    page = client.get(answer.location).text
    assert "พ.ศ. 2490" in page
    assert "xxx-xxx-x678" in page


def test_an_id_belongs_to_one(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    values = {"first_name": "ทองดี", "last_name": "มั่นคง", "identifier": NATIONAL_ID}
    asked = submit(client, "/desk/people/new", values, having="first_name")
    assert registry.kham in asked.text
    answer = submit(client, asked, {"sure": "1", "identifier": NATIONAL_ID}, having="sure")
    assert answer.status_code == 422
    assert "อยู่ในทะเบียนแล้ว" in answer.text


def test_edit_keeps_what_is_not_shown(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.CASEWORKER)
    answer = submit(
        client, f"/desk/people/{registry.kham}/edit", {"notes": "ค้าขาย"}, having="notes"
    )
    assert answer.status_code == 303, answer.text
    with app.app_context():
        person = load_person(registry.kham, viewer=OFFICER)
    assert (person.identifier, person.phone, person.adl_score, person.notes) == (
        NATIONAL_ID, "66990001234", 3, "ค้าขาย",
    )  # fmt: skip
    assert person.health_notes == "นอนติดเตียง"


def test_a_new_name_goes_into_the_history(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    submit(
        client, f"/desk/people/{registry.somchai}/edit",
        {"last_name": "มีสุข", "name_reason": "สมรส"}, having="last_name",
    )  # fmt: skip
    page = client.get(f"/desk/people/{registry.somchai}").text
    assert "นายสมชาย มีสุข" in page
    assert "นายสมชาย ใจดี" in page
    assert "สมรส" in page
    assert registry.somchai in client.get("/desk/people?q=สมชาย ใจดี").text


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/desk/households/{0.house_3}/edit", "landmark"),
        ("/desk/people/{0.somchai}/edit", "notes"),
    ],
)
def test_a_stale_edit_shows_both(registry: Registry, sign_in: Any, path: str, field: str) -> None:
    client = sign_in(Role.OFFICER)
    address = path.format(registry)
    old = client.get(address)
    submit(client, address, {field: "คำของคนแรก"}, having=field)
    answer = submit(client, old, {field: "คำของคนที่สอง"}, having=field)
    assert answer.status_code == 409
    assert "คำของคนแรก" in answer.text
    assert "คำของคนที่สอง" in answer.text
    chosen = submit(client, answer, {field: "คำของคนที่สอง"}, having="version")
    assert chosen.status_code == 303, chosen.text
    assert "คำของคนที่สอง" in client.get(address.removesuffix("/edit")).text


def test_a_stale_change_of_membership(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    address = f"/desk/households/{registry.house_3}/members/{registry.fa}"
    old, leaving = client.get(address), client.get(f"{address}/end")
    assert submit(client, address, {"relation": "child"}, having="relation").status_code == 303
    assert submit(client, old, {"relation": "lodger"}, having="relation").status_code == 409
    day = {"to_day-day": "1", "to_day-month": "1", "to_day-year": "2568", "reason": "moved_out"}
    assert submit(client, leaving, day, having="note").status_code == 409


def test_add_move_and_end(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    find = client.get(f"/desk/households/{registry.house_3}/members/new?q=สมชาย")
    assert f"?person={registry.somchai}" in find.text
    address = f"/desk/households/{registry.house_3}/members/new?person={registry.somchai}"
    moving = client.get(address)
    assert moving.headers["Location"].endswith(f"/changes/move-in?person={registry.somchai}")
    day = {"day-day": "๑", "day-month": "2", "day-year": "๒๕๖๘", "reason": "ไปเช่าห้อง"}
    moved = submit(client, moving.headers["Location"], {"relation": "lodger", **day})
    assert moved.status_code == 303, moved.text
    assert file_of(app, registry.house_5).members == ()
    (past,) = file_of(app, registry.house_5).past
    assert (past.to_day.isoformat() if past.to_day else "", past.ended) == ("2025-02-01", "ย้ายออก")
    end = f"/desk/households/{registry.house_3}/members/{registry.somchai}/end"
    day = {"to_day-day": "3", "to_day-month": "2", "to_day-year": "2568"}
    unsaid = submit(client, end, {**day, "reason": "died"}, having="note")
    assert unsaid.status_code == 400
    died = submit(client, unsaid, {**day, "reason": "died", "note": "ลูกแจ้ง"}, having="note")
    assert died.status_code == 303, died.text
    page = client.get(f"/desk/people/{registry.somchai}").text
    assert "3 กุมภาพันธ์ 2568" in page
    assert [ref for action, ref in actions(app) if action == "person.died"] == [registry.somchai]
    undone = submit(client, client.get(f"/desk/people/{registry.somchai}"), action="/death/undo")
    assert undone.status_code == 303


def test_note_a_death(registry: Registry, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    address = f"/desk/people/{registry.kham}/death"
    future = {"deceased_on-day": "1", "deceased_on-month": "1", "deceased_on-year": "2600"}
    assert submit(client, address, future, having="version").status_code == 422
    assert submit(client, address, {}, having="version").status_code == 400
    known = {**future, "deceased_on-year": "2568"}
    unsaid = submit(client, address, known, having="version")
    assert unsaid.status_code == 422
    assert "หัวหน้าคนใหม่" in unsaid.text
    known |= {"new_head": "nobody"}
    assert submit(client, unsaid, known, having="version").status_code == 303
    page = client.get(f"/desk/households/{registry.house_3}").text
    assert "ยังไม่มีหัวหน้าครัวเรือน" in page
    assert client.get(address).status_code == 404


def test_parts_of_other_domains(registry: Registry, sign_in: Any, app: Any) -> None:
    from jinja2 import DictLoader

    def loader(*, household_id: int | None, person_id: int | None, viewer: Any) -> str:
        return f"open: {(household_id and 'house') or 'person'} for {viewer.username}"

    parts.register_part("double", loader, "double.html")
    before = app.jinja_env.loader
    app.jinja_env.loader = type(
        "Both", (DictLoader,),
        {"get_source": lambda self, env, name: DictLoader.get_source(self, env, name)
         if name == "double.html" else before.get_source(env, name)},
    )({"double.html": "<p>{{ part }}</p>"})  # fmt: skip
    try:
        client = sign_in(Role.OFFICER)
        assert "open: house for officer" in client.get(f"/desk/households/{registry.house_3}").text
        assert "open: person for officer" in client.get(f"/desk/people/{registry.kham}").text
    finally:
        parts.forget_part("double")
        app.jinja_env.loader = before


@pytest.mark.parametrize(
    "path",
    [
        "/desk/households/H-1",
        "/desk/households/x",
        "/desk/people/P-000099-9",
        "/desk/people/%00",
        "/desk/households/P-000001-0",
    ],
)
def test_numbers_that_are_none(registry: Registry, sign_in: Any, path: str) -> None:
    assert sign_in(Role.OFFICER).get(path).status_code == 404


@pytest.mark.parametrize("place", ["/desk/households", "/desk/registry"])
def test_it_is_said_that_no_house_has_that_number(
    registry: Registry, sign_in: Any, place: str
) -> None:
    client = sign_in(Role.OFFICER)
    near = client.get(f"{place}?q=1 ม.5").get_data(as_text=True)
    assert "ไม่พบบ้านเลขที่ 1 หมู่ที่ 5 ตรงตัว" in near
    assert "ตรงตัว" not in client.get(f"{place}?q=12 ม.5").get_data(as_text=True)


@pytest.mark.parametrize("place", ["/desk/households", "/desk/people"])
def test_a_case_number_is_taken_wherever_one_searches(
    registry: Registry, sign_in: Any, place: str
) -> None:
    answer = sign_in(Role.OFFICER).get(f"{place}?q=c70-152", follow_redirects=True)
    assert "C70-000152-" in answer.get_data(as_text=True)
