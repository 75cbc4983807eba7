"""Languages: Thai first, English complete. English text is the key, Thai the translation."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext, ngettext

from welfare.core.i18n.catalogues import compile_catalogues
from welfare.core.i18n.choice import LANGUAGES, choose_language

__all__ = [
    "LANGUAGES",
    "choose_language",
    "compile_catalogues",
    "gettext",
    "lazy_gettext",
    "ngettext",
]
