"""Every number of the manager's page leads to exactly the cases it counts."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests import cast
from tests.conftest import Kept
from welfare.accounts.models import User, UserArea
from welfare.cases import counters
from welfare.cases.models import Case
from welfare.cases.queries import CaseRow, forget_kept, read_filters, worklist
from welfare.cases.workflow import Outcome
from welfare.core.db import db
from welfare.core.security.permissions import Viewer

At = Callable[[str], None]
TODAY = "2026-11-22T09:00:00+07:00"
LINK = re.compile(r'<a[^>]*href="(/desk/cases\?[^"]*)"[^>]*>(?:<span class="stat-number">)?(\d+)<')


@pytest.fixture
def town(kept: Kept, stage: None, at: At) -> None:
    """Cases of three months: open, late, waiting, closed; with worker and without, of every
    village and of none; one worker has left since."""

    def build() -> None:
        at("2026-09-10T10:00:00+07:00")
        old = [cast.case(village_no=no) for no in (1, 2, 2, 3, None)]
        at("2026-10-31T23:50:00+07:00")
        close(old[0])
        autumn = [
            cast.case(kind, village_no=no) for kind in ("housing", "livelihood") for no in (1, 3)
        ]
        at("2026-11-01T00:10:00+07:00")
        close(old[1])
        cast.case("disability", village_no=3)
        restrict(autumn[0])
        at(TODAY)
        for number in [*(cast.case(village_no=2) for _ in range(30)), *autumn[:2]]:
            give(number, cast.KAN)
        give(autumn[2], cast.TON)
        db.session.execute(update(User).where(User.username == cast.TON).values(active=False))
        counters.rebuild()
        db.session.commit()

    forget_kept()
    kept("three months", build)
    at(TODAY)
    forget_kept()


def give(number: str, username: str) -> None:
    worker = cast.viewer(username).user_id
    db.session.execute(update(Case).where(Case.number == number).values(assignee_id=worker))


def restrict(number: str) -> None:
    db.session.execute(update(Case).where(Case.number == number).values(sensitivity="restricted"))


def close(number: str) -> None:
    from welfare.cases.services import close_case

    found = db.session.execute(db.select(Case.version).where(Case.number == number)).scalar_one()
    close_case(
        actor=cast.viewer(cast.ORN),
        number=number,
        version=found,
        outcome=Outcome.SOLVED,
        outcome_note="ซ่อมหลังคาแล้ว",
    )
    db.session.commit()


def links(page: str) -> list[tuple[str, int]]:
    return [(unescape(url), int(number)) for url, number in LINK.findall(page)]


def behind(url: str, viewer: Viewer) -> list[CaseRow]:
    """All cases of a list, page after page."""
    values = dict(parse_qsl(urlsplit(url).query))
    rows: list[CaseRow] = []
    while True:
        asked = read_filters(values, viewer=viewer)
        assert not asked.ignored, url
        page = worklist(asked.filters, viewer=viewer)
        rows += page.rows
        if page.older is None:
            return rows
        values["page"] = page.older


def check(app: Flask, client: FlaskClient, address: str) -> dict[str, int]:
    page = cast.sign_in(client, cast.MALEE).get(address)
    assert page.status_code == 200
    found = links(page.text)
    with app.app_context():
        manager = cast.viewer(cast.MALEE)
        wrong = {
            url: (number, count)
            for url, number in found
            if number != (count := len({row.number for row in behind(url, manager)}))
        }
    assert wrong == {}
    return dict(found)


def test_every_number_leads_to_as_many_cases(app: Flask, client: FlaskClient, town: None) -> None:
    numbers = check(app, client, "/desk/reports")
    assert numbers["/desk/cases?status=open"] == 38
    assert numbers["/desk/cases?closed=2026-11"] == 1
    assert numbers["/desk/cases?opened=2026-11&village=3"] == 1
    assert numbers["/desk/cases?status=open&village=0"] == 1
    assert numbers["/desk/cases?status=open&assignee=ton"] == 1
    assert numbers["/desk/cases?overdue=1"] >= 3
    assert len(numbers) > 30


def test_another_month_has_its_own_new_and_closed(
    app: Flask, client: FlaskClient, town: None
) -> None:
    numbers = check(app, client, "/desk/reports?month=2026-10")
    assert numbers["/desk/cases?opened=2026-10"] == 4
    assert numbers["/desk/cases?closed=2026-10"] == 1


def test_a_manager_of_one_village_counts_that_one(
    app: Flask, client: FlaskClient, town: None
) -> None:
    with app.app_context():
        who = cast.viewer(cast.MALEE).user_id
        db.session.add(UserArea(user_id=who, village_no=3))
        db.session.commit()
    numbers = check(app, client, "/desk/reports")
    assert numbers["/desk/cases?status=open"] == 5
    assert not any("village=2" in url for url in numbers)


def test_it_counts_what_fell_due_a_moment_ago(
    app: Flask, client: FlaskClient, town: None, at: At
) -> None:
    before = check(app, client, "/desk/reports")["/desk/cases?overdue=1"]
    at("2027-03-01T09:00:00+07:00")
    client.delete_cookie("welfare")
    assert check(app, client, "/desk/reports")["/desk/cases?overdue=1"] > before


def test_the_first_line_says_it_in_words(client: FlaskClient, town: None) -> None:
    page = cast.sign_in(client, cast.MALEE).get("/desk/reports").text
    assert "เดือนนี้รับใหม่ 31 เรื่อง ปิดได้ 1 เรื่อง" in page


@pytest.mark.parametrize("month", ["2026-13", "2199-01", "x", "๒๕๖๙", "2026-1"])
def test_a_month_that_is_none_shows_the_present_one(
    client: FlaskClient, town: None, month: str
) -> None:
    page = cast.sign_in(client, cast.MALEE).get("/desk/reports", query_string={"month": month})
    assert page.status_code == 200
    assert "อ่านเดือนในที่อยู่ไม่ได้" in page.text


@pytest.mark.parametrize("who", [cast.ORN, cast.KAN, cast.ANAN, cast.AEK, cast.WAN])
def test_only_managers_see_the_numbers(client: FlaskClient, stage: None, who: str) -> None:
    assert cast.sign_in(client, who).get("/desk/reports").status_code == 403


def test_an_empty_office_has_a_page_too(client: FlaskClient, stage: None) -> None:
    forget_kept()
    page: Any = cast.sign_in(client, cast.MALEE).get("/desk/reports")
    assert page.status_code == 200
    assert "ขณะนี้ไม่มีเรื่องค้างเกินกำหนด" in page.text


def test_the_list_of_a_worker_who_has_left_bears_their_name(
    client: FlaskClient, town: None
) -> None:
    page = cast.sign_in(client, cast.MALEE).get("/desk/cases?status=open&assignee=ton")
    assert "นายต้น ลำธาร" in page.text
