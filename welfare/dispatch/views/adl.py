"""Daily living written down at a visit."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.dispatch import queries
from welfare.dispatch.forms.adl import FIELDS, AdlForm
from welfare.dispatch.services.adl import take_adl
from welfare.dispatch.views.blueprints import Page, field, show_refusal
from welfare.dispatch.workflow import VisitStatus


@field.route("/visits/<number>/adl", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def adl(number: str) -> Page | Response:
    """The ten questions of daily living; the answers go into the person's record."""
    viewer = the_viewer()
    file = queries.visit_file(number.upper(), viewer=viewer)
    if not file.visit.may_record or file.visit.status != VisitStatus.DONE:
        raise Forbidden
    form, status = AdlForm(), 400
    if form.sent():

        def act() -> str:
            take_adl(actor=viewer, number=file.visit.number, items=form.items())
            return file.visit.number

        try:
            form.once("visit-adl", act)
        except Refused as refusal:
            show_refusal(form, refusal, FIELDS[0])
            status = 422
        else:
            flash(_("The daily living is kept in the record of the person."), "success")
            return redirect(url_for("field.visit", number=file.visit.number), code=303)
    if request.method == "GET":
        audit.read(viewer, "visit", file.visit.number)
        status = 200
    page = render_template("field/adl.html", file=file, form=form, fields=FIELDS)
    return page, status
