"""How the pages of all operations go: who may, what was seen, once, and back to the household."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.one_time import result_of
from welfare.core.web import the_viewer
from welfare.households.forms.checks import put_on
from welfare.households.forms.operations import OperationForm
from welfare.households.queries import HouseholdFile, household_file
from welfare.households.queries.states import household_state
from welfare.households.services.operations import Seen
from welfare.households.views.blueprint import Page, page

CHANGES = "/households/<number>/changes"


def household_to_change(number: str) -> HouseholdFile:
    """The household, for who may change it."""
    file = household_file(number, viewer=the_viewer())
    if not file.may_edit:
        raise Forbidden
    return file


def state_of(file: HouseholdFile) -> dict[str, str]:
    """What a form starts with: the state that is seen."""
    return {"version": str(household_state(file.id))}


def seen(file: HouseholdFile, form: OperationForm) -> Seen:
    """The state that the person saw, as services want it."""
    return Seen(file.number, form.seen_version)


def shown(file: HouseholdFile, template: str, **values: Any) -> Page:
    """A page that asks; what it tells of the household was read, and that is noted."""
    audit.read(the_viewer(), "household", file.number)
    return page(f"operations/{template}", file=file, **values)


def carried_out(
    file: HouseholdFile,
    form: OperationForm,
    purpose: str,
    act: Callable[[], str],
    *,
    template: str = "form.html",
    **values: Any,
) -> Page | Response:
    """The form on GET; on POST what it says, done once; or the form again with what is wrong."""
    if request.method == "GET":
        return shown(file, template, form=form, **values)
    once = f"household.{purpose}:{file.number}"
    back = redirect(url_for(".household", number=file.number), code=303)
    if not form.sent():
        if result_of(form.one_time_key.data or "", purpose=once) is not None:
            return back  # sent once more: what it names may have gone by the first time
        return page(f"operations/{template}", 400, file=file, form=form, **values)
    try:
        form.once(once, act)
    except Refused as refused:
        put_on(form, refused)
        return page(f"operations/{template}", 422, file=file, form=form, **values)
    flash(_("It has been recorded. It can be undone under “Changes of this household”."), "success")
    return back
