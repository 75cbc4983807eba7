"""The changes of a household, and taking one back."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households import services
from welfare.households.forms.checks import put_on
from welfare.households.forms.operations import TakeBackForm
from welfare.households.queries import household_file
from welfare.households.queries.operations import operation_of, operations_of
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.operations.asking import CHANGES, shown


@blueprint.get(CHANGES)
@requires(Permission.VIEW_REGISTRY)
def household_changes(number: str) -> Page:
    """What was done to this household, the latest first; what can be recorded now."""
    file = household_file(number, viewer=the_viewer())
    rows = operations_of(file.id, viewer=the_viewer())
    return shown(file, "list.html", rows=rows)


@blueprint.route(f"{CHANGES}/<change>/undo", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def undo_operation(number: str, change: str) -> Page | Response:
    """Ask why, then put everything back as it was."""
    viewer = the_viewer()
    file = household_file(number, viewer=viewer)
    row = operation_of(file.id, change, viewer=viewer)
    if row is None:
        raise NotFound
    form = TakeBackForm()
    if not row.may_undo and not (request.method == "POST" and form.sent() and row.undone):
        raise Forbidden
    if request.method == "GET":
        audit.read(viewer, "household", file.number)
        return page("operations/undo.html", file=file, form=form, row=row)
    if not form.sent():
        return page("operations/undo.html", 400, file=file, form=form, row=row)
    try:
        form.once(f"household.undo:{change}", lambda: _take_back(change, form))
    except Refused as refused:
        put_on(form, refused)
        return page("operations/undo.html", 422, file=file, form=form, row=row)
    flash(_("Everything is as it was before. Now it can be recorded rightly."), "success")
    return redirect(url_for(".household_changes", number=file.number), code=303)


def _take_back(change: str, form: TakeBackForm) -> str:
    return services.take_back(actor=the_viewer(), number=change, reason=form.reason.data or "")
