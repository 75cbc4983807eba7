"""Others write while an import is put together, and while it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.integration.households.imports.conftest import Upload, press, work
from welfare.core import audit
from welfare.core.db import db
from welfare.households.models import Change, ImportRow, Person
from welfare.households.models.changes import RowChange
from welfare.households.queries.imports.pages import ImportFile
from welfare.households.services.freezing import content, from_json, table
from welfare.households.services.imports import applying
from welfare.households.services.imports.working import PROGRAM
from welfare.households.services.recording import rows_by_id


@pytest.fixture
def approved(
    upload: Upload, check: Callable[..., ImportFile], officer: FlaskClient, manager: FlaskClient
) -> str:
    """A list that waits for the worker to apply it."""
    number = upload()
    check(number)
    press(officer, number, "ask")
    press(manager, number, "approve")
    return number


@pytest.mark.parametrize("times", [1, applying.ATTEMPTS])
def test_who_was_faster_lets_it_begin_anew(
    app: Flask, approved: str, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Somebody saves a person each time it has been put together; the last is done behind the
    lock, where nobody can."""
    real, saved = applying.begin_writing, []

    def others_first(session: Any) -> None:
        real(session)
        if len(saved) < times:
            saved.append(1)
            audit.record(PROGRAM, "person.edited", "person", "P1", {})
            session.commit()
            real(session)

    monkeypatch.setattr(applying, "begin_writing", others_first)
    assert work(app, approved).status == "applied"
    assert len(saved) == times
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 3


def test_the_change_set_says_what_stands_there(app: Flask, approved: str) -> None:
    """Made ready before the rows were, it holds what is read back: so an undo trusts it."""
    work(app, approved)
    with app.app_context():
        changes = db.session.scalars(select(Change).where(Change.what == RowChange.ADDED)).all()
        assert {change.table_name for change in changes} >= {
            "people", "households", "person_names", "memberships", "imported_columns",
        }  # fmt: skip
        for change in changes:
            row = rows_by_id(table(change.table_name), [change.row_id])[change.row_id]
            assert content(row) == content(from_json(change.after))


def test_rows_say_whom_they_made(app: Flask, approved: str) -> None:
    work(app, approved)
    with app.app_context():
        people = set(db.session.scalars(select(Person.id)))
        assert set(db.session.scalars(select(ImportRow.person_id))) == people
