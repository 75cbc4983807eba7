"""Texts without asking for the language each time.

A list page says some three hundred texts. Flask-Babel finds context, domain, locale and catalogue
anew for each (about 50 µs); here they are found once a request and language (about 5 µs).
"""

from __future__ import annotations

from typing import Any

from flask import Flask, g, has_app_context
from flask_babel import get_locale, get_translations
from markupsafe import Markup


def _language() -> tuple[Any, Any, str]:
    """Locale, catalogue and language of the request; found anew when the locale was changed."""
    kept: tuple[Any, Any, str] | None = g.get("_page_words")
    babel = g.get("_flask_babel")
    if kept is None or babel is None or kept[0] is not getattr(babel, "babel_locale", None):
        locale = get_locale()
        spoken = "en" if locale is not None and locale.language == "en" else "th"
        kept = g._page_words = (locale, get_translations(), spoken)
    return kept


def translations() -> Any:
    """The catalogue of the request's language; outside of any, one that says the text itself."""
    return _language()[1] if has_app_context() else get_translations()


def spoken_language() -> str:
    """``th`` or ``en``."""
    return _language()[2] if has_app_context() else "th"


def page_gettext(text: str, **values: Any) -> Markup:
    """The text in the language of the request; values are escaped and filled in."""
    found: str = translations().gettext(text)
    return Markup(found) % values if values or "%" in found else Markup(found)  # noqa: S704


def install_page_words(app: Flask) -> None:
    """Give templates this ``_``; call it after Flask-Babel has been set up."""
    app.jinja_env.globals["_"] = page_gettext
