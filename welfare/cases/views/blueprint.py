"""The blueprint that the modules of this package add their routes to."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from welfare.cases.queries import category_words
from welfare.core.errors import NotFound
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web.templating import language

blueprint = Blueprint("cases", __name__, url_prefix="/desk/cases")


def proper(number: str) -> str:
    """The number in its one form, however it stands in the address; ``NotFound`` if it is none."""
    try:
        return parse_reference(number, prefix=CASE)
    except InputFault as fault:
        raise NotFound from fault


def category_names() -> dict[int, str]:
    """The names of the categories in the language of the page, by id."""
    english = language() == "en"
    return {key: en if english else th for key, (th, en) in category_words().items()}


def back_to(number: str, place: str = "") -> Response:
    """After a success: the page of the case, at the place that was worked on."""
    address = url_for("cases.page", number=number, _anchor=place or None)
    return redirect(address, code=303)
