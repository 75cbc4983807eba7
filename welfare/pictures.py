"""Pictures and papers, shown to whoever may see the record they belong to, to nobody else."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.papers import is_pdf
from welfare.core.security.permissions import Viewer
from welfare.core.storage import open_file
from welfare.core.web import signed_in, the_viewer
from welfare.core.web.pictures import paper_response, picture_response
from welfare.intake.queries.photos import complaint_of_picture

blueprint = Blueprint("files", __name__, url_prefix="/desk/pictures")

MaySee = Callable[[str, Viewer], bool]

_askers: list[MaySee] = []


def register_pictures(may_see: MaySee) -> None:
    """Let a domain answer for its pictures: given a public id (of a picture or its thumbnail) and
    the viewer, whether the viewer may see the record that it belongs to."""
    if may_see not in _askers:
        _askers.append(may_see)


def _of_complaint(public_id: str, viewer: Viewer) -> bool:
    return complaint_of_picture(public_id, viewer=viewer) is not None


register_pictures(_of_complaint)


@blueprint.get("/<public_id>")
@signed_in
def picture(public_id: str) -> Response:
    """A picture or thumbnail by its public id; not found for everybody who may not see it."""
    viewer = the_viewer()
    if not public_id.isalnum() or not any(may_see(public_id, viewer) for may_see in _askers):
        raise NotFound
    content = open_file(public_id)
    return paper_response(content) if is_pdf(content) else picture_response(content)
