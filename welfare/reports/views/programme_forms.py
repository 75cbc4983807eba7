"""Forms of the programmes, begun with what is known of a person or of whom a case is about."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from welfare.core import audit
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.forms import Form
from welfare.reports.documents.programme_forms import form_of, form_pdf, forms_for
from welfare.reports.queries.form_values import FormSubject, of_case, of_person
from welfare.reports.queries.recipients import may_reveal
from welfare.reports.views.lists import Answer, pdf_answer

forms = Blueprint("programme_forms", __name__, url_prefix="/desk")

CASES = (Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)


class FormForm(Form):
    """Which form, and how; what is chosen stands in fields of the page."""


@forms.get("/people/<number>/forms")
@requires(Permission.VIEW_REGISTRY)
def person(number: str) -> Answer:
    """Which forms can be printed for a person."""
    return _choose(of_person(number, viewer=the_viewer()), url_for(".person", number=number))


@forms.get("/cases/<number>/forms")
@requires(*CASES)
def case(number: str) -> Answer:
    """Which forms can be printed for whom a case is about."""
    return _choose(of_case(number, viewer=the_viewer()), url_for(".case", number=number))


def _choose(subject: FormSubject, url: str, status: int = 200) -> Answer:
    viewer = the_viewer()
    page = render_template(
        "lists/forms.html",
        subject=subject,
        offered=[one for one in forms_for(viewer) if one.for_deceased or not subject.deceased],
        url=url,
        may_reveal=may_reveal(viewer),
        form=FormForm(formdata=None),
    )
    return page if status == 200 else (page, status)


@forms.post("/people/<number>/forms")
@requires(Permission.VIEW_REGISTRY)
def print_for_person(number: str) -> Answer:
    """A form for a person, as PDF; that it was printed is noted."""
    subject = of_person(number, viewer=the_viewer(), whole_numbers=_whole())
    return _printed(subject, url_for(".person", number=number))


@forms.post("/cases/<number>/forms")
@requires(*CASES)
def print_for_case(number: str) -> Answer:
    """The same for whom a case is about."""
    subject = of_case(number, viewer=the_viewer(), whole_numbers=_whole())
    return _printed(subject, url_for(".case", number=number))


def _whole() -> bool:
    whole = request.form.get("whole") == "1"
    if whole and not may_reveal(the_viewer()):
        raise Forbidden
    return whole


def _printed(subject: FormSubject, url: str) -> Answer:
    viewer, form = the_viewer(), FormForm()
    if not form.sent():
        return _choose(subject, url, 400)
    chosen = form_of(request.form.get("form", "")[:40], viewer)
    blank = request.form.get("blank") == "1"
    drawn = form_pdf(chosen, None if blank else subject)
    about, which = ("person", subject.number) if subject.number else ("case", subject.case_number)
    noted = {"form": chosen.code, "blank": blank}
    audit.record(viewer, f"{about}.form_printed", about, which, noted)
    if _whole() and not blank and subject.number:
        audit.record(viewer, "person.revealed", "person", subject.number, {"what": "form"})
    commit()
    return pdf_answer(drawn, f"form-{chosen.code}-{which}")
