"""The page of one complaint: its words, its context, what is masked and what is noted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.integration.intake.triage.conftest import kept
from tests.pages import form_in, submit
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.intake.queries.complaint_file import complaint_file
from welfare.intake.views.complaint_page import context_of, proposed_title

DESK = "/desk/complaints"


def test_masked_until_asked_for_and_then_noted(
    app: Flask, officer: FlaskClient, stage: None
) -> None:
    with app.app_context():
        reference = cast.complaint(
            reporter_phone="66812345678", reporter_email="somchai@example.com"
        ).reference
    page = officer.get(f"{DESK}/{reference}")
    assert "081-234-5678" not in page.text
    assert "somchai@example.com" not in page.text
    shown = submit(officer, page, action="/reveal")
    assert shown.status_code == 200
    assert "081-234-5678" in shown.text
    assert "somchai@example.com" in shown.text
    with app.app_context():
        noted = db.session.scalars(
            select(AuditEntry.action).where(AuditEntry.object_ref == reference)
        ).all()
    assert {"complaint.read", "complaint.revealed"} <= set(noted)


def test_a_manager_decides_and_reveals_nothing(client: FlaskClient, reference: str) -> None:
    cast.sign_in(client, cast.MALEE)
    page = client.get(f"{DESK}/{reference}").text
    assert "หลังคาบ้านยายรั่ว" in page
    assert f"{reference}/accept" in page
    assert f"{reference}/reveal" not in page
    assert "0812345678" not in page


def test_anonymous_is_said_plainly(app: Flask, officer: FlaskClient) -> None:
    with app.app_context():
        reference = cast.complaint(anonymous=True).reference
    page = officer.get(f"{DESK}/{reference}").text
    assert "ผู้แจ้งไม่เปิดเผยตัว" in page
    assert "สมชาย ใจดี" not in page


def test_its_words_cannot_be_edited(officer: FlaskClient, reference: str) -> None:
    assert 'name="description"' not in officer.get(f"{DESK}/{reference}").text


def test_context(app: Flask, officer: FlaskClient, stage: None) -> None:
    with app.app_context():
        home = cast.household()
        home_number, home_id = home.number, home.id
        granny = cast.person(home)
        name, person_id = granny.number, granny.id
        case = cast.case(household_id=home_id, person_id=person_id)
        first = cast.complaint(subject_phone="66811112222").reference
        second = cast.complaint(
            subject_phone="66811112222", description="ฝนตกหลังคารั่วอีกแล้ว ช่วยมาดูหน่อยค่ะ"
        ).reference
        neighbour = cast.complaint(
            house_no="13", subject_name="นายมา ดีใจ", category="disaster",
            description="น้ำท่วมทางเข้าบ้าน", reporter_phone="66899998888",
        ).reference  # fmt: skip
        one = complaint_file(second, viewer=cast.viewer(cast.ORN))
        around = context_of(one, cast.viewer(cast.ORN))
    assert [house.number for house in around.houses] == [home_number]
    assert [(who.number, who.named) for who in around.houses[0].residents] == [(name, True)]
    assert [row.number for row in around.people] == [name]
    assert [row.number for row in around.cases] == [case]
    assert [row.reference for row in around.related.duplicates] == [first]
    assert [row.reference for row in around.related.nearby] == [neighbour]
    assert around.joinable == [(case, "หลังคาบ้านรั่ว")]
    page = officer.get(f"{DESK}/{second}").text
    for words in (home_number, name, case, first, neighbour, "เบอร์โทรเดียวกัน", "บ้านเดียวกัน"):
        assert words in page


def test_other_villages_and_restricted_cases_do_not_show_in_the_context(
    app: Flask, officer: FlaskClient, stage: None
) -> None:
    with app.app_context():
        home = cast.household()
        cast.case(category="violence", household_id=home.id)
        one = complaint_file(cast.complaint().reference, viewer=cast.viewer(cast.ORN))
        narrow = cast.viewer(cast.TON)
        assert context_of(one, cast.viewer(cast.ORN)).cases != []
        assert context_of(one, narrow).cases == []


def test_twelve_statements_at_most(
    app: Flask, officer: FlaskClient, stage: None, statements: Callable[[], list[str]]
) -> None:
    with app.app_context():
        home = cast.household()
        cast.case(household_id=home.id, person_id=cast.person(home).id)
        for _ in range(6):
            reference = cast.complaint(subject_phone="66811112222").reference
    officer.get(f"{DESK}/{reference}")
    statements()
    officer.get(f"{DESK}/{reference}")
    ran = statements()
    assert len(ran) <= 12, "\n".join(ran)


def test_the_arithmetic_of_the_deadline(app: Flask, officer: FlaskClient, reference: str) -> None:
    with app.app_context():
        one = complaint_file(reference, viewer=cast.viewer(cast.ORN))
        assert one.clock is not None
        assert one.clock.reckoned.due_at == one.due_at
        assert one.clock.left == one.clock.reckoned.working_days
    assert "วันทำการ" in officer.get(f"{DESK}/{reference}").text


def test_days_waited_for_the_citizen_are_not_counted(app: Flask, stage: None, at: object) -> None:
    at("2026-11-02T09:00:00+07:00")  # type: ignore[operator]
    from welfare.intake.services.tracking import add_information
    from welfare.intake.services.triage import ask

    with app.app_context():
        orn = cast.viewer(cast.ORN)
        reference = cast.complaint().reference
        before = kept(reference).due_at
        at("2026-11-03T09:00:00+07:00")  # type: ignore[operator]
        ask(actor=orn, reference=reference, version=1, question="?")
        db.session.commit()
        at("2026-11-10T17:00:00+07:00")  # type: ignore[operator]
        add_information(reference=reference, text="!")
        db.session.commit()
        one = complaint_file(reference, viewer=orn)
        assert one.clock is not None
        assert one.clock.reckoned.waited == 6
        assert before is not None
        assert one.due_at is not None
        assert one.due_at - before >= timedelta(days=7)
        assert one.clock.reckoned.due_at == one.due_at
        assert clock.now() < one.due_at


def test_linking_to_the_registry(app: Flask, officer: FlaskClient, reference: str) -> None:
    with app.app_context():
        home = cast.household()
        house, person = home.number, cast.person(home).number
    answer = submit(
        officer, f"{DESK}/{reference}", {"household": house, "person": person}, action="/link"
    )
    assert answer.status_code == 303
    with app.app_context():
        complaint = kept(reference)
        assert complaint.household_id is not None
        assert complaint.person_id is not None
    page = officer.get(f"/desk/households/{house}")
    assert page.status_code == 200
    assert reference in page.text


@pytest.mark.parametrize("reference", ["UM70-999999-1", "x", "UM70-000001-9", "%00", "น"])
def test_what_is_not_there(officer: FlaskClient, reference: str) -> None:
    assert officer.get(f"{DESK}/{reference}").status_code == 404


def test_the_address_of_a_form_leads_to_the_page(officer: FlaskClient, reference: str) -> None:
    answer = officer.get(f"{DESK}/{reference}/decline?status=all")
    assert answer.headers["Location"].endswith(f"{DESK}/{reference}?status=all")


@pytest.mark.parametrize(
    ("house", "village", "title"),
    [
        ("", 4, "คนเร่ร่อน หมู่ที่ 4"),
        ("12/1", 2, "คนเร่ร่อน บ้านเลขที่ 12/1 หมู่ที่ 2"),
        ("บ้านเลขที่ 12/1", None, "คนเร่ร่อน บ้านเลขที่ 12/1"),
        ("", None, "คนเร่ร่อน"),
    ],
)
def test_the_proposed_title_says_what_and_where(
    house: str, village: int | None, title: str
) -> None:
    assert proposed_title("คนเร่ร่อน", house, village) == title


def test_the_proposed_title_is_not_the_citizens_sentence(
    officer: FlaskClient, reference: str
) -> None:
    title = form_in(officer.get(f"{DESK}/{reference}").text, having="title").fields["title"][0]
    assert title.endswith(" บ้านเลขที่ 12/1 หมู่ที่ 2"), title


def test_the_case_shows_the_complaint_to_its_worker(
    app: Flask, client: FlaskClient, reference: str
) -> None:
    from welfare.cases.models import Case
    from welfare.intake.queries.parts import complaints_of_case
    from welfare.intake.services.accepting import accept_into_open

    with app.app_context():
        number, orn, kan = cast.case(), cast.viewer(cast.ORN), cast.viewer(cast.KAN)
        accept_into_open(actor=orn, reference=reference, version=1, number=number)
        case = db.session.scalars(select(Case)).one()
        assert complaints_of_case(case.id, viewer=kan) == []
        case.assignee_id = kan.user_id
        case_id = case.id
        db.session.commit()
        (row,) = complaints_of_case(case_id, viewer=kan)
        assert (row.reference, row.filer, row.linked) == (reference, "", False)
    cast.sign_in(client, cast.KAN)
    page = client.get(f"/desk/cases/{number}").text
    assert "หลังคาบ้านยายรั่วทุกครั้ง" in page
    assert f"{DESK}/{reference}" not in page
