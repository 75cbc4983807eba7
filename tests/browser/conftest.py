"""Chromium in front of the real application, on a free port of this machine.

Every page watches itself: a script error, a refused resource or an attempt to reach the outside
fails the test that opened it.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Route,
    sync_playwright,
)
from werkzeug.serving import make_server

PHONE = 390, 844
DESK = 1366, 768
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The application being served; its address, without a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once a process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, started once a process."""
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield launched
    launched.close()


@dataclass
class Visitor:
    """Somebody with a browser of a certain size, and what went wrong on their pages."""

    context: BrowserContext
    address: str
    troubles: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """A new tab on a page of ours."""
        page = self.context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.goto(self.address + path)
        return page

    def watch(self, route: Route) -> None:
        """Let our own addresses through; note and refuse any other."""
        parts = urlsplit(route.request.url)
        if parts.scheme in {"data", "blob"} or route.request.url.startswith(self.address):
            route.continue_()
        else:
            self.troubles.append(f"reached outside: {route.request.url}")
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium also reports every 4xx answer as an error; those are the tests' own business.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")


@pytest.fixture
def visit(browser: Browser, live_server: str) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: `visit(PHONE)`, `visit(DESK)`, `visit(PHONE, javascript=False)`."""
    visitors: list[Visitor] = []

    def make(size: tuple[int, int] = DESK, *, javascript: bool = True) -> Visitor:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            is_mobile=width < 600,
            has_touch=width < 600,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        visitor = Visitor(context, live_server)
        context.route("**/*", visitor.watch)
        visitors.append(visitor)
        return visitor

    yield make
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """What WCAG 2.2 AA finds wrong with a page, in words (needs JavaScript)."""
    axe = Axe()

    def find(page: Page) -> list[str]:
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        return [
            f"{page.url} {each['id']}: {each['help']} | {each['nodes'][0]['html']}"
            for each in found.response["violations"]
        ]

    return find
