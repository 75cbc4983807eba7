"""The right to approve one's own work: given by name, with a reason."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from welfare.accounts import queries, services
from welfare.admin.forms.accounts import AccountForm, RightForm
from welfare.admin.views.accounts import account_page
from welfare.admin.views.blueprint import Answer, blueprint, place
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households.queries import villages


@blueprint.post("/accounts/<username>/approve-own")
@requires(Permission.MANAGE_ACCOUNTS)
def give_right(username: str) -> Answer:
    """Give the right."""
    form = RightForm()
    if not form.sent():
        return _again(username, form), 400

    def act() -> str:
        services.give_right(
            actor=the_viewer(),
            username=username,
            permission=Permission.APPROVE_OWN,
            reason=form.reason.data or "",
        )
        return username

    try:
        form.once(f"right.give:{username}", act)
    except Refused as refusal:
        place(refusal, form, "reason")
        return _again(username, form), 422
    flash(_("The right is given, and written into the audit with its reason."), "success")
    return redirect(url_for("admin.account", username=username), 303)


def _again(username: str, right: RightForm) -> str:
    held = queries.account_file(username, viewer=the_viewer())
    facts = held.facts
    form = AccountForm(
        formdata=None,
        data={
            "version": held.version,
            "display_name": facts.display_name,
            "position": facts.position,
            "roles": sorted(facts.roles),
            "villages": [str(no) for no in sorted(facts.villages)],
            "active": facts.active,
        },
    )
    form.offer_villages([village.village_no for village in villages()])
    return account_page(held, form, right)


@blueprint.post("/accounts/<username>/approve-own/remove")
@requires(Permission.MANAGE_ACCOUNTS)
def take_right_back(username: str) -> Response:
    """Take it back."""
    services.take_right_back(
        actor=the_viewer(), username=username, permission=Permission.APPROVE_OWN
    )
    commit()
    flash(_("The right is taken back."), "success")
    return redirect(url_for("admin.account", username=username), 303)
