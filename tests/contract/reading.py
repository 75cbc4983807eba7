"""Walking through all pages that somebody can reach, by the addresses in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.contract.routes import routes
from tests.contract.town import Town

AT_MOST = 240
"""Pages one person is shown; more than the application has kinds of."""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def links_in(html: str) -> list[str]:
    """The addresses that a page leads to."""
    parser = _Links()
    parser.feed(html)
    return parser.found


@dataclass
class Walk:
    """What somebody was shown."""

    pages: dict[str, TestResponse] = field(default_factory=dict)
    """Every answer by its address."""

    @property
    def html(self) -> dict[str, str]:
        """The pages among the answers."""
        return {
            path: answer.text
            for path, answer in self.pages.items()
            if answer.mimetype == "text/html" and answer.status_code == 200
        }


def walk(app: Flask, client: FlaskClient, start: Iterable[str]) -> Walk:
    """Open these addresses and what they lead to: one address of each kind, where a kind is a
    route with the same names in its query string."""
    found = Walk()
    adapter = app.url_map.bind("localhost")
    waiting, kinds = list(start), set[tuple[object, ...]]()
    seeds = len(waiting)
    while waiting and len(found.pages) < AT_MOST:
        path, seeds = waiting.pop(0), seeds - 1
        if path in found.pages:
            continue
        kind = _kind(adapter, path)
        if kind is None or (seeds < 0 and kind in kinds):
            continue
        kinds.add(kind)
        answer = client.get(path)
        found.pages[path] = answer
        if answer.mimetype == "text/html":
            waiting += [
                urljoin(path, link).split("#")[0]
                for link in links_in(answer.text)
                if not link.startswith(("http:", "https:", "tel:", "mailto:", "data:"))
            ]
        elif answer.status_code in {302, 303}:
            waiting.append(answer.location.split("#")[0])
    return found


def _kind(adapter: object, path: str) -> tuple[object, ...] | None:
    parts = urlsplit(path)
    try:
        endpoint, _values = adapter.match(parts.path, method="GET")  # type: ignore[attr-defined]
    except HTTPException:
        return None
    names = sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
    if "lang" in names or "size" in names:  # they turn the browser, and show the same page
        return None
    return endpoint, *names


def everything(app: Flask, client: FlaskClient, town: Town) -> Walk:
    """All that somebody can reach: from every route's own address on."""
    starts = [route.path for route in routes(app, town) if route.method == "GET"]
    return walk(app, client, ["/", "/desk", *starts])
