"""Files and staged rows hold personal data, and go."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from tests import cast
from tests.integration.households.imports.conftest import Upload, press, state
from tests.integration.households.imports.lists import pid
from tests.pages import submit
from welfare.core import clock
from welfare.core.db import db
from welfare.core.storage.files import root
from welfare.households.models import ImportedColumns, ImportRow, Person
from welfare.households.queries.imports.pages import ImportFile
from welfare.households.services.imports.keeping import clear_old

Check = Callable[..., ImportFile]


def files() -> list[bytes]:
    return [path.read_bytes() for path in sorted(root().glob("??/*")) if path.is_file()]


def test_nothing_of_a_file_lies_there_in_plain(app: Flask, upload: Upload, check: Check) -> None:
    check(upload())
    with app.app_context():
        rows = db.session.execute(text("SELECT * FROM registry_import_rows")).all()
    values = [value for row in rows for value in row]
    kept = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in values
    )
    for secret in (pid(1), "ใจดี", "ดอยงาม"):
        assert secret.encode() not in kept
    assert files()
    assert not any(content.startswith(b"PK") for content in files())


def test_giving_up_removes_file_and_rows(
    app: Flask, upload: Upload, check: Check, officer: FlaskClient
) -> None:
    before = files()
    number = upload()
    check(number)
    assert press(officer, number, "abandon").status_code == 303
    assert state(app, number).removed
    assert files() == before
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 0


def test_rows_go_when_their_time_is_over(
    app: Flask, upload: Upload, check: Check, at: Callable[[str], None]
) -> None:
    before = files()
    number = upload()
    check(number)
    with app.app_context():
        assert clear_old() == 0
        later = clock.now() + timedelta(days=31)
        at(later.isoformat())
        assert clear_old(dry_run=True) == 1
        assert clear_old() == 1
        db.session.commit()
    at("2026-11-22T09:00:00+07:00")
    file = state(app, number)
    assert file.removed
    assert file.status == "abandoned"
    assert files() == before


def test_the_time_is_a_rule_of_the_office(
    app: Flask, upload: Upload, check: Check, at: Any
) -> None:
    number = upload()
    check(number)
    admin = cast.sign_in(app.test_client(), cast.ANAN)
    answer = submit(admin, "/desk/registry/imports-kept", {"keep_days": "๕"})
    assert answer.status_code == 303, answer.text
    assert submit(admin, "/desk/registry/imports-kept", {"keep_days": "0"}).status_code == 400
    with app.app_context():
        at((clock.now() + timedelta(days=6)).isoformat())
        assert clear_old() == 1
        db.session.commit()


def test_only_who_keeps_the_lists_sets_the_rule(officer: FlaskClient) -> None:
    assert officer.get("/desk/registry/imports-kept").status_code == 403


def test_kept_columns_stand_on_the_page_of_the_person(
    app: Flask, applied: Callable[..., str], officer: FlaskClient
) -> None:
    applied()
    with app.app_context():
        number = db.session.scalar(
            select(Person.number).join(ImportedColumns, ImportedColumns.person_id == Person.id)
        )
        kept = db.session.scalars(select(ImportedColumns)).one()
        assert json.loads(kept.content) == {"สีที่ชอบ": "แดง"}
    assert "สีที่ชอบ" in officer.get(f"/desk/people/{number}").text
    worker = cast.sign_in(app.test_client(), cast.KAN)
    assert "สีที่ชอบ" not in worker.get(f"/desk/people/{number}").text
