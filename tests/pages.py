"""What a person without JavaScript does with a page: read it, fill in a form, send it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Form:
    """A form as the page shows it, with what its fields hold at first."""

    action: str = ""
    method: str = "get"
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Collects forms the way a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._inside(tag, given)

    def _inside(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input":
            self._input(name, given)
        elif tag == "button" and name and self._open is not None:
            self._open.buttons[name] = given.get("value", "")
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._area, self._text = name, []

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        if kind in {"checkbox", "radio"} and "checked" not in given:
            return
        if kind == "submit":
            if name and self._open is not None:
                self._open.buttons[name] = given.get("value", "")
            return
        if kind not in {"file", "button", "reset", "image"}:
            default = "on" if kind in {"checkbox", "radio"} else ""
            self._keep(name, given.get("value", default))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select" and self._select is not None:
            chosen = [value for value, selected in self._options if selected]
            for value in chosen or [value for value, _ in self._options[:1]]:
                self._keep(self._select, value)
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._keep(self._area, "".join(self._text).removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text.append(data)

    def _keep(self, name: str, value: str) -> None:
        if name and self._open is not None:
            self._open.fields.setdefault(name, []).append(value)


def forms_in(html: str) -> list[Form]:
    """Every form of a page, in order."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def form_in(html: str, *, having: str | None = None, action: str | None = None) -> Form:
    """The one form that POSTs, has a field or button called `having` and goes to `action`
    (a part of the address); LookupError when there is none."""
    for form in forms_in(html):
        names = form.fields.keys() | form.buttons.keys()
        fits = having is None or having in names
        if form.method == "post" and fits and (action is None or action in form.action):
            return form
    raise LookupError(f"no form with field {having!r} to {action!r} on this page")


def submit(
    client: FlaskClient,
    page: str | TestResponse,
    values: dict[str, Any] | None = None,
    *,
    having: str | None = None,
    action: str | None = None,
    follow: bool = False,
) -> TestResponse:
    """Fill in a page's form and send it, hidden fields (CSRF, one-time key, version) included.

    `page` is an address to open first, or the answer just received. Without `having` the form is
    the first one that has the fields named in `values`.
    """
    response = client.get(page) if isinstance(page, str) else page
    wanted = having or _first_known(response.text, values or {})
    form = form_in(response.text, having=wanted, action=action)
    target = urljoin(response.request.full_path, form.action or response.request.full_path)
    return client.post(target, data=form.fields | (values or {}), follow_redirects=follow)


def _first_known(html: str, values: dict[str, Any]) -> str | None:
    known = {name for form in forms_in(html) if form.method == "post" for name in form.fields}
    known |= {name for form in forms_in(html) for name in form.buttons}
    return next((name for name in values if name in known), None)
