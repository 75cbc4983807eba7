"""The history of a household's and a person's record, for anybody who may open their page."""

from __future__ import annotations

from welfare.core import audit
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households.queries.changes import (
    change_history,
    titled_household,
    titled_person,
)
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.story import cursor_asked


@blueprint.get("/households/<number>/history")
@requires(Permission.VIEW_REGISTRY)
def household_history(number: str) -> Page:
    """Who changed what of a house when, in words."""
    viewer = the_viewer()
    file = titled_household(number, viewer=viewer)
    story = change_history(viewer=viewer, household_id=file.id, cursor=cursor_asked())
    audit.read(viewer, "household", file.number)
    return page("household_history.html", file=file, story=story)


@blueprint.get("/people/<number>/history")
@requires(Permission.VIEW_REGISTRY)
def person_history(number: str) -> Page:
    """Who changed what of a person when; numbers stay masked, health is not told."""
    viewer = the_viewer()
    file = titled_person(number, viewer=viewer)
    story = change_history(viewer=viewer, person_id=file.id, cursor=cursor_asked())
    audit.read(viewer, "person", file.number)
    return page("person_history.html", file=file, story=story)
