"""Where personal data must not be found: logs, addresses, messages of errors, the bytes at rest."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import structlog
from flask import Flask
from structlog.testing import capture_logs

from config import Settings
from tests import cast
from tests.contract.conftest import Enter
from tests.contract.forms import Offered, all_forms
from tests.contract.known import ILLNESS_SECRET, PASSPORT
from tests.contract.town import (
    COMPLAINT_SECRET,
    EMAIL,
    HEALTH_SECRET,
    NATIONAL_ID,
    PHONE,
    PHONE_TYPED,
    Town,
)
from welfare.core.db import db
from welfare.core.web import edge

NAME = "ประกายพรึกษ์"
PLANTED = (NATIONAL_ID, PHONE_TYPED, PHONE[2:], EMAIL, NAME)


@pytest.fixture(autouse=True)
def logs_as_in_production() -> Iterator[None]:
    """Tests are silent otherwise; then there would be nothing to find."""
    kept = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    yield
    structlog.configure(wrapper_class=kept)


def test_what_is_typed_goes_into_no_log_and_no_address(
    offered: Offered, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every form is sent full of personal data, by which many succeed and many are refused; then
    the same while the program fails."""
    forms = all_forms(offered, cast.ORN, cast.KAN, cast.ANAN, "follower")
    leaks = []
    with capture_logs() as logs:
        for found in forms:
            form = found.again()
            given = {name: _planted(name) for name in form.texts}
            answer = form.send(form.filled(**given))
            where = unquote(answer.headers.get("Location", ""))
            leaks += [f"{found}: {each} in {where}" for each in PLANTED if each in where]
    said = capfd.readouterr()
    everything = f"{logs} {said.out} {said.err}"
    assert leaks == []
    assert [each for each in PLANTED if each in everything] == []


def _planted(name: str) -> str:
    if "phone" in name:
        return PHONE_TYPED
    if "email" in name:
        return EMAIL
    if "identifier" in name:
        return NATIONAL_ID
    return f"{NAME} {NATIONAL_ID} {PHONE_TYPED} {EMAIL}"


def test_an_unexpected_failure_logs_where_and_not_what(
    app: Flask, town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter(cast.ORN)
    page = client.get(f"/desk/cases/{town.case}/edit").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token

    def fail() -> None:
        raise ValueError(f"cannot store {NAME} {PHONE_TYPED}")

    monkeypatch.setattr(edge.db.session, "commit", fail)
    app.config["PROPAGATE_UNEXPECTED"] = False
    try:
        with capture_logs() as logs:
            answer = client.post(
                f"/desk/cases/{town.case}/notes",
                data={
                    "csrf_token": token[1], "text": NAME, "audience": "internal",
                    "one_time_key": "k" * 20,
                },
            )  # fmt: skip
    finally:
        app.config["PROPAGATE_UNEXPECTED"] = True
    assert answer.status_code == 500
    assert NAME in answer.text, "what was typed is kept"
    assert "cannot store" not in answer.text
    assert "Traceback" not in answer.text
    found = re.search(r"\b[0-9a-f]{8}\b", answer.text)
    assert found, "a number to quote"
    assert [entry for entry in logs if entry.get("error_id") == found[0]]
    assert NAME not in str(logs)
    assert PHONE_TYPED not in str(logs)


def test_the_bytes_at_rest_hold_no_secret_in_plain(
    app: Flask, town: Town, settings: Settings
) -> None:
    """The database's own files on SQLite; every column of every table on PostgreSQL."""
    raw = _bytes(app, settings)
    assert len(raw) > 10_000
    assert cast.ORN.encode() in raw, "the search finds what is not secret"
    for planted in (
        NATIONAL_ID,
        PHONE,
        PHONE_TYPED,
        PHONE[2:],
        EMAIL,
        HEALTH_SECRET,
        ILLNESS_SECRET,
        PASSPORT,
    ):
        for form in (planted.encode(), planted.encode("utf-16-le"), quote(planted).encode()):
            assert form not in raw, planted


def test_the_audit_and_the_outbox_hold_no_names(app: Flask, town: Town) -> None:
    with app.app_context():
        kept = " ".join(
            str(row)
            for table in ("audit_entries", "outbox_events")
            for row in db.session.execute(db.text(f"SELECT * FROM {table}"))
        )
    for planted in (
        COMPLAINT_SECRET,
        NATIONAL_ID,
        PHONE,
        EMAIL,
        HEALTH_SECRET,
        ILLNESS_SECRET,
        "ใจดี",
    ):
        assert planted not in kept, planted


def test_keys_and_files_are_for_their_owner_only(settings: Settings) -> None:
    wrong = [
        f"{path}: {oct(path.stat().st_mode & 0o777)}"
        for path in (settings.data_path, settings.data_path / "files")
        if path.exists() and path.stat().st_mode & 0o077 and os.geteuid() == path.stat().st_uid
    ]
    assert wrong == []


def _bytes(app: Flask, settings: Settings) -> bytes:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            path = str(settings.sqlalchemy_url).removeprefix("sqlite:///")
            return b"".join(
                Path(path + end).read_bytes() for end in ("", "-wal") if Path(path + end).exists()
            )
        rows = []
        for name in sorted(db.metadata.tables):
            for row in db.session.execute(db.text(f'SELECT * FROM "{name}"')):
                for value in row:
                    bare = bytes(value) if isinstance(value, bytes | memoryview) else None
                    rows.append(bare if bare is not None else str(value).encode())
        return b"\n".join(rows)
