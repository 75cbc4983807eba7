"""What every route that writes keeps to: its token, its audit, once only, all or nothing."""

import html
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests import cast
from tests.contract.conftest import Enter
from tests.contract.forms import Found, Offered, all_forms
from tests.contract.routes import routes
from tests.contract.rows import READS, audit_rows, changed, fingerprint
from tests.contract.town import Town
from welfare.core.audit import verify
from welfare.core.db import db

WRITERS = (cast.ORN, cast.KAN, cast.MALEE, cast.ANAN, "follower")
UNTOUCHED = READS | {"throttle_windows", "attempt_windows", "held_forms", "audit_entries"}
LAST = ("accounts.", "admin.end_sessions", "admin.new_password", "admin.account", "cases.close")
"""Forms that end what others need are sent after the others."""


def in_order(forms: list[Found]) -> list[Found]:
    """The forms so that none takes away what a later one needs, as far as that can be."""
    return sorted(forms, key=lambda found: found.endpoint.startswith(LAST))


@pytest.fixture
def forms(offered: Offered) -> list[Found]:
    found = in_order(all_forms(offered, *WRITERS))
    assert len({each.endpoint for each in found}) > 30
    return found


def test_no_form_is_taken_without_its_token(app: Flask, town: Town, enter: Enter) -> None:
    clients = [enter(username) for username in (cast.ORN, cast.KAN, cast.MALEE, cast.ANAN)]
    clients.append(enter(None))
    before = fingerprint(app, without=UNTOUCHED)
    taken = [
        f"{route}: {answer.status_code}"
        for route in routes(app, town)
        if route.method == "POST"
        for client in clients
        for answer in [client.post(route.path, data={"csrf_token": "forged", "text": "x"})]
        if answer.status_code < 400
        and not answer.headers.get("Location", "").startswith("/sign-in")
    ]
    assert taken == []
    assert changed(before, fingerprint(app, without=UNTOUCHED)) == {}


def test_every_change_is_in_the_audit(app: Flask, forms: list[Found]) -> None:
    """Each form is sent filled in with sense; what changed a table left a row in the audit, what
    changed none left at most the note of a reading."""
    silent, succeeded = [], set()
    for found in forms:
        form = found.again()
        before, rows = fingerprint(app, without=UNTOUCHED), audit_rows(app)
        answer = form.send(form.filled())
        if answer.status_code == 400:
            answer = form.send(form.chosen())
        assert answer.status_code < 500, f"{found}: {answer.status_code}"
        touched = changed(before, fingerprint(app, without=UNTOUCHED))
        if answer.status_code in {302, 303}:
            succeeded.add(found.endpoint)
        if touched.keys() - {"one_time_keys"} and audit_rows(app) == rows:
            silent.append(f"{found}: {sorted(touched)}")
    assert silent == []
    assert len(succeeded) >= 20, "the forms were not filled in with sense"
    with app.app_context():
        assert verify().sound


def test_a_form_that_makes_something_makes_it_once(app: Flask, forms: list[Found]) -> None:
    twice, tried = [], 0
    for found in forms:
        if "one_time_key" not in found.form.fields:
            continue
        form = found.again()
        data = form.filled()
        first = form.send(data)
        if first.status_code not in {302, 303}:
            continue
        tried += 1
        before = fingerprint(app, without=UNTOUCHED)
        second = form.send(data)
        after = changed(before, fingerprint(app, without=UNTOUCHED))
        if after or second.location != first.location:
            twice.append(f"{found}: {second.status_code} {second.location} {sorted(after)}")
    assert twice == []
    assert tried > 5


def test_a_failed_commit_leaves_nothing_and_says_so(app: Flask, forms: list[Found]) -> None:
    """Whatever is sent while the database fails at the commit: an error page with what was typed,
    no row anywhere, none in the audit."""
    app.config["PROPAGATE_UNEXPECTED"] = False
    wrong, failed = [], 0
    try:
        for found in forms:
            if found.endpoint.startswith("accounts."):
                continue
            form = found.again()
            data = form.filled()
            before = fingerprint(app, without=frozenset({"staff_sessions"}))
            with _Failing(app) as met:
                answer = form.send(data)
            after = changed(before, fingerprint(app, without=frozenset({"staff_sessions"})))
            if not met:
                continue
            failed += 1
            lost = [name for name in form.texts if not _shows(answer.text, data.get(name, ""))]
            if answer.status_code not in {500, 503} or after or lost:
                wrong.append(f"{found}: {answer.status_code} changed {after} lost {lost}")
    finally:
        app.config["PROPAGATE_UNEXPECTED"] = True
    assert wrong == []
    assert failed > 20


class _Failing:
    """The database loses its disk at the commit of what was written."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.met: list[str] = []
        self.wrote = False

    def __enter__(self) -> list[str]:
        event.listen(self.engine, "before_cursor_execute", self._note)
        event.listen(self.engine, "commit", self._fail)
        return self.met

    def __exit__(self, *_exception: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)
        event.remove(self.engine, "commit", self._fail)

    def _note(self, _c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO audit_entries"):
            self.wrote = True

    def _fail(self, _connection: object) -> None:
        if self.wrote:
            self.wrote = False
            self.met.append("commit")
            raise OSError("no space left on device")


def _shows(page: str, value: Any) -> bool:
    text = value if isinstance(value, str) else "".join(value[:1])
    return not text.strip() or text in html.unescape(page)
