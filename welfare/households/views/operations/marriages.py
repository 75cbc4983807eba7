"""Two people marry: who, then their names and where they live."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.households import services
from welfare.households.forms.operations import MarriageForm, heirs_of
from welfare.households.kinds import Relation
from welfare.households.queries import (
    HouseholdFile,
    Member,
    household_file,
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
from welfare.households.views.operations.succession import about_heir

Pair = tuple[Mover, Mover]


@blueprint.route(f"{CHANGES}/marriage", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def marriage(number: str) -> Page | Response:
    """``?person=`` of this household and ``?partner=``; what is missing is asked first."""
    file = household_to_change(number)
    person, partner = request.args.get("person", ""), request.args.get("partner", "")
    if not person and request.method == "GET":
        could = [one for one in file.members if one.de_facto and one.number]
        return shown(file, "choose_member.html", title=_("Two people marry"), name="person",
                     question=_("Who of this household marries?"), members=could)  # fmt: skip
    if not partner and request.method == "GET":
        return _find_partner(file, person)
    _member(file, person)
    one, other = movers([person, partner], viewer=the_viewer())
    return _ask(file, (one, other))


def _member(file: HouseholdFile, number: str) -> Member:
    for member in file.members:
        if number and member.number == number:
            return member
    raise NotFound


def _find_partner(file: HouseholdFile, person: str) -> Page:
    who = _member(file, person)
    q = request.args.get("q", "")
    return shown(file, "find_person.html", title=_("Two people marry"), name="partner", q=q,
                 step="marriage",
                 heading=_("Whom does %(name)s marry?", name=who.name), kept={"person": person},
                 found=search_people(q, the_viewer(), limit=20))  # fmt: skip


def _ask(file: HouseholdFile, pair: Pair) -> Page | Response:
    homes = _homes(file, pair)
    start = {
        f"{field}_{place}": getattr(one, field)
        for place, one in enumerate(pair, start=1)
        for field in ("title", "last_name")
    }
    form = MarriageForm(data=state_of(file) | start)
    left_behind = [one for home in homes.values() for one in home.members]
    movers = {
        number: [one.number for one in pair if one.number not in _living(home)]
        for number, home in homes.items()
    }
    choices = [(home.number, home.address) for home in homes.values()]
    form.ask(pair, choices, left_behind, movers)
    return carried_out(
        file, form, "marriage", lambda: _marry(file, pair, homes, form),
        questions=about_heir(
            form, {number: home.members for number, home in homes.items()}, form.going
        ),
        title=_("Two people marry"),
        heading=_("%(one)s and %(other)s marry", one=pair[0].name, other=pair[1].name),
        lead=_("A new title or surname goes into the dated names; search finds the old one, too."),
    )  # fmt: skip


def _living(home: HouseholdFile) -> set[str]:
    return {one.number for one in home.members if one.de_facto}


def _homes(file: HouseholdFile, pair: Pair) -> dict[str, HouseholdFile]:
    """Where the two live, by number, as far as the viewer may see it."""
    numbers = dict.fromkeys(one.home for one in pair if one.home)
    return {
        number: file if number == file.number else household_file(number, viewer=the_viewer())
        for number in numbers
    }


def _marry(
    file: HouseholdFile, pair: Pair, homes: dict[str, HouseholdFile], form: MarriageForm
) -> str:
    told = {
        one.number: Relation(form.relation.data)
        for one in pair
        if form.home.data and form.relation.data
    } | form.told()
    return services.marry(
        actor=the_viewer(), people=(pair[0].number, pair[1].number), day=form.day.data,
        reason=form.why, names=form.names(pair), home=form.home.data or None,
        relations=told, with_register=bool(form.with_register.data),
        heirs=heirs_of(
            form.heir, {number: home.members for number, home in homes.items()}
        ),
        seen=seen(file, form),
    )  # fmt: skip
