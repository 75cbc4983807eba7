"""The two blueprints, and what their views share."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.cases.queries import category_words
from welfare.core.errors import NotFound, Refused
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web.forms import Form
from welfare.core.web.templating import language

dispatch = Blueprint("dispatch", __name__, url_prefix="/desk/dispatch")
field = Blueprint("field", __name__, url_prefix="/field")

Page = str | Response | tuple[str, int]


def proper(number: str) -> str:
    """The number of a case in its one form; ``NotFound`` if it is none."""
    try:
        return parse_reference(number, prefix=CASE)
    except InputFault as fault:
        raise NotFound from fault


def back_to_case(number: str, place: str) -> Response:
    """After a success: where the form came from, the phone or the page of the case."""
    if request.form.get("back") == "field":
        return redirect(url_for("field.home"), code=303)
    return redirect(f"/desk/cases/{number}#{place}", code=303)


def day_answer(content: bytes, name: str) -> Response:
    """A sheet of a day, kept by no cache."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="day-{name}.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    return response


def show_refusal(form: Form, refusal: Refused, fallback: str) -> None:
    """Put what a service refused beside the field that it is about."""
    name = refusal.field if refusal.field in form else fallback
    form[name].errors = [refusal.message]


def category_names() -> dict[int, str]:
    """Names of the kinds of trouble in the language of the request."""
    place = 1 if language() == "en" else 0
    return {number: names[place] for number, names in category_words().items()}
