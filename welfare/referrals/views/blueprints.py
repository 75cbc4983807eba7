"""The blueprints that the modules of this package add their routes to."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference

referrals = Blueprint("referrals", __name__, url_prefix="/desk")
admin_lists = Blueprint("agencies", __name__, url_prefix="/admin/agencies")
agency_pages = Blueprint("agency_pages", __name__, url_prefix="/referrals")

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


def proper(number: str) -> str:
    """The number of a case in its one form; ``NotFound`` if it is none."""
    try:
        return parse_reference(number, prefix=CASE)
    except InputFault as fault:
        raise NotFound from fault


def status_of_page() -> int:
    """200 for a page that is opened, 400 for a form that is not right yet."""
    return 400 if request.method == "POST" else 200
