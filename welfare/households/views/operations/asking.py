"""How the pages of all operations go: who may, what was seen, once, and on to what has become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.one_time import result_of
from welfare.core.web import the_viewer
from welfare.households.forms.checks import put_on
from welfare.households.forms.operations import OperationForm
from welfare.households.forms.operations.heirs import HeirForm
from welfare.households.forms.operations.relations import Question
from welfare.households.queries import HouseholdFile, household_file
from welfare.households.queries.operations import operations_of
from welfare.households.queries.states import household_state
from welfare.households.services.operations import Doubted, Seen
from welfare.households.views.blueprint import Page, page
from welfare.households.views.doubts import sure_of
from welfare.households.views.operations.succession import still_to_ask

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
    """The state that the person saw and what they were sure of, as services want it."""
    return Seen(file.number, form.seen_version, sure_of())


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
    questions: Sequence[Question] = (),
    template: str = "form.html",
    **values: Any,
) -> Page | Response:
    """The form on GET; on POST what it says, done once; or the form again with what is wrong.

    ``questions``: what is asked of the others once it is known who becomes head. ``act`` returns
    the number of the change set.
    """
    if request.method == "GET":
        return shown(file, template, form=form, **values)
    once = f"household.{purpose}:{file.number}"
    name = f"operations/{template}"
    asking = isinstance(form, HeirForm) and still_to_ask(form, questions)
    if not form.sent():
        if (earlier := result_of(form.one_time_key.data or "", purpose=once)) is not None:
            return _on(file, earlier)  # sent once more: what it names may have gone by then
        return _stale(file, form, name, **values) or page(name, 400, file=file, form=form, **values)
    if asking and isinstance(form, HeirForm):
        form.ask_relations(questions)
        asked = page(name, file=file, form=form, asking=True, **values)
        return _stale(file, form, name, **values) or asked
    try:
        done = form.once(once, act)
    except Doubted as doubted:
        return page(name, 422, file=file, form=form, doubted=doubted, **values)
    except Refused as refused:
        put_on(form, refused)
        return page(name, 422, file=file, form=form, **values)
    except StaleRecord as stale:
        return _overtaken(file, form, name, stale, **values)
    return _on(file, done)


def _stale(file: HouseholdFile, form: OperationForm, name: str, **values: Any) -> Page | None:
    """What to answer where the household is no longer as it was seen; ``None`` where it is."""
    now = household_state(file.id)
    if form.seen_version == now:
        return None
    return _overtaken(file, form, name, StaleRecord(version=now, current={}), **values)


def _overtaken(
    file: HouseholdFile, form: OperationForm, name: str, stale: StaleRecord, **values: Any
) -> Page:
    """Somebody else was quicker: who, with what, and the form as it was typed, to send again."""
    db.session.rollback()
    form.version.data = str(stale.version)
    latest = operations_of(file.id, viewer=the_viewer(), limit=1)
    return page(name, 409, file=file, form=form, latest=latest, **values)


def _on(file: HouseholdFile, number: str) -> Response:
    """To the page of what was done: it says where everybody is now."""
    flash(_("It has been recorded."), "success")
    return redirect(url_for(".operation", number=file.number, change=number), code=303)
