"""Who may not, does not: every write of an import, refused."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.integration.households.imports.conftest import Upload, press, state, usual_rows, work
from tests.integration.households.imports.lists import HEADERS, row, workbook
from tests.pages import submit
from welfare.accounts.models import User, UserGrant
from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.security.permissions import Permission
from welfare.households.queries.imports.pages import ImportFile, import_file
from welfare.households.services.imports import deciding, preparing

Check = Callable[..., ImportFile]
STEPS = ("ask", "take-back", "abandon", "approve", "send-back", "check", "decide", "decide-all")


@pytest.fixture
def waiting(upload: Upload, check: Check, officer: FlaskClient) -> str:
    """An import of orn's that waits for approval."""
    number = upload()
    check(number)
    press(officer, number, "ask")
    return number


def test_only_who_edits_the_registry_hands_in_a_list(
    app: Flask, manager: FlaskClient, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "list.xlsx", ("Sheet1", [HEADERS, *usual_rows()]))
    page = manager.get("/desk/registry/imports")
    assert page.status_code == 200
    assert 'type="file"' not in page.text
    with app.app_context(), pytest.raises(Forbidden):
        preparing.upload(actor=cast.viewer(cast.MALEE), path=path, file_name="list.xlsx")


@pytest.mark.parametrize("who", [cast.ANAN, cast.AEK, cast.WAN])
def test_others_see_nothing_of_it(app: Flask, waiting: str, who: str) -> None:
    client = cast.sign_in(app.test_client(), who)
    assert client.get("/desk/registry/imports").status_code == 403
    assert client.get(f"/desk/registry/imports/{waiting}").status_code == 403
    assert client.get(f"/desk/registry/imports/{waiting}/refused.xlsx").status_code == 403


def test_who_does_not_cover_the_municipality_sees_own_imports_only(
    app: Flask, waiting: str
) -> None:
    for who in (cast.TON, cast.KAN):
        client = cast.sign_in(app.test_client(), who)
        assert client.get(f"/desk/registry/imports/{waiting}").status_code == 404
        assert waiting not in client.get("/desk/registry/imports").text
        with app.app_context(), pytest.raises(NotFound):
            preparing.abandon(actor=cast.viewer(who), number=waiting, version=1)


def test_nobody_approves_what_they_prepared(app: Flask, waiting: str, officer: FlaskClient) -> None:
    file = state(app, waiting)
    assert f"{waiting}/approve" not in officer.get(f"/desk/registry/imports/{waiting}").text
    with app.app_context():
        with pytest.raises(Forbidden):
            deciding.approve(actor=cast.viewer(cast.ORN), number=waiting, version=file.version)
        db.session.rollback()
    assert state(app, waiting).status == "waiting"


def _as_manager(app: Flask, *, own: bool) -> None:
    """orn is a manager too, and perhaps holds the named right."""
    from welfare.accounts.models import UserRole
    from welfare.core.security.permissions import Role

    with app.app_context():
        orn = db.session.scalars(select(User).where(User.username == cast.ORN)).one()
        db.session.add(UserRole(user_id=orn.id, role=Role.MANAGER))
        if own:
            db.session.add(_grant(orn.id))
        db.session.commit()


def _grant(user_id: int) -> Any:
    values: dict[str, Any] = {"user_id": user_id, "permission": Permission.APPROVE_OWN}
    columns = {column.name for column in UserGrant.__table__.columns}
    if "granted_at" in columns:
        values["granted_at"] = clock.now()
    if "granted_by_id" in columns:
        values["granted_by_id"] = user_id
    return UserGrant(**values)


def test_an_approver_does_not_approve_their_own_work(app: Flask, waiting: str) -> None:
    _as_manager(app, own=False)
    file = state(app, waiting)
    with app.app_context(), pytest.raises(Forbidden):
        deciding.approve(actor=cast.viewer(cast.ORN), number=waiting, version=file.version)


