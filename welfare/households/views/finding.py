"""One box for everything: people, houses, and what bears a number elsewhere."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.core.web.faults import fault_words
from welfare.households.kinds import Reason
from welfare.households.parts import address_elsewhere
from welfare.households.queries import search_households, search_people
from welfare.households.queries.asking import read_query
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.doubts import elsewhere_words

SHOWN = 10


@blueprint.get("/registry")
@requires(Permission.VIEW_REGISTRY)
def find() -> Page | Response:
    """Everything that a query means; a number that is one thing's own opens it."""
    q, viewer = request.args.get("q", ""), the_viewer()
    asked = read_query(q)
    if asked.elsewhere is not None:
        number = str(asked.elsewhere)
        if address := address_elsewhere(asked.elsewhere.prefix, number, viewer):
            return redirect(address)
        return page("found.html", q=q, people=None, houses=None, number=number, fault=None)
    people = search_people(q, viewer, limit=SHOWN)
    houses = search_households(q, viewer, limit=SHOWN, by_member=False)
    if len(people.rows) == 1 and not houses.rows and people.rows[0].reasons == (Reason.NUMBER,):
        return redirect(url_for(".person", number=people.rows[0].number))
    if len(houses.rows) == 1 and not people.rows and houses.rows[0].reasons == (Reason.NUMBER,):
        return redirect(url_for(".household", number=houses.rows[0].number))
    fault = fault_words(asked.fault) if asked.fault else None
    if not people.rows and not houses.rows:
        fault = elsewhere_words(asked.identifier) or fault
    return page("found.html", q=q, people=people, houses=houses, number="", fault=fault)
