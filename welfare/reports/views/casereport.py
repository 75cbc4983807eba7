"""The report of a case on paper."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from welfare.cases.documents import case_report_pdf
from welfare.core import audit
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import requires, the_viewer
from welfare.papers.documents import as_reading, read_by
from welfare.reports.queries.casereport import case_report

papers = Blueprint("papers", __name__, url_prefix="/desk/cases")


@papers.get("/<number>/report.pdf")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def report(number: str) -> Response:
    """One case on paper, for those who may open its page; that it was printed is noted."""
    viewer = the_viewer()
    number = _proper(number)
    values = case_report(number, viewer=viewer)
    audit.read(viewer, "case", number, "printed")
    if values.household is not None and values.household.number:
        audit.read(viewer, "household", values.household.number, "printed")
    content = as_reading(case_report_pdf(values), reader=read_by(viewer))
    response = Response(content, mimetype="application/pdf")
    name = f"case-report-{number}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _proper(number: str) -> str:
    try:
        return parse_reference(number, prefix=CASE)
    except InputFault as fault:
        raise NotFound from fault
