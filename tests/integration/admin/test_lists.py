"""Categories, villages, closed days, municipality: by their pages and their services."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.pages import form_in, submit
from welfare.cases.queries import category_by_code
from welfare.cases.queries.category_files import category_file
from welfare.cases.services import categories
from welfare.core import calendar, clock, town
from welfare.core.errors import Forbidden, Refused
from welfare.households.queries.places import VillageFacts
from welfare.households.services import villages

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def admin(client: FlaskClient) -> FlaskClient:
    return cast.sign_in(client, cast.ANAN)


def test_a_category_changes_at_once_and_running_cases_keep_their_deadline(
    app: Flask, admin: FlaskClient
) -> None:
    with app.app_context():
        number = cast.case()
    due = admin.get(f"/desk/cases/{number}").status_code
    assert due == 403
    answer = submit(
        admin, "/admin/categories/housing", {"due_working_days": "๙", "name_th": "บ้านพัง"}
    )
    assert answer.status_code == 303
    with app.app_context():
        found = category_by_code("housing")
        assert found is not None
        assert (found.due_working_days, found.name_th) == (9, "บ้านพัง")


@pytest.mark.parametrize("days", ["0", "-1", "999", "สิบ", "1.5", ""])
def test_days_must_be_a_sensible_number(admin: FlaskClient, days: str) -> None:
    answer = submit(admin, "/admin/categories/housing", {"due_working_days": days})
    assert answer.status_code == 400
    assert "จำนวนเต็ม" in answer.text


def test_a_new_category_is_offered_to_citizens(admin: FlaskClient) -> None:
    answer = submit(
        admin,
        "/admin/categories/new",
        {
            "code": "stray_dogs",
            "name_th": "สุนัขจรจัด",
            "name_en": "Stray dogs",
            "due_working_days": "15",
            "acknowledge_days": "3",
            "position": "5",
            "active": "y",
        },
    )
    assert answer.status_code == 303
    assert "สุนัขจรจัด" in admin.get("/admin/categories").text


def test_two_who_edit_a_category_both_keep_their_words(admin: FlaskClient) -> None:
    page = admin.get("/admin/categories/housing").text
    stale = dict(form_in(page, having="name_th").fields)
    assert (
        admin.post("/admin/categories/housing", data=stale | {"name_th": "คนแรก"}).status_code
        == 303
    )
    second = admin.post("/admin/categories/housing", data=stale | {"name_th": "คนที่สอง"})
    assert second.status_code == 409
    assert "คนแรก" in second.text
    assert "คนที่สอง" in second.text


def test_a_village_gets_its_name_and_place(admin: FlaskClient) -> None:
    good = {"name_th": "ป่าเส้า", "lat": "18.6389", "lng": "๙๙.๐๔๕๗"}
    assert submit(admin, "/admin/villages/2", good).status_code == 303
    assert "99.0457" in admin.get("/admin/villages").text
    assert submit(admin, "/admin/villages/2", {"lat": "เหนือ"}).status_code == 400
    assert submit(admin, "/admin/villages/2", {"lat": "99"}).status_code == 400
    assert admin.get("/admin/villages/77").status_code == 404


def test_a_closed_day_is_added_and_taken_away(
    app: Flask, admin: FlaskClient, at: Callable[[str], None]
) -> None:
    at("2026-11-22T09:00:00+07:00")
    day = {"day-day": "25", "day-month": "11", "day-year": "2569", "name_th": "ทำบุญเมือง"}
    assert submit(admin, "/admin/closures", day).status_code == 303
    assert "ทำบุญเมือง" in admin.get("/admin/closures?year=2569").text
    assert submit(admin, "/admin/closures", day).status_code == 422
    page = admin.get("/admin/closures?year=2569").text
    form = form_in(page, action="2026-11-25/remove")
    assert admin.post(form.action, data=form.fields).status_code == 303
    assert "ทำบุญเมือง" not in admin.get("/admin/closures?year=2569").text
    assert admin.post(form.action, data=form.fields).status_code == 404


def test_next_years_holidays_come_from_the_calendar_once(app: Flask) -> None:
    with app.app_context():
        actor = cast.viewer(cast.ANAN)
        year = clock.today().year + 4
        assert calendar.import_holidays(actor=actor, year=year) > 10
        assert calendar.import_holidays(actor=actor, year=year) == 0


@pytest.mark.parametrize("year", ["", "abc", "99999", "๒๕๗๐", "2027", "-5", "1"])
def test_any_year_can_be_asked_for(admin: FlaskClient, year: str) -> None:
    assert admin.get("/admin/closures", query_string={"year": year}).status_code == 200


def test_the_municipality_shows_its_new_name_at_once(admin: FlaskClient) -> None:
    values = {"name_th": "เทศบาลตำบลใหม่", "hotlines": "191 | ตำรวจ | Police\n1669 | รถพยาบาล"}
    assert submit(admin, "/admin/municipality", values).status_code == 303
    page = admin.get("/").text
    assert "เทศบาลตำบลใหม่" in page
    assert "รถพยาบาล" in page


def test_a_hotline_that_cannot_be_read_is_said(admin: FlaskClient) -> None:
    answer = submit(admin, "/admin/municipality", {"hotlines": "โทรหาเรา"})
    assert answer.status_code == 422
    assert "โทรหาเรา" in answer.text


@pytest.mark.parametrize("who", [cast.ORN, cast.MALEE, cast.AEK])
def test_others_change_no_list(app: Flask, who: str) -> None:
    with app.app_context():
        admin, actor = cast.viewer(cast.ANAN), cast.viewer(who)
        facts = category_file("housing", viewer=admin).facts
        place = VillageFacts("x", "", None, None)
        _version, now = town.town_facts(viewer=admin)
        attempts: list[Callable[[], object]] = [
            lambda: categories.add_category(actor=actor, code="x", facts=facts),
            lambda: categories.edit_category(actor=actor, code="housing", version=1, facts=facts),
            lambda: villages.add_village(actor=actor, village_no=9, facts=place),
            lambda: villages.edit_village(actor=actor, village_no=1, version=1, facts=place),
            lambda: calendar.add_closure(actor=actor, day=date(2027, 1, 4), name_th="x"),
            lambda: calendar.remove_closure(actor=actor, day=date(2027, 1, 1)),
            lambda: calendar.import_holidays(actor=actor, year=2027),
            lambda: town.edit_town(actor=actor, version=1, facts=now),
        ]
        for attempt in attempts:
            with pytest.raises(Forbidden):
                attempt()


@pytest.mark.parametrize("text", ["", "191", "เก้า | x", " | ", "\n".join(["1 | a"] * 13)])
def test_hotlines_that_cannot_be_used(app: Flask, text: str) -> None:
    with app.test_request_context(), pytest.raises(Refused):
        town.read_hotlines(text)