def test_the_named_right_allows_it_and_is_noted(app: Flask, waiting: str) -> None:
    _as_manager(app, own=True)
    file = state(app, waiting)
    with app.app_context():
        deciding.approve(actor=cast.viewer(cast.ORN), number=waiting, version=file.version)
        db.session.commit()
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "import.applying")
        ).one()
        assert '"own_work": true' in entry.changes
    assert work(app, waiting).status == "applied"


def test_a_manager_decides_of_no_row(app: Flask, upload: Upload, check: Check) -> None:
    number = upload()
    check(number)
    with app.app_context(), pytest.raises(Forbidden):
        deciding.decide(actor=cast.viewer(cast.MALEE), number=number, row_id=1, choice="skip")


@pytest.mark.parametrize("step", STEPS)
def test_no_step_without_its_token(
    officer: FlaskClient, manager: FlaskClient, waiting: str, step: str
) -> None:
    client = manager if step in ("approve", "send-back") else officer
    answer = client.post(f"/desk/registry/imports/{waiting}/{step}", data={"version": "3"})
    assert answer.status_code == 400


def test_rows_outside_ones_villages_are_refused(app: Flask, stage: None, tmp_path: Path) -> None:
    client = cast.sign_in(app.test_client(), cast.TON)
    rows = [HEADERS, row(1, "คำ", "ใจดี", "1", 1), row(2, "สม", "ใจดี", "1", 3)]
    path = workbook(tmp_path / "list.xlsx", ("Sheet1", rows))
    with path.open("rb") as stream:
        answer = submit(
            client, "/desk/registry/imports", {"file": (stream, "list.xlsx")}, having="one_time_key"
        )
    number = answer.location.split("/")[-2]
    submit(client, f"/desk/registry/imports/{number}/columns", having="village_no")
    work(app, number)
    with app.app_context():
        file = import_file(number, viewer=cast.viewer(cast.TON))
        assert file.counts == {"new": 1, "refused": 1}
    page = client.get(f"/desk/registry/imports/{number}?state=refused").text
    assert "นอกพื้นที่ของท่าน" in page


def test_a_second_approval_does_nothing_twice(
    app: Flask, waiting: str, manager: FlaskClient
) -> None:
    page = manager.get(f"/desk/registry/imports/{waiting}")
    first = submit(manager, page, action="/approve")
    second = submit(manager, page, action="/approve")
    assert first.status_code == 303
    assert second.status_code == 409
    assert work(app, waiting).report["people_new"] == 3
    assert work(app, waiting).report["people_new"] == 3


def test_a_bad_file_is_refused_in_words_and_leaves_nothing(
    app: Flask, officer: FlaskClient, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with path.open("rb") as stream:
        answer = submit(
            officer,
            "/desk/registry/imports",
            {"file": (stream, "list.xlsx")},
            having="one_time_key",
        )
    assert answer.status_code == 422
    assert "ไม่ใช่ไฟล์ตาราง" in answer.text
    with app.app_context():
        from welfare.households.models import RegistryImport

        assert db.session.scalar(select(RegistryImport.id)) is None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_200_mb_are_refused_in_words(officer: FlaskClient, tmp_path: Path) -> None:
    import time

    path = tmp_path / "list.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * 1024 * 1024)
    page = officer.get("/desk/registry/imports")
    began = time.process_time()
    with path.open("rb") as stream:
        answer = submit(officer, page, {"file": (stream, "list.xlsx")}, having="one_time_key")
    assert answer.status_code in (413, 422)
    assert "ไม่เกิน" in answer.text or "ใหญ่" in answer.text
    assert time.process_time() - began < 5
    del answer, page
    gc.collect()


def test_nothing_may_be_decided_of_rows_that_are_not_doubtful(
    app: Flask, upload: Upload, check: Check
) -> None:
    number = upload()
    check(number)
    with app.app_context():
        orn = cast.viewer(cast.ORN)
        with pytest.raises(NotFound):
            deciding.decide(actor=orn, number=number, row_id=999_999, choice="skip")
        with pytest.raises(Refused):
            deciding.decide_all(actor=orn, number=number, doubt="alike", choice="accept")
