"""A household: its page, adding one, changing it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.outskirts import far_km
from welfare.core.security.permissions import Permission
from welfare.core.thai.text import clean_line
from welfare.core.web import commit, requires, the_viewer
from welfare.households import services
from welfare.households.facts import HouseholdFacts
from welfare.households.forms import AddHouseholdForm, EditHouseholdForm
from welfare.households.forms.checks import put_on
from welfare.households.parts import load_parts
from welfare.households.queries import household_file, similar_households, villages
from welfare.households.queries.asking import read_query
from welfare.households.queries.family import family_rows
from welfare.households.queries.family_svg import family_svg
from welfare.households.queries.map import Doubt, doubted_place
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.glance import badges, placed
from welfare.households.views.story import told


@blueprint.get("/households/<number>")
@requires(Permission.VIEW_REGISTRY)
def household(number: str) -> Page:
    """One house: the family, what they receive and need, what is open, all that happened."""
    viewer = the_viewer()
    file = household_file(number, viewer=viewer)
    places = placed(load_parts(viewer=viewer, household_id=file.id))
    story = told(viewer=viewer, household_id=file.id)
    audit.read(viewer, "household", file.number)
    rows = family_rows(file.members, file.past)
    return page(
        "household.html",
        file=file,
        rows=rows,
        picture=family_svg(rows),
        badges=badges(file),
        places=places,
        told=story,
    )


@blueprint.route("/households/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_household() -> Page | Response:
    """A new household: first those that look the same, then the question whether it is one."""
    form = AddHouseholdForm(data=_asked_for())
    form.offer(_my_villages())
    if not form.sent():
        return page("household_add.html", 400 if request.method == "POST" else 200, form=form)
    facts = form.facts()
    alike = [] if form.sure.data else similar_households(facts, viewer=the_viewer())
    doubt = _doubt(form)
    if alike or doubt:
        return page("household_add.html", form=form, alike=alike, doubt=doubt)
    try:
        number = form.once("household.add", lambda: _add(facts))
    except Refused as refused:
        put_on(form, refused)
        return page("household_add.html", 422, form=form)
    flash(_("The household has been added. Now say who lives there."), "success")
    return redirect(url_for(".household", number=number), code=303)


def _doubt(form: AddHouseholdForm | EditHouseholdForm) -> Doubt | None:
    """A place far from all villages, unless it was said to be right."""
    if not form.place_unsure():
        return None
    facts = form.facts()
    return doubted_place(facts.lat, facts.lng, viewer=the_viewer(), far_km=far_km())


def _add(facts: HouseholdFacts) -> str:
    return services.add_household(actor=the_viewer(), facts=facts).number


def _asked_for() -> dict[str, Any]:
    """What was searched in vain, so that nobody types it twice."""
    asked = read_query(request.args.get("q", ""))
    village = asked.village_no
    return {
        "house_no": clean_line(" ".join(asked.numbers)),
        "village_no": str(village) if village is not None else "",
    }


def _my_villages() -> list[Any]:
    viewer = the_viewer()
    return [row for row in villages() if viewer.covers(row.village_no)]


@blueprint.route("/households/<number>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def edit_household(number: str) -> Page | Response:
    """Change what is known of a house."""
    viewer = the_viewer()
    if request.method == "GET":
        return _edit_page(number)
    form = EditHouseholdForm()
    form.offer(_my_villages())
    file = household_file(number, viewer=viewer)
    if not form.sent():
        return page("household_edit.html", 400, form=form, file=file)
    moved = (form.facts().lat, form.facts().lng) != (file.facts.lat, file.facts.lng)
    doubt = _doubt(form) if moved else None
    if doubt:
        return page("household_edit.html", form=form, file=file, doubt=doubt)
    try:
        services.edit_household(
            actor=viewer, number=number, version=form.seen_version, facts=form.facts()
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return page("household_edit.html", 422, form=form, file=file)
    flash(_("The changes have been saved."), "success")
    return redirect(url_for(".household", number=file.number), code=303)


def _edit_page(number: str) -> Page:
    viewer = the_viewer()
    file = household_file(number, viewer=viewer)
    if not file.may_edit:
        raise Forbidden
    form = EditHouseholdForm(data={**services.texts_of(file.facts), "version": str(file.version)})
    form.offer(_my_villages())
    audit.read(viewer, "household", file.number)
    return page("household_edit.html", form=form, file=file)
