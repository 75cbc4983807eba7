"""Languages: Thai first, English complete. English text is the key, Thai the translation."""

from __future__ import annotations

from typing import Any

import flask_babel
from flask_babel.speaklater import LazyString

from welfare.core.i18n.catalogues import compile_catalogues
from welfare.core.i18n.choice import LANGUAGES, choose_language
from welfare.core.i18n.page_words import translations

__all__ = [
    "LANGUAGES",
    "choose_language",
    "compile_catalogues",
    "gettext",
    "lazy_gettext",
    "ngettext",
]


def gettext(text: str, **values: Any) -> str:
    """The text in the language of the request, with ``%(name)s`` filled in."""
    found: str = translations().gettext(text)
    return found % values if values else found


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """Like ``gettext``, by number; the text can use ``%(num)s``."""
    return str(flask_babel.ngettext(singular, plural, num, **values))


def lazy_gettext(text: str, **values: Any) -> Any:
    """Like ``gettext``, but looked up when it is shown: for form labels and module constants."""
    return LazyString(gettext, text, **values)
