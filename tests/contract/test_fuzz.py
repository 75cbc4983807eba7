"""No input makes a 500: every form and every query string, with the worst that is sent.

What was typed survives the refusal. FUZZ_SECONDS says how long it looks.
"""

import html
import os
import random
import time
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests import cast
from tests.contract.bad_inputs import LONG, RAW_QUERIES, TEXTS
from tests.contract.conftest import Enter
from tests.contract.forms import EVERYBODY, Found, Offered, all_forms
from tests.contract.routes import routes
from tests.contract.test_writes import in_order
from tests.contract.town import Town
from welfare.core.security import throttle

SECONDS = float(os.environ.get("FUZZ_SECONDS", "8"))
QUERIES = [
        "q", "status", "category", "village", "assignee", "priority", "overdue", "opened",
        "closed", "sort", "page", "day", "worker", "month", "next", "r", "person", "household",
        "lang", "size", "tab", "shown", "action", "actor", "kind", "waiting", "anchor", "at",
        "secret",
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Throttling is tried elsewhere; here it would only hide what is behind it."""
    monkeypatch.setattr(throttle, "check", lambda *_: None)


@pytest.fixture
def forms(offered: Offered) -> list[Found]:
    return in_order(all_forms(offered, *EVERYBODY))


def test_no_bad_input_breaks_a_form(app: Flask, forms: list[Found]) -> None:
    """Each bad text in all fields of a form at once, and in one field at a time: in an order that
    is always the same, as far as there is time."""
    broken, chance = _Broken(app), random.Random(2569)
    whole = [(found, name) for found in forms for name in TEXTS]
    chance.shuffle(whole)
    until = time.monotonic() + SECONDS
    for found, name in whole:
        if time.monotonic() > until:
            break
        bad = dict.fromkeys(found.names(), TEXTS[name])
        broken.try_(f"{found} all {name}", found, bad)
    singles = [(found, field) for found in forms for field in sorted(found.names())]
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found, field = chance.choice(singles)
        name = chance.choice(sorted(TEXTS))
        broken.try_(f"{found} {field} {name}", found.again(), {field: TEXTS[name]})
    assert not broken.found, "\n".join(broken.found)


def test_wrong_shapes_break_no_form(app: Flask, forms: list[Found]) -> None:
    """Lists for one value, files for texts, texts for files, nothing, JSON, broken multipart."""
    broken = _Broken(app)
    for found in forms:
        names = found.names()
        broken.try_(f"{found} lists", found, {name: ["a", "", "b"] for name in names})
        broken.try_(f"{found} token twice", found, {"csrf_token": ["x", "y"]})
        broken.try_(f"{found} key", found, {"one_time_key": LONG, "version": LONG})
        broken.try_(
            f"{found} files", found,
            {name: (BytesIO(b"\xff\xd8\xff\x00junk"), "../../x\x00.jpg") for name in names},
        )  # fmt: skip
        for kind, body in (
            ("application/json", b'{"a": 1}'),
            ("multipart/form-data", b"--x"),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
            ("multipart/form-data; boundary=x", b"--x\r\nno header\xff\xfe"),
            ("application/x-www-form-urlencoded; charset=utf-99", b"a=%ff&=&&%=%00"),
            ("text/plain", b"\x00" * 100),
            ("", b"a=1"),
        ):
            answer = found.client.post(found.action, data=body, content_type=kind)
            broken.note(f"{found} {kind}", answer)
    assert not broken.found, "\n".join(broken.found)


def test_no_query_string_breaks_a_page(app: Flask, town: Town, enter: Enter) -> None:
    """Every page, by the first who may open it."""
    broken, chance = _Broken(app), random.Random(2569)
    clients = [enter(cast.ORN), enter(cast.ANAN), enter(cast.KAN), enter(cast.MALEE)]
    asked = []
    for path in sorted({route.path for route in routes(app, town) if route.method == "GET"}):
        may = (client for client in clients if client.get(path).status_code != 403)
        client = next(may, clients[0])
        asked += [(client, f"{path}?{query}") for query in _queries()]
    chance.shuffle(asked)
    until = time.monotonic() + SECONDS
    for client, address in asked:
        if time.monotonic() > until:
            break
        broken.note(address[:120], client.get(address))
    assert not broken.found, "\n".join(broken.found)


def _queries() -> list[str]:
    raw = ["&".join(f"{name}={bad}" for name in QUERIES) for bad in RAW_QUERIES.values()]
    from urllib.parse import urlencode

    typed = [
        urlencode(dict.fromkeys(QUERIES, bad[:3000]), errors="surrogatepass")
        for bad in TEXTS.values()
    ]
    return [*raw, *typed, "&".join(["q=a"] * 500), "=&=&&;%", "page=a1.1&page=b"]


def test_what_was_typed_survives_the_refusal(app: Flask, forms: list[Found]) -> None:
    """Every text field filled in, one of them far too long: refused, and all of it still there."""
    lost = []
    for found in forms:
        form = found.again()
        texts = sorted(form.texts)
        if found.endpoint in {"accounts.sign_in", "accounts.change_password"} or not texts:
            continue
        typed = {name: f"พิมพ์ไว้ {number}" for number, name in enumerate(texts)}
        roomy = [name for name in texts if not name.endswith(("-day", "-year"))]
        long = dict.fromkeys(roomy[:1], "ก" * 40_000)
        answer = form.send(form.filled(**typed | long))
        if not 400 <= answer.status_code < 500:
            lost.append(f"{found}: {answer.status_code}")
            continue
        page = html.unescape(answer.text)
        gone = [name for name, text in (typed | long).items() if text not in page]
        if gone:
            lost.append(f"{found}: {answer.status_code} lost {gone}")
    assert not lost, "\n".join(lost)


def test_anything_can_be_searched_for(app: Flask, town: Town, enter: Enter) -> None:
    clients = {"/desk/cases": cast.ORN, "/desk/people": cast.ORN, "/desk/households": cast.KAN,
               "/desk/registry": cast.ORN, "/desk/complaints": cast.ORN,
               "/admin/audit": cast.AEK}  # fmt: skip
    opened = {path: enter(username) for path, username in clients.items()}

    @settings(
        max_examples=60, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.text(max_size=60), st.sampled_from(sorted(opened)))
    def search(text: str, path: str) -> None:
        answer = opened[path].get(path, query_string={"q": text.encode("utf-8", "replace")})
        assert answer.status_code < 500

    search()


class _Broken:
    """Collects what answered with a 5xx."""

    def __init__(self, app: Flask) -> None:
        self.found: list[str] = []

    def try_(self, name: str, form: Found, changes: dict[str, Any]) -> None:
        try:
            self.note(name, form.send(form.filled(**changes)))
        except Exception as error:
            self.found.append(f"{name}: {type(error).__name__} {str(error)[:200]}")

    def note(self, name: str, answer: TestResponse) -> None:
        if answer.status_code >= 500:
            self.found.append(f"{name}: {answer.status_code}")
