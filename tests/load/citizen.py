"""A citizen who files over the wire, and sends the same form again until it is answered."""

import http.client
import random
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.pages import form_in

LOST = (OSError, http.client.HTTPException)


@dataclass
class Sheet:
    """A form filled in: what is sent, and whose browser sends it."""

    words: str
    body: str
    cookie: str


@dataclass
class Citizen:
    """Files at one server. ``address`` is what a proxy would say of the sender."""

    port: int
    name: str
    address: str = field(
        default_factory=lambda: f"10.{random.randrange(256)}.{random.randrange(256)}.7"
    )

    def fill(self, words: str) -> Sheet:
        """Open the form and fill it in."""
        status, headers, page = self._ask("GET", "/requests/new")
        assert status == 200, f"the form answered {status}"
        form = form_in(page, having="one_time_key")
        answers = {
            "csrf_token": form.fields["csrf_token"][0],
            "one_time_key": form.fields["one_time_key"][0],
            "kind": "request", "category": "housing", "description": words,
            "subject_name": "ยายคำ ใจดี", "house_no": "12/1", "village": "2",
            "reporter_name": self.name, "reporter_phone": "0812345678",
            "relationship": "neighbour", "consent": "y", "step": "send",
        }  # fmt: skip
        cookie = headers.get("Set-Cookie", "").split(";")[0]
        return Sheet(words, urlencode(answers), cookie)

    def send(self, sheet: Sheet) -> int:
        """Send it once; the status. One of ``LOST`` when no answer came."""
        status, _headers, _page = self._ask("POST", "/requests/new", sheet)
        return status

    def send_until_answered(self, sheet: Sheet, seconds: float = 90) -> bool:
        """Send the same form again and again until it is acknowledged."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self.send(sheet) == 303:
                    return True
            except LOST:
                pass
            time.sleep(0.02)
        return False

    def _ask(
        self, method: str, path: str, sheet: Sheet | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"X-Forwarded-For": self.address}
        if sheet is not None:
            headers |= {"Cookie": sheet.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body=sheet.body if sheet else None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()
