"""The record of a household on paper."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households.documents import household_record_pdf
from welfare.papers.documents import as_reading, read_by
from welfare.reports.queries.household_record import household_record

house_papers = Blueprint("house_papers", __name__, url_prefix="/desk/households")


@house_papers.get("/<number>/record.pdf")
@requires(Permission.VIEW_REGISTRY)
def record(number: str) -> Response:
    """One household on paper, for those who may open its page; that it was printed is noted."""
    viewer = the_viewer()
    values = household_record(number, viewer=viewer)
    audit.read(viewer, "household", values.number, "printed")
    content = as_reading(household_record_pdf(values), reader=read_by(viewer))
    response = Response(content, mimetype="application/pdf")
    name = f"household-{values.number}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
