"""A draft that somebody threw away while another had it open."""

from __future__ import annotations

from flask import flash, redirect, request, url_for

from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.thai.dates import format_datetime
from welfare.core.web.failures import refused_page
from welfare.core.web.templating import language
from welfare.papers.queries.discarded import Discarded, DraftGone
from welfare.papers.views.blueprints import Answer, paper_desk

_TYPED = "paper_desk.edit"


@paper_desk.errorhandler(DraftGone)
def draft_gone(error: DraftGone) -> Answer:
    """Say by whom and when, on the page of what it was about; what was typed stays on the page."""
    found = error.found
    db.session.rollback()
    if request.method == "POST" and request.endpoint == _TYPED:
        return refused_page(Refused(_words(found)))
    flash(_words(found), "info")
    return redirect(found.about.url if found.about else url_for("paper_desk.overview"), 303)


def _words(found: Discarded) -> str:
    when = format_datetime(found.at, lang=language())
    if found.own:
        return _("You threw this draft away already, %(when)s. It had no number.", when=when)
    return _(
        "%(who)s threw this draft away already, %(when)s. It had no number.",
        who=found.who, when=when,
    )  # fmt: skip
