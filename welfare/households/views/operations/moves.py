"""Moving in, moving out."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households import services
from welfare.households.forms.operations import MoveInForm, MoveOutForm, heirs_of
from welfare.households.forms.operations.relations import Question
from welfare.households.kinds import Relation
from welfare.households.queries import (
    HouseholdFile,
    household_file,
    search_households,
    search_people,
)
from welfare.households.queries.movers import Mover, movers
from welfare.households.views.blueprint import Page, blueprint
from welfare.households.views.operations.asking import (
    CHANGES,
    carried_out,
    household_to_change,
    seen,
    shown,
    state_of,
)
from welfare.households.views.operations.succession import about, about_heir, headed_by

AWAY = "away"


@blueprint.route(f"{CHANGES}/move-in", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def move_in(number: str) -> Page | Response:
    """``?person=`` is who comes; without it they are looked for first."""
    file = household_to_change(number)
    asked = request.args.get("person", "")
    if not asked and request.method == "GET":
        q = request.args.get("q", "")
        return shown(file, "find_person.html", title=_("Somebody moves in"), name="person", q=q,
                     step="move_in",
                     heading=_("Who comes to live at %(address)s?", address=file.address),
                     found=search_people(q, the_viewer(), limit=20))  # fmt: skip
    (who,) = movers([asked], viewer=the_viewer())
    old_home = _home_left(who)
    form = MoveInForm(data=state_of(file))
    form.ask(
        head=bool(file.head), mover=who.number,
        left_behind=headed_by(old_home, who.number) if old_home else (),
    )  # fmt: skip
    return carried_out(
        file, form, "move_in", lambda: _come(file, who, old_home, form),
        questions=about_heir(
            form, {old_home.number: old_home.members} if old_home else {}, [who.number]
        ),
        title=_("Somebody moves in"),
        heading=_("%(name)s comes to live at %(address)s", name=who.name, address=file.address),
        lead=_("They leave: %(address)s", address=old_home.address) if old_home else "",
    )  # fmt: skip


def _home_left(who: Mover) -> HouseholdFile | None:
    return household_file(who.home, viewer=the_viewer()) if who.home else None


def _come(file: HouseholdFile, who: Mover, old_home: HouseholdFile | None, form: MoveInForm) -> str:
    homes = {old_home.number: old_home.members} if old_home else {}
    return services.move_in(
        actor=the_viewer(), household_number=file.number,
        people={who.number: Relation(form.relation.data)}, day=form.day.data,
        reason=form.why, with_register=bool(form.with_register.data),
        heirs=heirs_of(form.heir, homes), told=form.told(), seen=seen(file, form),
    )  # fmt: skip


@blueprint.route(f"{CHANGES}/move-out", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def move_out(number: str) -> Page | Response:
    """``?to=`` is the household they go to, or ``away``; without it that is asked first."""
    file = household_to_change(number)
    asked = request.args.get("to", "")
    if not asked and request.method == "GET":
        q = request.args.get("q", "")
        return shown(file, "find_house.html", title=_("Somebody moves out"), name="to", q=q,
                     heading=_("Where do they move to?"), away=True,
                     found=search_households(q, the_viewer()) if q.strip() else None)  # fmt: skip
    to = None if asked == AWAY else household_to_change(asked)
    form = MoveOutForm(data=state_of(file))
    form.ask(file.members, to=to.number if to else "", empty=to is not None and not _lived_in(to))
    heading = _("They move to %(address)s", address=to.address) if to else _("They move away")
    return carried_out(
        file, form, "move_out", lambda: _go(file, to, form),
        questions=_asked_of_movers(file, to, form), title=_("Somebody moves out"),
        heading=heading,
        lead="" if to else _("They stay in the registry, among those without a household."),
    )  # fmt: skip


def _asked_of_movers(
    file: HouseholdFile, to: HouseholdFile | None, form: MoveOutForm
) -> list[Question]:
    """What each is to the head where they go, if they are several; and what those who stay are."""
    found: list[Question] = []
    movers = [one for one in file.members if one.de_facto and one.number in form.going]
    if to is not None and len(movers) > 1:
        if "head_there" in form:
            for head in (one for one in movers if one.number == form.head_there.data):
                found = about(head, movers)
        else:
            start = form.relation.data
            told = Relation(start) if start in set(Relation) else None
            heads = [one for one in to.members if one.relation is Relation.HEAD]
            found = [Question(one, head, told) for head in heads[:1] for one in movers]
    return found + about_heir(form, {file.number: file.members}, form.going)


def _lived_in(file: HouseholdFile) -> bool:
    return any(member.de_facto for member in file.members)


def _go(file: HouseholdFile, to: HouseholdFile | None, form: MoveOutForm) -> str:
    return services.move_out(
        actor=the_viewer(), household_number=file.number, people=form.going,
        day=form.day.data, reason=form.why, to=to.number if to else None,
        relations=form.relations(),
        destination="" if to else form.destination.data or "",
        with_register=bool(form.with_register.data),
        heirs=heirs_of(form.heir, {file.number: file.members}), told=form.told(),
        seen=seen(file, form),
    )  # fmt: skip
