"""The filtered list as a spreadsheet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
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
    path = _new_file()
    export_people(
        actor=viewer,
        filters=people_filters(request.form, viewer),
        path=path,
        whole_numbers=request.form.get("whole") == "1",
    )
    return _sent(path, "people")


@blueprint.post("/registry/export/households")
@requires(Permission.VIEW_REGISTRY)
def export_household_list() -> Response:
    """The houses of a list, with the list's filters and the viewer's rights."""
    path = _new_file()
    export_households(actor=the_viewer(), filters=household_filters(request.form), path=path)
    return _sent(path, "households")


def _new_file() -> Path:
    with tempfile.NamedTemporaryFile(prefix="welfare-", suffix=".xlsx", delete=False) as made:
        return Path(made.name)


def _sent(path: Path, name: str) -> Response:
    """The file piece by piece; nothing of it stays on the disk."""
    size = path.stat().st_size
    opened = path.open("rb")
    path.unlink()

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
