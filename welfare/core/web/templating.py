"""What every template can rely on: who looks, where we are, dates, numbers, words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, session
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from welfare.core import clock
from welfare.core.i18n.page_words import install_page_words, spoken_language
from welfare.core.municipality import Municipality, the_municipality, unknown_municipality
from welfare.core.thai.dates import (
    format_datetime,
    format_long,
    format_short,
    local_date,
    relative_due,
)
from welfare.core.thai.money import format_baht
from welfare.core.thai.phones import format_phone
from welfare.core.web.jinja import install_jinja
from welfare.core.web.viewer import NOBODY, current_viewer, waiting_now

Language = Any


def language() -> Language:
    """``th`` or ``en``: the language of this request."""
    return spoken_language()


class MunicipalityWords:
    """The municipality in the language of the request, as templates use it; kept for a minute."""

    def __init__(self, row: Municipality) -> None:
        self.name_th, self.name_en = row.name_th, row.name_en
        self.division_th, self.division_en = row.division_th, row.division_en
        self.address_th, self.address_en = row.address_th, row.address_en
        self.phone, self.email = row.phone, row.email
        self._hotlines = [dict(line) for line in row.hotlines]

    def __getattr__(self, name: str) -> str:
        if name in {"name", "division", "address"}:
            word: str = self.__dict__[f"{name}_{language()}"]
            return word
        raise AttributeError(name)

    @property
    def emergency(self) -> list[dict[str, str]]:
        """Emergency numbers with their labels, in the order to show them."""
        return [
            {"number": line["number"], "label": line.get(f"label_{language()}", "")}
            for line in self._hotlines
        ]


class _Kept:
    """A minute's memory of the municipality: one SQL statement a process a minute, not a page."""

    def __init__(self) -> None:
        self.words: MunicipalityWords | None = None
        self.until = 0.0

    def forget(self) -> None:
        """Read the row anew at the next page (after it was edited)."""
        self.words = None

    def get(self) -> MunicipalityWords:
        """The words; while a page for a failed database is made, the last known or bare ones."""
        moment = monotonic()
        if g.get(NOBODY):
            return self.words or MunicipalityWords(unknown_municipality())
        if self.words is None or moment > self.until:
            self.words, self.until = MunicipalityWords(the_municipality()), moment + 60
        return self.words


def page_address(**changes: Any) -> str:
    """This page's address with some query values changed (``None`` removes one)."""
    values = MultiDict(request.args)
    for name, value in changes.items():
        values.poplist(name)
        if value is not None:
            values.setlist(name, value if isinstance(value, list) else [value])
    query = urlencode(list(values.items(multi=True)))
    return request.path + (f"?{query}" if query else "")


def due_words(moment: datetime | date | None) -> Markup:
    """``อีก 2 วัน`` with the date for hover and screen readers."""
    if moment is None:
        return Markup("–")
    return _due_words(local_date(moment), clock.today(), language())


@lru_cache(maxsize=512)
def _due_words(day: date, today: date, lang: Language) -> Markup:
    late = " is-late" if day < today else ""
    words = relative_due(day, today, lang=lang)
    return Markup('<time class="due{}" datetime="{}" title="{}">{}</time>').format(
        late, day.isoformat(), format_long(day, lang=lang), words
    )


def paragraphs(text: str | None) -> Markup:
    """Plain text with its line breaks, escaped."""
    parts = [
        Markup("<br>").join(escape(line) for line in part.split("\n"))
        for part in (text or "").split("\n\n")
        if part.strip()
    ]
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)


def install_templating(app: Flask) -> None:
    """Register filters and globals."""
    kept = _Kept()
    app.extensions["municipality_words"] = kept
    install_jinja(app, app.config["SETTINGS"].data_path / "templates")
    install_page_words(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    def dated(write: Any) -> Any:
        return lambda value: "" if value is None else write(value, lang=language())

    app.jinja_env.filters.update(
        thaidate=dated(format_short),
        thaidate_long=dated(format_long),
        thaidatetime=dated(format_datetime),
        due=due_words,
        phone=lambda value: format_phone(value) if value else "",
        money=lambda value: format_baht(Decimal(value)) if value is not None else "",
        paragraphs=paragraphs,
    )
    app.jinja_env.globals["page_address"] = page_address

    @app.context_processor
    def _shared() -> dict[str, Any]:
        lang = language()
        return {
            "viewer": current_viewer(),
            "unread": waiting_now(),
            "municipality": kept.get(),
            "lang": lang,
            "text_size": session.get("text_size", "1"),
            "csp_nonce": getattr(g, "csp_nonce", ""),
            "nav": app.extensions["navigation"]() if "navigation" in app.extensions else [],
            "now": clock.now,
        }
