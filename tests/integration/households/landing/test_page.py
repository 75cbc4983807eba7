"""The household page: all that one lands for, and nothing the viewer may not know."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.contract.conftest import counted
from tests.html import problems
from tests.integration.households.landing.conftest import SECRETS, House
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.households.facts import NeedEntry
from welfare.households.kinds import Dimension, NeedKind
from welfare.households.services.needs import add_need


def page(client: FlaskClient, who: str, path: str) -> str:
    cast.sign_in(client, who)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text


def test_the_page_holds_what_one_lands_for(house: House, client: FlaskClient) -> None:
    text = page(client, cast.ORN, f"/desk/households/{house.number}")
    for words in (
        'class="family-picture"', "แก้ว", "บ้านต้องซ่อมแซม", "อยู่จริง 2 คน", "ผู้สูงอายุ 1 คน",
        "อยู่บ้านนี้ แต่ทะเบียนอยู่ที่อื่น", house.open_case, "หลังคารั่วมาก", "ข้าวสารสองถุง",
        "ปีงบประมาณ", "2569", "พื้นผุสามแผ่น", f"/desk/households/{house.number}/record.pdf",
        f"/desk/registry/map?house={house.number}", f"/desk/households/{house.number}/history",
        "นางแก้ว ใจดี เข้ามาอยู่ใน",
    ):  # fmt: skip
        assert words in text, words
    assert SECRETS[0] in text  # the officer may see restricted cases


@pytest.mark.parametrize("kind", ["", "cases", "help", "visits"])
def test_what_is_hidden_is_not_on_the_page(house: House, client: FlaskClient, kind: str) -> None:
    text = page(client, cast.KAN, f"/desk/households/{house.number}?kind={kind}")
    for words in (*SECRETS, house.hidden_case, house.open_case, "ข้าวสารสองถุง", "พื้นผุสามแผ่น"):
        assert words not in text, words


def test_who_opened_a_case_sees_theirs_and_no_other(
    house: House, app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        own = cast.case(actor=cast.KAN, title="น้ำไม่ไหล", household_id=house.id)
    text = page(client, cast.KAN, f"/desk/households/{house.number}")
    assert own in text
    assert "น้ำไม่ไหล" in text
    assert house.open_case not in text
    assert "(1)" not in text


def test_the_timeline_is_filtered_by_kind(house: House, client: FlaskClient) -> None:
    story = _timeline(page(client, cast.ORN, f"/desk/households/{house.number}?kind=members"))
    assert "นางแก้ว ใจดี เข้ามาอยู่ใน" in story
    assert "พื้นผุสามแผ่น" not in story
    story = _timeline(client.get(f"/desk/households/{house.number}?kind=visits").text)
    assert "พื้นผุสามแผ่น" in story
    assert "เข้ามาอยู่" not in story


def test_a_filter_and_a_cursor_that_mean_nothing_are_left_out(
    house: House, client: FlaskClient
) -> None:
    text = page(client, cast.ORN, f"/desk/households/{house.number}?kind=x%27&before=9.9.9")
    assert "นางแก้ว ใจดี เข้ามาอยู่ใน" in _timeline(text)


def test_older_pages_tell_everything_once(house: House, app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for turn in range(30):
            cast.case(title=f"เรื่องที่ {turn:02}", household_id=house.id)
    text = page(client, cast.ORN, f"/desk/households/{house.number}?kind=cases")
    told: list[str] = []
    for _turn in range(6):
        story = _timeline(text)
        told += [f"เรื่องที่ {n:02}" for n in range(30) if f"เรื่องที่ {n:02}" in story]
        if 'rel="next"' not in story:
            break
        older = story.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        text = client.get(older.replace("&amp;", "&")).text
    assert sorted(told) == [f"เรื่องที่ {n:02}" for n in range(30)]


def _timeline(text: str) -> str:
    return text.split('id="timeline"')[1].split("</section>")[0]


@pytest.mark.parametrize("who", [cast.ORN, cast.KAN])
def test_the_page_costs_twelve_statements_at_most(
    house: House, app: Flask, client: FlaskClient, who: str
) -> None:
    with app.app_context():
        add_need(
            actor=cast.viewer(cast.ORN),
            number=house.number,
            entry=NeedEntry(kind=NeedKind.PROBLEM, dimension=Dimension.HEALTH, text="ป่วย"),
        )
        db.session.commit()
    cast.sign_in(client, who)
    for path in (
        f"/desk/households/{house.number}",
        f"/desk/households/{house.number}/history",
        f"/desk/registry/map?house={house.number}",
        "/desk/registry/map.json",
        f"/desk/people/{house.head}/history",
    ):
        client.get(path)
        with counted(app) as ran:
            assert client.get(path).status_code == 200
        assert len(ran) <= 12, (path, ran)


def test_pages_are_valid_and_carry_no_style(house: House, client: FlaskClient) -> None:
    pages: dict[str, str] = {}
    cast.sign_in(client, cast.ORN)
    for path in (
        f"/desk/households/{house.number}", f"/desk/households/{house.number}/history",
        f"/desk/registry/map?house={house.number}", "/desk/registry/map",
        f"/desk/people/{house.head}/history",
    ):  # fmt: skip
        text = client.get(path).text
        assert " style=" not in text, path
        assert text.count("<h1") == 1, path
        pages[path] = text
    assert problems(pages) == []


@pytest.mark.parametrize("who", [cast.ANAN, cast.AEK, cast.WAN])
def test_who_has_no_right_to_the_registry(house: House, client: FlaskClient, who: str) -> None:
    cast.sign_in(client, who)
    for path in (
        f"/desk/households/{house.number}/history", f"/desk/people/{house.head}/history",
        f"/desk/households/{house.number}/record.pdf", "/desk/registry/map",
        "/desk/registry/map.json",
    ):  # fmt: skip
        assert client.get(path).status_code == 403, path


def test_what_lies_outside_the_area_is_not_there(house: House, client: FlaskClient) -> None:
    cast.sign_in(client, cast.TON)
    for path in (
        f"/desk/households/{house.far}/history", f"/desk/households/{house.far}/record.pdf",
        f"/desk/registry/map?house={house.far}", f"/desk/registry/map.json?house={house.far}",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_reading_is_noted(house: House, app: Flask, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ORN)
    client.get(f"/desk/households/{house.number}/history")
    client.get(f"/desk/households/{house.number}/record.pdf")
    client.get(f"/desk/registry/map?house={house.number}")
    with app.app_context():
        noted = list(
            db.session.scalars(
                select(AuditEntry.action)
                .where(AuditEntry.object_ref == house.number)
                .order_by(AuditEntry.seq.desc())
                .limit(3)
            )
        )
    assert noted == ["household.mapped", "household.printed", "household.read"]
