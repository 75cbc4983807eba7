"""The filtered list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import request, stream_with_context
from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.security.permissions import Permission
from welfare.core.spreadsheets import MEDIA_TYPE
from welfare.core.web import requires, the_viewer
from welfare.households.queries.filtering import household_filters, people_filters
from welfare.households.services.exporting import Export, export_households, export_people
from welfare.households.views.blueprint import blueprint


@blueprint.post("/registry/export/people")
@requires(Permission.VIEW_REGISTRY)
def export_people_list() -> Response:
    """The people of a list, with the list's filters and the viewer's rights."""
    viewer = the_viewer()
    filters, whole = people_filters(request.form, viewer), request.form.get("whole") == "1"
    return _sent(export_people(actor=viewer, filters=filters, whole_numbers=whole), "people")


@blueprint.post("/registry/export/households")
@requires(Permission.VIEW_REGISTRY)
def export_household_list() -> Response:
    """The houses of a list, with the list's filters and the viewer's rights."""
    viewer, filters = the_viewer(), household_filters(request.form)
    return _sent(export_households(actor=viewer, filters=filters), "households")


def _sent(made: Export, name: str) -> Response:
    """The file while it is made: nothing of it is ever on the disk, and the browser shows that it
    is coming. Its beginning is made first, so that what fails at once is still a page."""
    beginning = next(made.pieces)
    pieces: Iterator[bytes] = stream_with_context(chain((beginning,), made.pieces))
    response = Response(pieces, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name}-{clock.today().isoformat()}.xlsx"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response
