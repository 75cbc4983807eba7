"""A child is born."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.names import TITLES
from welfare.core.web import requires, the_viewer
from welfare.households import services
from welfare.households.forms.operations import BirthForm
from welfare.households.kinds import ParentKind, Relation
from welfare.households.queries import HouseholdFile, likely_people, person_file, search_people
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.doubts import doubted_title, met_elsewhere, title_and_sex
from welfare.households.views.operations.asking import (
    CHANGES,
    carried_out,
    household_to_change,
    seen,
    state_of,
)


@blueprint.route(f"{CHANGES}/birth", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def birth(number: str) -> Page | Response:
    """A new person, unless they are in the registry already."""
    file = household_to_change(number)
    form = BirthForm(data=state_of(file))
    form.ask(file.members, _elsewhere(file))
    texts: dict[str, Any] = {
        "title": _("A child is born"),
        "heading": _("A child is born"),
        "titles": TITLES,
        "parents": True,
    }
    if request.method == "POST" and not {"look", "pick"}.isdisjoint(request.form):
        found = None
        if "look" in request.form:
            found = search_people(form.parent_q.data or "", the_viewer(), limit=10)
        return page("operations/form.html", file=file, form=form, found=found, **texts)
    if request.method == "POST" and form.sent():
        if met_elsewhere(form, form.read):
            return page("operations/form.html", 422, file=file, form=form, **texts)
        parent = form.parent()
        if parent and not form.parent_sure.data:
            parents = likely_people(parent, viewer=the_viewer())
            if parents:
                return page(
                    "operations/form.html", file=file, form=form, parents_alike=parents, **texts
                )
        alike = [] if form.sure.data else likely_people(form.facts(), viewer=the_viewer())
        doubt = title_and_sex(form) if doubted_title(form) else ""
        if alike or doubt:
            return page(
                "operations/form.html", file=file, form=form, alike=alike, doubt=doubt, **texts
            )
    return carried_out(file, form, "birth", lambda: _born(file, form), **texts)


def _elsewhere(file: HouseholdFile) -> dict[str, tuple[str, str]]:
    """A mother and a father who live in another household, as they were picked from the search:
    ``mother:P-000123-4`` just now, or chosen in the list since."""
    picked = dict([request.form.get("pick", "").partition(":")[::2]])
    here = {one.number for one in file.members}
    found = {}
    for kind in (ParentKind.MOTHER.value, ParentKind.FATHER.value):
        number = picked.get(kind) or request.form.get(kind, "")
        if number and number not in here:
            try:
                who = person_file(number, viewer=the_viewer())
            except NotFound:
                continue
            found[kind] = (who.number, who.name)
    return found


def _born(file: HouseholdFile, form: BirthForm) -> str:
    parents = {"mother": form.mother.data or None, "father": form.father.data or None}
    if parent := form.parent():
        added = services.add_person(actor=the_viewer(), facts=parent)
        parents[form.parent_kind.data] = added.number
    changes, _child = services.record_birth(
        actor=the_viewer(), household_number=file.number, facts=form.facts(),
        relation=Relation(form.relation.data), reason=form.why,
        mother=parents["mother"], father=parents["father"],
        on_register=bool(form.on_register.data), seen=seen(file, form),
    )  # fmt: skip
    return changes
