"""The audit by its pages, and the operations page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests import cast
from tests.pages import form_in, submit
from welfare.core.audit.reading import PAGE, AuditQuestion, audit_page, known_actions
from welfare.core.audit.trail import record
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import SYSTEM

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def auditor(client: FlaskClient) -> FlaskClient:
    return cast.sign_in(client, cast.AEK)


def test_the_auditor_sees_the_audit_and_nothing_else_of_administration(
    auditor: FlaskClient,
) -> None:
    page = auditor.get("/admin").text
    assert "/admin/audit" in page
    assert "/admin/accounts" not in page
    assert auditor.get("/admin/audit").status_code == 200


@pytest.mark.parametrize("who", [cast.ORN, cast.KAN, cast.MALEE, cast.WAN])
def test_others_read_no_audit(app: Flask, client: FlaskClient, who: str) -> None:
    cast.sign_in(client, who)
    assert client.get("/admin").status_code == 403
    assert client.get("/admin/audit").status_code == 403
    assert client.post("/admin/audit/verify").status_code in (400, 403)
    with app.app_context(), pytest.raises(Forbidden):
        audit_page(AuditQuestion(), viewer=cast.viewer(who))


def test_entries_are_found_by_person_kind_number_and_day(app: Flask, auditor: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
    for query in (f"ref={number}", "person=orn", "action=case.opened", "person=system"):
        assert auditor.get(f"/admin/audit?{query}").status_code == 200
    assert number in auditor.get(f"/admin/audit?ref={number}&person=orn").text
    assert "ไม่พบรายการ" in auditor.get(f"/admin/audit?ref={number}&person=kan").text
    assert "ไม่พบรายการ" in auditor.get("/admin/audit?person=nobody-of-this-name").text
    long_ago = "day-day=1&day-month=2&day-year=2550"
    assert "ไม่พบรายการ" in auditor.get(f"/admin/audit?{long_ago}").text


@pytest.mark.parametrize(
    "query",
    [
        "before=x",
        "before=-1",
        "day-day=32&day-month=13",
        "action=%00",
        "ref=%27",
        "person=" + "ก" * 900,
    ],
)
def test_malformed_questions_never_fail(auditor: FlaskClient, query: str) -> None:
    assert auditor.get(f"/admin/audit?{query}").status_code == 200


def test_pages_hold_every_entry_once(app: Flask) -> None:
    with app.app_context():
        for number in range(PAGE * 2):
            record(SYSTEM, "setup.filled", "setup", str(number))
        db.session.commit()
        viewer, before, seen = cast.viewer(cast.AEK), None, []
        while True:
            page = audit_page(AuditQuestion(before=before), viewer=viewer)
            seen += [row.seq for row in page.rows]
            before = page.older
            if before is None:
                break
        assert seen == sorted(set(seen), reverse=True)
        assert len(seen) == seen[0]
        assert "setup.filled" in known_actions()


def test_the_check_shows_the_head_and_stands_in_the_audit(auditor: FlaskClient) -> None:
    form = form_in(auditor.get("/admin/audit").text, action="verify")
    answer = auditor.post(form.action, data=form.fields)
    assert answer.status_code == 200
    assert "บันทึกครบถ้วน" in answer.text
    assert "audit.verified" not in answer.text
    assert "ตรวจความครบถ้วน" in auditor.get("/admin/audit?action=audit.verified").text


def test_the_check_says_where_the_record_breaks(app: Flask, auditor: FlaskClient) -> None:
    with app.app_context():
        cast.case()
        _tamper()
    form = form_in(auditor.get("/admin/audit").text, action="verify")
    assert "ไม่ต่อเนื่องกัน" in auditor.post(form.action, data=form.fields).text


def _tamper() -> None:
    sqlite = db.session.get_bind().dialect.name == "sqlite"
    if sqlite:
        db.session.execute(text("DROP TRIGGER audit_entries_no_update"))
    else:
        db.session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
    db.session.execute(text("UPDATE audit_entries SET actor = 'somebody' WHERE seq = 1"))
    if sqlite:
        db.session.execute(
            text(
                "CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries "
                "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
            )
        )
    else:
        db.session.execute(text("ALTER TABLE audit_entries ENABLE TRIGGER ALL"))
    db.session.commit()


def test_operations_show_what_waits_and_try_again(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        cast.complaint()
        db.session.execute(text("UPDATE outbox_events SET attempts = 5, last_error = 'KeyError'"))
        db.session.commit()
    cast.sign_in(client, cast.ANAN)
    assert "KeyError" in client.get("/admin/operations").text
    answer = submit(client, "/admin/operations", having="csrf_token", action="try-again")
    assert answer.status_code == 303
    assert "KeyError" not in client.get("/admin/operations").text
