"""The receipt of a complaint at the desk: a copy for whoever lost theirs."""

from __future__ import annotations

from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.intake.queries.papers import complaint_by_number
from welfare.intake.views import papers
from welfare.intake.views.desk import blueprint, proper


@blueprint.get("/<reference>/receipt.pdf")
@requires(Permission.TRIAGE_COMPLAINTS)
def receipt(reference: str) -> Response:
    """What was issued, marked สำเนา on every page with who printed it and when."""
    viewer = the_viewer()
    about = complaint_by_number(proper(reference), viewer)
    made = papers.copy(about.number, by=viewer.display_name)
    audit.read(viewer, "complaint", about.number, "receipt")
    return made
