"""A browser of the benchmark's: one kept connection, its cookies, forms filled in."""

import http.client
import re
import time
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from bench.app_header import HEADER

KEPT_SECONDS = 8
FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*>')
NAME, VALUE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many milliseconds the last byte was there."""

    status: int
    body: bytes
    ms: float
    statements: int
    location: str

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms."""
        found = {}
        for field in FIELD.findall(self.text):
            name, value = NAME.search(field), VALUE.search(field)
            if name:
                found.setdefault(unescape(name[1]), unescape(value[1]) if value else "")
        return found


class Browser:
    """Asks pages one after the other."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self._used = 0.0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form."""
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._ask("POST", path, urlencode(fields).encode(), headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self._used > KEPT_SECONDS:
            self._connection.close()  # the server closes what idles; it opens again by itself
        started = time.perf_counter()
        self._connection.request(method, path, body=body, headers=headers)
        response = self._connection.getresponse()
        content = response.read()
        ms = (time.perf_counter() - started) * 1000
        self._used = time.monotonic()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, kept = value.split(";")[0].partition("=")
                self.cookies[cookie] = kept
        return Answer(
            response.status,
            content,
            ms,
            int(response.getheader(HEADER) or 0),
            response.getheader("Location") or "",
        )

    def sign_in(self, username: str, password: str) -> "Browser":
        """Sign in through the door."""
        door = self.get("/sign-in")
        fields = door.hidden() | {"username": username, "password": password}
        answer = self.post("/sign-in", fields, Origin=f"http://127.0.0.1:{self.port}")
        if answer.status not in (302, 303):
            raise RuntimeError(f"{username} could not sign in: {answer.status}")
        return self

    def again(self) -> "Browser":
        """Another connection with the same cookies."""
        return Browser(self.port, self.cookies)
