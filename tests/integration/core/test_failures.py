"""Failures end as pages in plain words."""

from functools import wraps

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from welfare.core.db import db
from welfare.core.pdf.errors import PaperError, PaperTooLarge, PaperTooSlow


def test_a_broken_database_is_told_in_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_UNEXPECTED", False)
    with app.app_context():
        db.session.execute(text("ALTER TABLE municipality RENAME TO gone"))
        db.session.commit()
    try:
        answer = client.get("/")
        assert answer.status_code in {500, 503}
        assert "เทศบาล" in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    finally:
        with app.app_context():
            db.session.execute(text("ALTER TABLE gone RENAME TO municipality"))
            db.session.commit()


def test_an_unknown_address_is_a_page_with_all_headers(client: FlaskClient) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("ended", "said"),
    [(PaperTooSlow("30 s"), "ระบบจึงหยุดไว้"), (PaperTooLarge("81 pages"), "เลือกพิมพ์บางส่วน")],
)
def test_a_paper_that_was_ended_is_told_in_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, ended: PaperError, said: str
) -> None:
    endpoint = app.url_map.bind("localhost").match("/")[0]

    @wraps(app.view_functions[endpoint])
    def too_much() -> None:
        raise ended

    monkeypatch.setitem(app.view_functions, endpoint, too_much)
    answer = client.get("/")
    assert answer.status_code == 422
    assert said in answer.text
