"""A member dies."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households import services
from welfare.households.forms.operations import DeathOperationForm, heirs_of
from welfare.households.queries import HouseholdFile
from welfare.households.views.blueprint import Page, blueprint
from welfare.households.views.operations.asking import (
    CHANGES,
    carried_out,
    household_to_change,
    seen,
    state_of,
)
from welfare.households.views.operations.succession import about_heir


@blueprint.route(f"{CHANGES}/death", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def member_died(number: str) -> Page | Response:
    """Who, when, and who is head then; ``?person=`` is who it is probably about."""
    file = household_to_change(number)
    form = DeathOperationForm(data=state_of(file) | {"person": request.args.get("person", "")})
    form.ask(file.members)
    homes = {file.number: file.members}
    return carried_out(
        file, form, "death", lambda: _died(file, form),
        questions=about_heir(form, homes, form.going), title=_("A member has died"),
        heading=_("A member has died"),
        lead=_("Every household they belong to is left on that day. The file stays."),
    )  # fmt: skip


def _died(file: HouseholdFile, form: DeathOperationForm) -> str:
    return services.record_death(
        actor=the_viewer(), number=form.person.data or "", deceased_on=form.day.data,
        reason=form.why,
        heirs=heirs_of(form.heir, {file.number: file.members}), relations=form.told(),
        seen=seen(file, form),
    )  # fmt: skip
