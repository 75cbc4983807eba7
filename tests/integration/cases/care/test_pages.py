"""What staff meet on the pages: a standard text is put into the field and nothing is sent."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import form_in, forms_in, submit
from welfare.cases.models import Case, CaseEvent, StandardText
from welfare.cases.workflow import CaseStatus, EventKind
from welfare.core import clock
from welfare.core.db import db
from welfare.dispatch.models import Visit
from welfare.dispatch.services import Found, plan_visit, record_visit
from welfare.households.kinds import FactKind, FactSource
from welfare.households.models import PersonFact

pytestmark = pytest.mark.usefixtures("stage")


def _kans(**about: int) -> str:
    made = cast.case("other", **about)
    db.session.execute(
        db.update(Case)
        .where(Case.number == made)
        .values(assignee_id=cast.viewer(cast.KAN).user_id, status=CaseStatus.WORKING)
    )
    db.session.commit()
    return made


def _token(page: str) -> str:
    return next(form.fields["csrf_token"][0] for form in forms_in(page) if form.method == "post")


def test_a_standard_text_is_read_before_it_is_kept(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = _kans()
        text = db.session.scalars(
            select(StandardText.id).where(StandardText.name == "แจ้งความคืบหน้า")
        ).one()
    cast.sign_in(client, cast.KAN)
    page = client.get(f"/desk/cases/{number}?open=note").text
    sent = {
        "csrf_token": _token(page),
        "text": "สวัสดีค่ะ",
        "audience": "citizen",
        "standard": str(text),
        "fill": "1",
    }
    answer = client.post(f"/desk/cases/{number}/notes", data=sent)
    assert answer.status_code == 200
    assert f"เรื่องเลขที่ {number} (" in answer.text
    assert "สวัสดีค่ะ" in answer.text
    assert "{" not in answer.text.partition("<textarea")[2].partition("</textarea>")[0]
    with app.app_context():
        notes = select(CaseEvent).where(CaseEvent.kind == EventKind.NOTE)
        assert db.session.scalars(notes).all() == []


def test_daily_living_taken_at_a_visit_stands_in_the_registry(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        home = cast.household()
        person = cast.person(home)
        number = _kans(household_id=home.id, person_id=person.id)
        person_id, kan = person.id, cast.viewer(cast.KAN)
        visit = plan_visit(actor=kan, number=number, planned_on=clock.today())
        record_visit(actor=kan, number=visit, version=1, found=Found(findings="ลุกเองไม่ได้"))
        db.session.commit()
    cast.sign_in(client, cast.KAN)
    address = f"/field/visits/{visit}/adl"
    page = client.get(address).text
    form = next(form for form in forms_in(page) if form.method == "post" and not form.action)
    data = {name: values[0] for name, values in form.fields.items()}
    data |= {f"daily_{place}": "0" for place in range(1, 11)} | {"daily_1": "2", "daily_9": "1"}
    assert client.post(address, data=data).status_code == 303
    with app.app_context():
        fact = db.session.scalars(
            select(PersonFact)
            .join(Visit, Visit.adl_fact_id == PersonFact.id)
            .where(PersonFact.person_id == person_id)
        ).one()
        assert (fact.kind, fact.score, fact.source) == (FactKind.ADL, 3, FactSource.VISIT)
    assert "3 จาก 20 คะแนน" in client.get(f"/field/visits/{visit}").text
    other = cast.sign_in(app.test_client(), cast.TON)
    assert other.get(address).status_code in {403, 404}


def test_a_wait_begins_with_a_standard_text(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = _kans()
        text = db.session.scalars(
            select(StandardText.id).where(StandardText.name == "ขอเอกสารเพิ่มเติม")
        ).one()
    cast.sign_in(client, cast.KAN)
    sent = {"standard": str(text), "fill": "1", "reason": "รอหลาน"}
    answer = submit(client, f"/desk/cases/{number}?open=wait", sent, action="/wait")
    assert answer.status_code == 200 and "รอหลาน" in answer.text
    written = answer.text.partition('name="reason"')[2].partition("</textarea>")[0]
    assert "เอกสาร" in written and "{" not in written


def test_items_of_a_checklist_change_places_before_they_are_saved(
    app: Flask, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.ANAN)
    page = client.get("/admin/checklists/housing")
    form = form_in(page.text, having="item_1")
    first, second = (form.fields[f"item_{n}"][0] for n in (1, 2))
    assert first != second
    moved = submit(client, page, {"move": "down:1", "item_2": second}, having="item_1")
    form = form_in(moved.text, having="item_1")
    assert [form.fields[f"item_{n}"][0] for n in (1, 2)] == [second, first]
    same = submit(client, moved, {"move": "up:1"}, having="item_1")
    assert form_in(same.text, having="item_1").fields["item_1"] == [second]
    assert submit(client, same, having="item_1").status_code == 303
    again = form_in(client.get("/admin/checklists/housing").text, having="item_1")
    assert [again.fields[f"item_{n}"][0] for n in (1, 2)] == [second, first]
