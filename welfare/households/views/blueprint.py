"""The blueprint of the registry and what all its pages share."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, render_template, request

from welfare.core.errors import NotFound, TakenAway
from welfare.core.i18n import gettext as _
from welfare.core.thai.dates import Precision, format_long, format_partial
from welfare.core.thai.identity import IdNumber
from welfare.core.web.templating import language
from welfare.households import labels
from welfare.households.kinds import HEALTH_KINDS, DatePrecision

blueprint = Blueprint("households", __name__, url_prefix="/desk")
blueprint.add_app_template_global(labels.word, "registry_word")

Page = str | tuple[str, int]


def _share_words(app: Any) -> None:
    """Imported macros see globals only, not what a context processor gives."""
    app.jinja_env.globals["registry_words"] = labels
    app.jinja_env.globals["registry_health_kinds"] = HEALTH_KINDS


@blueprint.app_template_global("registry_date")
def partial_date(day: date | None, precision: DatePrecision) -> str:
    """A date as far as it is known; written out, since two digits of a year of birth mislead."""
    if day is None:
        return ""
    known: Precision = precision.value
    if known == "day":
        return format_long(day, lang=language())
    return format_partial(day, known, lang=language())


blueprint.record_once(lambda state: _share_words(state.app))


def gone() -> NotFound | TakenAway:
    """What to raise where an entry no longer stands: to whom a form was sent about it, that it was
    taken back; to others, that there is nothing."""
    return TakenAway() if request.method == "POST" and "version" in request.form else NotFound()


def page(template: str, status: int = 200, **values: Any) -> Page:
    """A page of this domain; a form that was not accepted comes back with ``status``."""
    return render_template(f"households/{template}", **values), status


def tell_doubts(read: IdNumber | None) -> None:
    """Say on the next page that a number was kept although its last digit cannot be checked
    (numbers that begin with 0 are issued by several offices)."""
    if read is not None and read.warnings:
        flash(_("The last digit of this number cannot be checked. Please compare it once more."))
