"""The map of the registry."""

from __future__ import annotations

from welfare.core.security.permissions import Permission
from welfare.core.web import requires
from welfare.households.views.blueprint import Page, blueprint, page


@blueprint.get("/registry/map")
@requires(Permission.VIEW_REGISTRY)
def map_page() -> Page:
    """Villages with their households and open cases."""
    return page("map.html")
