"""A large list is being written (SQLite has one writer): who saves meanwhile is told so, and keeps
what they typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import Settings
from tests.pages import submit
from welfare.core.db import db, engine
from welfare.households.models import Household


def test_what_was_typed_waits_with_it(
    app: Flask, settings: Settings, officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not settings.sqlalchemy_url.startswith("sqlite"):
        pytest.skip("PostgreSQL lets others write meanwhile")
    hasty = tuple(
        "PRAGMA busy_timeout=50" if "busy_timeout" in pragma else pragma
        for pragma in engine.SQLITE_PRAGMAS
    )
    monkeypatch.setattr(engine, "SQLITE_PRAGMAS", hasty)
    monkeypatch.setitem(app.config, "PROPAGATE_UNEXPECTED", False)
    with app.app_context():
        db.engine.dispose()
    typed = {"house_no": "77/7", "village_no": "2", "landmark": "ข้างวัดป่า"}
    path = settings.sqlalchemy_url.removeprefix("sqlite:///")
    address = "/desk/households/new"
    page = officer.get(address)
    assert page.status_code == 200
    with closing(sqlite3.connect(path, isolation_level=None)) as worker:
        worker.execute("BEGIN IMMEDIATE")
        answer = submit(officer, page, typed, having="house_no")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "10"
        assert "มีการนำเข้าข้อมูล" in answer.text
        assert "77/7" in answer.text
        assert "ข้างวัดป่า" in answer.text
        worker.execute("ROLLBACK")

    again = submit(officer, answer, {}, having="house_no")
    assert again.status_code == 303, again.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Household)) == 1
