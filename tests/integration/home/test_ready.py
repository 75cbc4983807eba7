"""`/readyz`: only with the tables that this version needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from welfare.core.db import db


@pytest.fixture(autouse=True)
def _put_back(app: Flask) -> Iterator[None]:
    """The version stays as the migrations left it: it is not among what a test may change."""
    with app.app_context():
        version = db.session.scalar(text("SELECT version_num FROM alembic_version"))
        db.session.rollback()
    yield
    _say(app, "DELETE FROM alembic_version")
    _say(app, f"INSERT INTO alembic_version (version_num) VALUES ('{version}')")


def _say(app: Flask, statement: str) -> None:
    with app.app_context():
        db.session.execute(text(statement))
        db.session.commit()


def test_ready_with_these_tables_and_with_later_ones(app: Flask, client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200
    _say(app, "UPDATE alembic_version SET version_num = '9999'")
    assert client.get("/readyz").status_code == 200


def test_not_ready_with_earlier_tables_or_none(app: Flask, client: FlaskClient) -> None:
    _say(app, "UPDATE alembic_version SET version_num = '0001'")
    answer = client.get("/readyz")
    assert (answer.status_code, "db upgrade" in answer.text) == (503, True)
    _say(app, "DELETE FROM alembic_version")
    assert client.get("/readyz").status_code == 503
