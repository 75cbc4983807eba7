"""Every form of the application, found on the pages that carry it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import cast
from tests.contract.conftest import Enter, follower, opened
from tests.contract.reading import Walk
from tests.contract.town import Town
from tests.pages import Form, forms_in

TECHNICAL = frozenset({"csrf_token", "one_time_key", "version", "seen", "danger_seen", "checking"})


class _Texts(HTMLParser):
    """Names of fields that people type into, and the values that radios and lists offer."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.choices: dict[str, list[str]] = {}
        self.radios: set[str] = set()
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "textarea" or (
            tag == "input" and kind in {"text", "tel", "email", "search", "number", "url"}
        ):
            self.texts.add(name)
        elif tag == "input" and kind in {"radio", "checkbox"}:
            if kind == "radio":
                self.radios.add(name)
            self.choices.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self.choices.setdefault(self._select, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


@dataclass
class Found:
    """A form, the page it stands on, and who is looking."""

    endpoint: str
    who: str
    client: FlaskClient
    page: str
    action: str
    form: Form
    texts: frozenset[str]
    choices: dict[str, list[str]]
    radios: frozenset[str]

    def __str__(self) -> str:
        return f"{self.endpoint} on {self.page} as {self.who}"

    def names(self) -> set[str]:
        """The fields that are filled in by people."""
        named = self.form.fields.keys() | self.texts | self.choices.keys()
        return {name for name in named if name and name not in TECHNICAL}

    def again(self) -> "Found":
        """The same form on its page as it is now; itself when it is there no more."""
        answer = self.client.get(self.page)
        for each in on_page(self.who, self.client, self.page, answer):
            if each.action == self.action and each.form.fields.keys() >= self.form.fields.keys():
                each.endpoint = self.endpoint
                return each
        return self

    def chosen(self, **changes: Any) -> dict[str, Any]:
        """What the form would send as it stands, with one of the radios chosen where none was,
        but for ``changes``."""
        data: dict[str, Any] = {name: list(kept) for name, kept in self.form.fields.items()}
        for name in self.radios - data.keys():
            data[name] = [next((value for value in self.choices[name] if value), "")]
        return data | changes

    def filled(self, **changes: Any) -> dict[str, Any]:
        """What the form would send: sensible answers, but for ``changes``."""
        data = self.chosen()
        for name, offered in self.choices.items():
            if not any(data.get(name, [])):
                data[name] = [next((value for value in offered if value), "")]
        for name in self.texts:
            if not any(data.get(name, [])):
                data[name] = [_sensible(name)]
        return data | changes

    def send(self, data: dict[str, Any]) -> TestResponse:
        """Send it."""
        return self.client.post(self.action, data=data, buffered=True)  # exports are streams


def _sensible(name: str) -> str:
    known = {
        "day": "5", "month": "1", "year": "2569", "phone": "0812345678", "amount": "1500",
        "email": "somebody@example.org", "no": "12", "time": "09:30", "village": "2",
    }  # fmt: skip
    for part, value in known.items():
        if name.endswith(part):
            return value
    return "ข้อความที่พิมพ์ไว้"


def on_page(who: str, client: FlaskClient, page: str, answer: TestResponse) -> Iterator[Found]:
    """The forms of one page that POST."""
    if answer.mimetype != "text/html":
        return
    for form, markup in zip(forms_in(answer.text), _markup(answer.text), strict=False):
        if form.method == "post":
            texts = _Texts()
            texts.feed(markup)
            action = urljoin(page, form.action or page)
            yield Found(
                "", who, client, page, action, form, frozenset(texts.texts - {""}),
                texts.choices, frozenset(texts.radios),
            )  # fmt: skip


def _markup(html: str) -> list[str]:
    return [part.split("</form>")[0] for part in html.split("<form")[1:]]


EVERYBODY = (cast.ORN, cast.KAN, cast.MALEE, cast.ANAN, "follower", "")
"""Those whose forms are tried; "" is a stranger."""


@dataclass
class Offered:
    """The forms that each of them meets, in the state of the database that they were met in."""

    town: Town
    by: dict[str, list[Found]]
    clients: dict[str, FlaskClient]
    cookies: dict[str, dict[Any, Any]]
    walks: dict[str, Walk]
    """The pages of each, which the forms were met on."""
    written: dict[str, dict[str, tuple[str, str]]]
    """What opening them wrote: nothing, we hope."""

    @classmethod
    def to(cls, app: Flask, town: Town, enter: Enter) -> "Offered":
        """Sign everybody in and let them open everything."""
        made = cls(town, {}, {}, {}, {}, {})
        adapter = app.url_map.bind("localhost")
        for username in EVERYBODY:
            client = follower(app, town) if username == "follower" else enter(username or None)
            made.walks[username], made.written[username] = opened(app, client, town)
            made.by[username] = []
            for page, answer in made.walks[username].pages.items():
                for found in on_page(username, client, page, answer):
                    path = found.action.split("?")[0]
                    found.endpoint, _values = adapter.match(path, method="POST")
                    made.by[username].append(found)
            # The client keeps its cookies to itself; a browser that signed out is to come back.
            made.clients[username], made.cookies[username] = client, dict(client._cookies or {})
        return made

    def cookies_back(self) -> None:
        """Give every browser the cookies it had."""
        for who, cookies in self.cookies.items():
            self.clients[who]._cookies = dict(cookies)


def all_forms(offered: Offered, *who: str) -> list[Found]:
    """Every form that these people meet, one of each kind: a route with the same field names."""
    kinds: dict[tuple[Any, ...], Found] = {}
    for username in who:
        for found in offered.by[username]:
            kinds.setdefault((found.endpoint, *sorted(found.names())), replace(found))
    return [found for found in kinds.values() if found.endpoint != "accounts.sign_out"]
