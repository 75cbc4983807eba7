"""The villages."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from welfare.admin.forms.lists import NewVillageForm, VillageForm
from welfare.admin.views.blueprint import Answer, blueprint, commit_and_forget, forget, place
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households.queries.places import village_file, village_files
from welfare.households.services.villages import add_village, edit_village


@blueprint.get("/villages")
@requires(Permission.MANAGE_LISTS)
def villages() -> str:
    """All villages."""
    return render_template("admin/villages.html", villages=village_files(viewer=the_viewer()))


@blueprint.route("/villages/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add_village_page() -> Answer:
    """A new one."""
    form = NewVillageForm()
    page = "admin/village_new.html"
    if not form.sent():
        return render_template(page, form=form), 400 if request.method == "POST" else 200

    def act() -> str:
        number = form.village_no.data or 0
        add_village(actor=the_viewer(), village_no=number, facts=form.facts())
        return str(number)

    try:
        form.once("village.add", act)
    except Refused as refusal:
        place(refusal, form, "village_no")
        return render_template(page, form=form), 422
    forget()
    flash(_("The village is added."), "success")
    return redirect(url_for("admin.villages"), 303)


@blueprint.route("/villages/<int(max=99):number>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def village(number: int) -> Answer:
    """One of them; saved against the version that was read."""
    held = village_file(number, viewer=the_viewer())
    facts = held.facts
    form = VillageForm(
        data={
            "version": held.version,
            "name_th": facts.name_th,
            "name_en": facts.name_en,
            "lat": "" if facts.lat is None else str(facts.lat),
            "lng": "" if facts.lng is None else str(facts.lng),
        }
    )
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("admin/village.html", form=form, held=held), status
    edit_village(
        actor=the_viewer(), village_no=number, version=form.seen_version, facts=form.facts()
    )
    commit_and_forget()
    flash(_("Saved."), "success")
    return redirect(url_for("admin.villages"), 303)
