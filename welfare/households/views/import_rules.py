"""For how long files and rows of imports are kept, for who looks after the lists of the office."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households.forms.checks import put_on
from welfare.households.forms.imports import RulesForm
from welfare.households.services.imports.rules import set_rules, the_rules
from welfare.households.views.blueprint import Page, blueprint, page


@blueprint.route("/registry/imports-kept", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def import_rules() -> Page | Response:
    """How many days they are kept."""
    rules = the_rules()
    form = RulesForm(data={"version": str(rules.version), "keep_days": str(rules.keep_days)})
    if request.method == "GET":
        return page("imports/rules.html", form=form)
    if not form.sent():
        return page("imports/rules.html", 400, form=form)
    try:
        set_rules(actor=the_viewer(), version=form.seen_version, keep_days=form.days)
        commit()
    except Refused as refused:
        put_on(form, refused)
        return page("imports/rules.html", 422, form=form)
    flash(_("The changes have been saved."), "success")
    return redirect(url_for(".import_rules"), code=303)
