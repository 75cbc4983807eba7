"""Pages for requests that the server turns away before the program sees them (an address or a
header that is too long, a request that is none): in both languages, for nobody knows yet whose."""

from __future__ import annotations

from flask import Flask, render_template
from flask_babel import force_locale

from welfare.core.i18n import gettext as _

LANGUAGES = ("th", "en")


def bare_page(app: Flask, status: int) -> str:
    """The whole page, as text; ``status`` is that of the server's answer."""
    with app.test_request_context("/"):
        told = []
        for lang in LANGUAGES:
            with force_locale(lang):
                told.append((lang, *_words(status)))
        return render_template("errors/bare.html", told=told)


def _words(status: int) -> tuple[str, str]:
    if status == 414:
        return _("The address is too long"), _(
            "Nothing has been changed. Go back one page and try again, or begin from the first "
            "page."
        )
    if status == 431:
        return _("The browser sent too much at once"), _(
            "Nothing has been changed. Close the browser, open it again and begin from the first "
            "page. If it stays so, remove the cookies of this site."
        )
    if status >= 500:
        return _("The system stopped before it was done"), _(
            "Nothing that was saved before is lost. Please try again in a moment."
        )
    return _("This address or form could not be read"), _(
        "Nothing has been changed. Go back one page and try again, or begin from the first page."
    )
