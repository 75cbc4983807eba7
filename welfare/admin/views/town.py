"""What the municipality says of itself."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for

from welfare.admin.forms.lists import TownForm
from welfare.admin.views.blueprint import Answer, blueprint, commit_and_forget, place
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.town import edit_town, town_facts
from welfare.core.web import requires, the_viewer


@blueprint.route("/municipality", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def town() -> Answer:
    """Name, address, numbers; saved against the version that was read."""
    version, facts = town_facts(viewer=the_viewer())
    form = TownForm(data={"version": version, **asdict(facts)})
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("admin/town.html", form=form), status
    try:
        edit_town(actor=the_viewer(), version=form.seen_version, facts=form.facts())
    except Refused as refusal:
        place(refusal, form, "hotlines")
        return render_template("admin/town.html", form=form), 422
    commit_and_forget()
    flash(_("Saved. Every page shows it within a minute."), "success")
    return redirect(url_for("admin.town"), 303)
