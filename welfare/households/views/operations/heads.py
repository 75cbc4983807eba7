"""Change of head: who, then what the others are to them."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households import services
from welfare.households.forms.operations import HeadForm
from welfare.households.kinds import Relation
from welfare.households.queries import HouseholdFile, Member
from welfare.households.views.blueprint import Page, blueprint
from welfare.households.views.operations.asking import (
    CHANGES,
    carried_out,
    household_to_change,
    seen,
    shown,
    state_of,
)
from welfare.households.views.operations.succession import about


@blueprint.route(f"{CHANGES}/head", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def change_head(number: str) -> Page | Response:
    """``?head=`` is who becomes head; without it that is asked first."""
    file = household_to_change(number)
    asked = request.args.get("head", "")
    if not asked and request.method == "GET":
        could = [one for one in file.members if one.de_facto and one.number]
        could = [one for one in could if one.relation != Relation.HEAD]
        return shown(file, "choose_member.html", title=_("Change of head"), name="head",
                     question=_("Who becomes head of the household?"), members=could)  # fmt: skip
    heir = _heir(file, asked)
    others = [one for one in file.members if one.number and one.number != heir.number]
    form = HeadForm(data=state_of(file))
    form.ask([(one.member, one.proposed) for one in about(heir, others)])
    return carried_out(
        file, form, "head", lambda: _change(file, heir, form), title=_("Change of head"),
        heading=_("%(name)s becomes head of the household", name=heir.name),
        lead=_("Please look at what each is to the new head, and put right what is not so."),
    )  # fmt: skip


def _heir(file: HouseholdFile, number: str) -> Member:
    for member in file.members:
        if number and member.number == number and member.de_facto:
            return member
    raise NotFound


def _change(file: HouseholdFile, heir: Member, form: HeadForm) -> str:
    return services.change_head(
        actor=the_viewer(), household_number=file.number, person_number=heir.number,
        day=form.day.data, reason=form.why, relations=form.relations(),
        seen=seen(file, form),
    )  # fmt: skip
