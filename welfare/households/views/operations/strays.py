"""People without a household, households without a head: nobody is lost from sight."""

from __future__ import annotations

from flask import request

from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import requires, the_viewer
from welfare.households.queries.strays import (
    PAGE,
    households_without_head,
    people_without_household,
)
from welfare.households.views.blueprint import Page, blueprint, page


@blueprint.get("/registry/without-household")
@requires(Permission.VIEW_REGISTRY)
def without_household() -> Page:
    """Living people who belong to no household; ``?after=`` goes on from a person."""
    rows = people_without_household(viewer=the_viewer(), after=_after(), limit=PAGE + 1)
    return page("operations/without_household.html", rows=rows[:PAGE],
                after=rows[PAGE - 1].id if len(rows) > PAGE else None)  # fmt: skip


@blueprint.get("/registry/without-head")
@requires(Permission.VIEW_REGISTRY)
def without_head() -> Page:
    """Households in which people live and nobody is noted as head."""
    rows = households_without_head(viewer=the_viewer(), after=_after(), limit=PAGE + 1)
    return page("operations/without_head.html", rows=rows[:PAGE],
                after=rows[PAGE - 1].id if len(rows) > PAGE else None)  # fmt: skip


def _after() -> int:
    return whole(request.args.get("after", "")) or 0
