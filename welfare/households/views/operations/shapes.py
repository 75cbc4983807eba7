"""Splitting a household, joining two."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households import services
from welfare.households.forms.operations import JoinForm, SplitForm, heirs_of
from welfare.households.forms.operations.relations import Question
from welfare.households.queries import HouseholdFile, search_households, villages
from welfare.households.views.blueprint import Page, blueprint
from welfare.households.views.operations.asking import (
    CHANGES,
    carried_out,
    household_to_change,
    seen,
    shown,
    state_of,
)
from welfare.households.views.operations.succession import about, about_heir


@blueprint.route(f"{CHANGES}/split", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def split_household(number: str) -> Page | Response:
    """Some members become a household of their own."""
    file = household_to_change(number)
    viewer = the_viewer()
    form = SplitForm(data=state_of(file) | {"where": "same"})
    form.ask(file.members, [row for row in villages() if viewer.covers(row.village_no)])
    return carried_out(
        file, form, "split", lambda: _split(file, form),
        questions=_asked_of_all(file, form), title=_("A household splits"),
        heading=_("Some become a household of their own"),
    )  # fmt: skip


def _split(file: HouseholdFile, form: SplitForm) -> str:
    changes, _new = services.split_household(
        actor=the_viewer(), household_number=file.number, people=form.going,
        head=form.head.data or "", day=form.day.data, reason=form.why,
        house=form.house(), with_register=bool(form.with_register.data),
        heirs=heirs_of(form.heir, {file.number: file.members}), relations=form.told(),
        seen=seen(file, form),
    )  # fmt: skip
    return changes


def _asked_of_all(file: HouseholdFile, form: SplitForm) -> list[Question]:
    """What those who go are to their head; and those who stay to theirs, if the head goes."""
    going = [one for one in file.members if one.de_facto and one.number in form.going]
    found = [
        question
        for head in going
        if head.number == form.head.data
        for question in about(head, going)
    ]
    return found + about_heir(form, {file.number: file.members}, form.going)


@blueprint.route(f"{CHANGES}/join", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def join_households(number: str) -> Page | Response:
    """``?into=`` is the household that all go into; without it that is looked for first."""
    file = household_to_change(number)
    asked = request.args.get("into", "")
    if not asked and request.method == "GET":
        q = request.args.get("q", "")
        return shown(file, "find_house.html", title=_("Two households join"), name="into", q=q,
                     heading=_("Into which household do all of them go?"), away=False,
                     found=search_households(q, the_viewer()) if q.strip() else None)  # fmt: skip
    into = household_to_change(asked)
    comers = [one for one in file.members if one.de_facto and one.number]
    if into.number == file.number or not comers:
        raise NotFound
    form = JoinForm(data=state_of(file))
    form.ask(comers, empty=not any(one.de_facto for one in into.members))
    return carried_out(
        file, form, "join", lambda: _join(file, into, form), title=_("Two households join"),
        heading=_("All go into the household %(address)s", address=into.address),
        lead=_("This household stays in the registry, empty. Say what each is to the head there."),
    )  # fmt: skip


def _join(file: HouseholdFile, into: HouseholdFile, form: JoinForm) -> str:
    return services.join_households(
        actor=the_viewer(), household_number=file.number, into=into.number, day=form.day.data,
        reason=form.why, relations=form.relations(), seen=seen(file, form),
    )  # fmt: skip
