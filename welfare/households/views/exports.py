"""The filtered list as a spreadsheet."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.core.web.sheets import sheet_response
from welfare.households.queries.filtering import household_filters, people_filters
from welfare.households.services.exporting import export_households, export_people
from welfare.households.views.blueprint import blueprint


@blueprint.post("/registry/export/people")
@requires(Permission.VIEW_REGISTRY)
def export_people_list() -> Response:
    """The people of a list, with the list's filters and the viewer's rights."""
    viewer = the_viewer()
    filters, whole = people_filters(request.form, viewer), request.form.get("whole") == "1"
    made = export_people(actor=viewer, filters=filters, whole_numbers=whole)
    return sheet_response(made.pieces, "people")


@blueprint.post("/registry/export/households")
@requires(Permission.VIEW_REGISTRY)
def export_household_list() -> Response:
    """The houses of a list, with the list's filters and the viewer's rights."""
    viewer, filters = the_viewer(), household_filters(request.form)
    made = export_households(actor=viewer, filters=filters)
    return sheet_response(made.pieces, "households")
