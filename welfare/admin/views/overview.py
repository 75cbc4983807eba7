"""The first page of administration: what the viewer may do here."""

from __future__ import annotations

from flask import render_template

from welfare.admin.places import places
from welfare.admin.views.blueprint import blueprint
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer


@blueprint.get("")
@requires(Permission.MANAGE_ACCOUNTS, Permission.MANAGE_LISTS, Permission.VIEW_AUDIT)
def overview() -> str:
    """Links to the pages that the viewer's rights open."""
    return render_template("admin/overview.html", places=places(the_viewer()))
