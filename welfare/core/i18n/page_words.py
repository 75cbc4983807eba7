"""Texts without asking for the language each time.

A list page says some three hundred texts. Flask-Babel finds context, domain, locale and catalogue
anew for each (about 50 µs); here they are found once a request and language, and each text of a
language once a process (about 2 µs).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Flask, g, has_app_context
from flask_babel import get_locale, get_translations
from markupsafe import Markup


class _Spoken(NamedTuple):
    """What a request speaks: ``texts`` are those of its catalogue that a page has said before."""

    locale: Any
    catalogue: Any
    language: str
    texts: dict[str, Markup]


SAID = "welfare_said"
"""Where a catalogue keeps the texts that a page has said before."""

MOST_TEXTS = 5_000
"""Texts are those of the source code; one that is made up at run time must not fill the memory."""


def _spoken() -> _Spoken:
    """Locale, catalogue and language of the request; found anew when the locale was changed."""
    here = vars(g._get_current_object())
    kept: _Spoken | None = here.get("_page_words")
    babel = here.get("_flask_babel")
    if kept is None or babel is None or kept.locale is not getattr(babel, "babel_locale", None):
        locale, catalogue = get_locale(), get_translations()
        spoken = "en" if locale is not None and locale.language == "en" else "th"
        texts = vars(catalogue).setdefault(SAID, {})
        kept = g._page_words = _Spoken(locale, catalogue, spoken, texts)
    return kept


def translations() -> Any:
    """The catalogue of the request's language; outside of any, one that says the text itself."""
    return _spoken().catalogue if has_app_context() else get_translations()


def spoken_language() -> str:
    """``th`` or ``en``."""
    return _spoken().language if has_app_context() else "th"


def page_gettext(text: str, **values: Any) -> Markup:
    """The text in the language of the request; values are escaped and filled in."""
    texts = _spoken().texts if has_app_context() else {}
    found = texts.get(text)
    if found is None:
        found = Markup(translations().gettext(text))  # noqa: S704 - of our catalogues
        if len(texts) < MOST_TEXTS:
            texts[text] = found
    return found % values if values or "%" in found else found


def install_page_words(app: Flask) -> None:
    """Give templates this ``_``; call it after Flask-Babel has been set up."""
    app.jinja_env.globals["_"] = page_gettext
