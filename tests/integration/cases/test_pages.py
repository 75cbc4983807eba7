"""The worklist and the page of a case, as staff use them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.pages import submit

pytestmark = pytest.mark.usefixtures("stage")


def opened(address: str, form: str) -> str:
    """The page with one of its forms open."""
    return f"{address}?open={form}"


@pytest.fixture
def number(app: Flask) -> str:
    with app.app_context():
        return cast.case()


def test_the_worklist_shows_what_is_open(client: FlaskClient, number: str) -> None:
    cast.sign_in(client, cast.ORN)
    page = client.get("/desk/cases")
    assert page.status_code == 200
    assert number in page.text
    assert "หลังคาบ้านรั่ว" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "status=nothing",
        "category=%00",
        "village=999999999999999999999",
        "assignee=nobody-of-that-name",
        "page=a99999999999999999999.1",
        "page=a9999999999999999.999999999999999",
        "opened=2026-13",
        "q=%F0%9F%98%80",
        "q=" + "%E0%B8%81" * 300,
        "overdue=maybe&sort=up&priority=5&closed=x",
        "status=closed&closed=2026-11&page=b1.1",
    ],
)
def test_nothing_in_the_address_breaks_the_worklist(
    client: FlaskClient, number: str, query: str
) -> None:
    cast.sign_in(client, cast.ORN)
    assert client.get(f"/desk/cases?{query}").status_code in {200, 400}


def test_a_number_leads_to_its_case(client: FlaskClient, number: str) -> None:
    cast.sign_in(client, cast.ORN)
    answer = client.get("/desk/cases", query_string={"q": number.lower().replace("-", " ")})
    assert answer.status_code == 302
    assert answer.location == f"/desk/cases/{number}"


def test_the_whole_life_of_a_case(client: FlaskClient, number: str) -> None:
    cast.sign_in(client, cast.ORN)
    address = f"/desk/cases/{number}"
    assert client.get(address).status_code == 200
    note = {"text": "โทรหาลูกสาวแล้ว", "audience": "internal"}
    told = {"text": "เจ้าหน้าที่จะไปเยี่ยมวันพุธ", "audience": "citizen"}
    for sent in (note, told):
        assert submit(client, opened(address, "note"), sent, action="/notes").status_code == 303
    task = {"title": "ขอใบเสนอราคาสังกะสี", "who": cast.MALEE}
    assert submit(client, opened(address, "task"), task, action="/tasks").status_code == 303
    assert submit(client, address, {}, action="/done").status_code == 303
    given = {
        "kind": "money",
        "description": "ค่าสังกะสี",
        "amount": "๑,๕๐๐",
        "decided_by": "นางมาลี ศรีสมมติ",
    }
    assert submit(client, opened(address, "help"), given, action="/help").status_code == 303
    waiting = {"reason": "รอใบเสนอราคา", "tell": "y"}
    assert submit(client, opened(address, "wait"), waiting, action="/wait").status_code == 303
    assert submit(client, address, {}, action="/resume").status_code == 303
    closing = {"outcome": "solved", "outcome_note": "ซ่อมหลังคาเสร็จแล้ว"}
    assert submit(client, opened(address, "close"), closing, action="/close").status_code == 303
    assert (
        submit(
            client, opened(address, "reopen"), {"reason": "ยังรั่วอยู่"}, action="/reopen"
        ).status_code
        == 303
    )
    page = client.get(address).text
    for words in (*note.values(), "1,500", "ซ่อมหลังคาเสร็จแล้ว", "ยังรั่วอยู่", "ขอใบเสนอราคาสังกะสี"):
        assert words in page or words == "internal"


def test_what_is_typed_survives_an_error(client: FlaskClient, number: str) -> None:
    cast.sign_in(client, cast.ORN)
    given = {"kind": "money", "description": "ค่าสังกะสี", "amount": "มาก", "decided_by": "ปลัด"}
    answer = submit(client, opened(f"/desk/cases/{number}", "help"), given, action="/help")
    assert answer.status_code == 400
    assert 'value="มาก"' in answer.text
    assert 'value="ค่าสังกะสี"' in answer.text


def test_nobody_decides_on_what_they_record(client: FlaskClient, number: str) -> None:
    cast.sign_in(client, cast.ORN)
    given = {"kind": "goods", "description": "ข้าวสาร", "decided_by": "นางสาวอร  ใจงาม"}
    answer = submit(client, opened(f"/desk/cases/{number}", "help"), given, action="/help")
    assert answer.status_code == 422
    assert 'value="ข้าวสาร"' in answer.text


def test_two_people_edit_and_neither_loses_a_word(
    client: FlaskClient, app: Flask, number: str
) -> None:
    cast.sign_in(client, cast.ORN)
    other = cast.sign_in(app.test_client(), cast.MALEE)
    mine = client.get(f"/desk/cases/{number}/edit")
    theirs = other.get(f"/desk/cases/{number}/edit")
    saved = submit(other, theirs, {"title": "ของมาลี"}, having="title")
    assert saved.status_code == 303
    answer = submit(client, mine, {"title": "ของอร"}, having="title")
    assert answer.status_code == 409
    assert "ของมาลี" in answer.text
    assert "ของอร" in answer.text
    kept = submit(client, answer, {"title": "ของมาลี และของอร"}, having="version")
    assert kept.status_code == 303
    assert "ของมาลี และของอร" in client.get(f"/desk/cases/{number}").text


def test_pages_ask_few_questions_of_the_database(
    client: FlaskClient, app: Flask, number: str, statements: Callable[[], list[str]]
) -> None:
    with app.app_context():
        for count in range(30):
            cast.case(title=f"เรื่องที่ {count}")
    cast.sign_in(client, cast.ORN)
    for address in ("/desk/cases", f"/desk/cases/{number}", "/desk/cases?q=เรื่อง"):
        client.get(address)  # lists that are kept for a while may just be due
        statements()
        page = client.get(address)
        asked = statements()
        assert len(asked) <= 12, asked
        assert len(page.data) < 60_000
    assert len(re.findall("<tr>", client.get("/desk/cases").text)) <= 26


@pytest.mark.parametrize("who", [cast.WAN, cast.AEK, cast.ANAN])
def test_others_do_not_get_in(client: FlaskClient, number: str, who: str) -> None:
    cast.sign_in(client, who)
    for address in ("/desk/cases", f"/desk/cases/{number}", f"/desk/cases/{number}/edit"):
        assert client.get(address).status_code == 403


def test_a_case_of_somebody_else_is_not_there(client: FlaskClient, number: str) -> None:
    cast.sign_in(client, cast.KAN)
    assert client.get(f"/desk/cases/{number}").status_code == 404
    assert number not in client.get("/desk/cases").text
