"""The one search box, for people and for houses."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.core.web.faults import fault_words
from welfare.households.kinds import Reason
from welfare.households.queries import search_households, search_people, villages
from welfare.households.views.blueprint import Page, blueprint, page


@blueprint.get("/people")
@requires(Permission.VIEW_REGISTRY)
def people() -> Page | Response:
    """People by name, house number, telephone, ID or number."""
    q = request.args.get("q", "")
    found = search_people(q, the_viewer())
    if len(found.rows) == 1 and found.rows[0].reasons == (Reason.NUMBER,):
        return redirect(url_for(".person", number=found.rows[0].number))
    return page("people.html", q=q, found=found, fault=_fault(found.asked.fault))


@blueprint.get("/households")
@requires(Permission.VIEW_REGISTRY)
def households() -> Page | Response:
    """Houses by number, code, address, or by who lives there."""
    q, viewer = request.args.get("q", ""), the_viewer()
    found = search_households(q, viewer)
    if len(found.rows) == 1 and found.rows[0].reasons == (Reason.NUMBER,):
        return redirect(url_for(".household", number=found.rows[0].number))
    mine = [] if q.strip() else [row for row in villages() if viewer.covers(row.village_no)]
    return page("households.html", q=q, found=found, villages=mine, fault=_fault(found.asked.fault))


def _fault(code: str | None) -> str | None:
    return fault_words(code) if code else None
