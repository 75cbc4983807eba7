"""The filtered list as a spreadsheet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import request
from werkzeug.wrappers import Response

from welfare.core import clock
from welfare.core.security.permissions import Permission
from welfare.core.spreadsheets import MEDIA_TYPE
from welfare.core.web import requires, the_viewer
from welfare.households.queries.filtering import household_filters, people_filters
from welfare.households.services.exporting import export_households, export_people
from welfare.households.views.blueprint import blueprint

_PIECE = 64 * 1024


@blueprint.post("/registry/export/people")
@requires(Permission.VIEW_REGISTRY)
def export_people_list() -> Response:
    """The people of a list, with the list's filters and the viewer's rights."""
    viewer = the_viewer()
    filters, whole = people_filters(request.form, viewer), request.form.get("whole") == "1"
    return _sent(
        lambda path: export_people(actor=viewer, filters=filters, path=path, whole_numbers=whole),
        "people",
    )


@blueprint.post("/registry/export/households")
@requires(Permission.VIEW_REGISTRY)
def export_household_list() -> Response:
    """The houses of a list, with the list's filters and the viewer's rights."""
    viewer, filters = the_viewer(), household_filters(request.form)
    return _sent(
        lambda path: export_households(actor=viewer, filters=filters, path=path), "households"
    )


def _sent(write: Callable[[Path], int], name: str) -> Response:
    """The file piece by piece. Nothing of it stays on the disk, whatever happens: it has lost its
    name before the first piece is sent, and with it when the writing fails."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / "list.xlsx"
        write(path)
        size = path.stat().st_size
        opened = path.open("rb")

    def pieces() -> Iterator[bytes]:
        with opened:
            while piece := opened.read(_PIECE):
                yield piece

    response = Response(pieces(), mimetype=MEDIA_TYPE)
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name}-{clock.today().isoformat()}.xlsx"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response
