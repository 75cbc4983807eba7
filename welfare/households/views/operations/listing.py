"""The changes of a household, and taking one back."""

from __future__ import annotations

from typing import Any

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
from welfare.households.queries.leaning import leaning_words
from welfare.households.queries.operations import operation_of, operations_of, told_briefly
from welfare.households.services.undoing import StandsOn
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.operations.asking import CHANGES, shown


@blueprint.get(CHANGES)
@requires(Permission.VIEW_REGISTRY)
def household_changes(number: str) -> Page:
    """What was done to this household, the latest first; what can be recorded now."""
    file = household_file(number, viewer=the_viewer())
    rows = operations_of(file.id, viewer=the_viewer())
    return shown(file, "list.html", rows=rows)


@blueprint.get(f"{CHANGES}/<change>")
@requires(Permission.VIEW_REGISTRY)
def operation(number: str, change: str) -> Page:
    """One operation: what it did, where everybody is since, whether it still holds."""
    viewer = the_viewer()
    file = household_file(number, viewer=viewer)
    row = operation_of(file.id, change, viewer=viewer)
    if row is None:
        raise NotFound
    return shown(file, "one.html", row=row)


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
    known: dict[str, Any] = {"file": file, "form": form, "row": row}
    if row.undone and not (request.method == "POST" and form.sent()):
        return page("operations/undone.html", 200 if request.method == "GET" else 409, **known)
    if not row.may_undo and not row.undone:
        raise Forbidden
    if request.method == "GET":
        audit.read(viewer, "household", file.number)
        return page("operations/undo.html", **known)
    if not form.sent():
        return page("operations/undo.html", 400, **known)
    try:
        done = form.once(f"household.undo:{change}", lambda: _take_back(change, form))
    except StandsOn as standing:
        later = told_briefly(standing.later, viewer=viewer)
        leaning = leaning_words(standing.leaning)
        return page("operations/undo.html", 422, later=later, leaning=leaning, **known)
    except Refused as refused:
        if row.undone:
            return page("operations/undone.html", 409, **known)
        put_on(form, refused)
        return page("operations/undo.html", 422, **known)
    if row.undoes:
        flash(_("It holds again, as it was recorded in the first place."), "success")
    else:
        flash(_("It has been taken back: everything is as it was before."), "success")
    return redirect(url_for(".operation", number=file.number, change=done), code=303)


def _take_back(change: str, form: TakeBackForm) -> str:
    return services.take_back(actor=the_viewer(), number=change, reason=form.reason.data or "")
