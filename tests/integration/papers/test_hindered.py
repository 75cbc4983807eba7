"""What stands against a letter: no such decision, no grounds, somebody who has died."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import update

from tests import cast
from tests.funds import fund
from tests.issued import BASE, draft, issue, row
from tests.pages import submit
from welfare.cases.models import Case, HelpRequest
from welfare.cases.workflow import AssistanceKind, HelpStatus
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.households.models import Person
from welfare.papers import services
from welfare.papers.documents import letter_drawer
from welfare.papers.facts import LetterFacts
from welfare.papers.kinds import PaperStatus
from welfare.papers.queries.batches import batch_page

pytestmark = pytest.mark.usefixtures("stage")
GROUNDS = "ครอบครัวมีรายได้พอ"


def a_case(status: HelpStatus | None = None) -> str:
    """A case of somebody, with a request that was decided so."""
    number = cast.case(person_id=cast.person().id)
    if status is not None:
        db.session.add(
            HelpRequest(
                case_id=db.session.scalar(db.select(Case.id).where(Case.number == number)),
                fund_id=fund(), kind=AssistanceKind.MONEY, description="ค่ายังชีพ", status=status,
                asked=Decimal(2000), asked_at=clock.now(), decided_at=clock.now(), grounds=GROUNDS,
            )
        )  # fmt: skip
        db.session.commit()
    return number


def refused(made: str) -> str:
    with pytest.raises(Refused) as told:
        issue(made)
    db.session.rollback()
    assert row(made).status is PaperStatus.DRAFT and not row(made).number
    return told.value.message


def test_a_letter_tells_only_of_what_was_decided(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = a_case()
        made = draft(number, kind="decision")
        assert "ยังไม่มีผลการพิจารณา" in refused(made)
        assert "ไม่มีคำขอ" in refused(draft(number, kind="refusal"))
    cast.sign_in(client, cast.ORN)
    page = client.get(f"/desk/papers/{made}").text
    assert "ยังออกเอกสารนี้ไม่ได้" in page and f"/desk/papers/{made}/issue" not in page
    assert "ยังออกเอกสารนี้ไม่ได้" in client.get(f"/desk/papers/new/decision?case={number}").text


def test_a_refusal_says_why(app: Flask) -> None:
    with app.app_context():
        number = a_case(HelpStatus.REFUSED)
        assert "มาตรา 37" in refused(draft(number, kind="refusal", body="ไม่อาจช่วยเหลือได้"))
        assert "ยังไม่มีผลการพิจารณา" in refused(draft(number, kind="decision"))
        assert issue(draft(number, kind="refusal", body=f"เพราะ {GROUNDS} จึงไม่อาจช่วยเหลือ"))


def test_to_the_dead_only_knowingly(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = a_case()
        db.session.execute(update(Person).values(deceased_on=date(2026, 1, 1)))
        db.session.commit()
        assert issue(draft(number))  # to a hospital
        made = draft(number, recipient="นางคำ ใจดี")
        assert "เสียชีวิต" in refused(made)
    cast.sign_in(client, cast.ORN)
    here = f"/desk/papers/{made}"
    assert submit(client, here, {"aware": "y"}, action="/issue").status_code == 303
    with app.app_context():
        assert row(made).number


def batch(kind: str, cases: list[str], **common: Any) -> Any:
    orn = cast.viewer(cast.ORN)
    made = services.begin_batch(
        actor=orn, kind_code=kind, case_numbers=cases,
        common=LetterFacts(common.get("title", ""), "", common.get("body", "")),
    )  # fmt: skip
    db.session.commit()
    services.work_on_batches(letter_drawer(BASE))
    return made


def test_a_batch_lists_whom_nothing_was_decided_for(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = a_case()
        made = batch("decision", [number])
        page = batch_page(made, viewer=cast.viewer(cast.ORN))
        assert page.row.failed == 1 and "ยังไม่มีผลการพิจารณา" in page.failed[0].failure
        with force_locale("en"):
            told = batch_page(made, viewer=cast.viewer(cast.ORN)).failed[0].failure
        assert told.startswith("No help was granted")
        letters = batch("letter", [number], title="แจ้งเรื่อง", body="เชิญประชุม")
        assert batch_page(letters, viewer=cast.viewer(cast.ORN)).row.done == 1
        bare = batch("letter", [number])
        assert batch_page(bare, viewer=cast.viewer(cast.ORN)).row.failed == 1
        db.session.execute(update(Person).values(deceased_on=date(2026, 1, 1)))
        db.session.commit()
        dead = batch("letter", [number], title="แจ้งเรื่อง", body="เชิญประชุม")
        failed = batch_page(dead, viewer=cast.viewer(cast.ORN)).failed
        assert "เสียชีวิต" in failed[0].failure
    cast.sign_in(client, cast.ORN)
    shown = client.get(f"/desk/papers/batches/{made}").text
    assert "ทำไม่สำเร็จทุกฉบับ" in shown and "ทำครบแล้ว" not in shown
    wrong = submit(client, "/desk/papers/batches/new", {"cases": "หนึ่ง, สอง", "kind": "letter"})
    assert "หนึ่ง, สอง" in wrong.text.split("ไม่ใช่เลขที่กรณี")[1][:60]


def test_taken_back_is_said_on_every_print_and_pressed_twice_is_done_once(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        made = draft()
        issue(made)
    cast.sign_in(client, cast.ORN)
    here = f"/desk/papers/{made}"
    page = client.get(here)
    for _twice in range(2):
        assert submit(client, page, {"reason": "ผิดคน"}, action="/withdraw").status_code == 303
    assert "เปิดแฟ้มที่ลงลายมือชื่อ (ยกเลิกแล้ว)" in client.get(here).text
    printed = submit(client, here, {}, action="/print")
    assert printed.headers["Location"].endswith("copy.pdf")
    assert client.get(f"{here}/edit").headers["Location"].endswith(here)


def test_an_administrator_tries_a_text_on_invented_people(app: Flask, client: FlaskClient) -> None:
    cast.sign_in(client, cast.ANAN)
    page = "/admin/papers/texts/refusal"
    assert 'name="trial"' not in client.get(page).text and "กรณีสมมติ" in client.get(page).text
    warned = submit(client, page, {"body": "ไม่อนุมัติ"}, having="body")
    assert warned.status_code == 422 and "อุทธรณ์" in warned.text.split("ยังขาด")[1][:80]
    assert submit(client, warned, {"sure": "y"}, having="body").status_code == 303
