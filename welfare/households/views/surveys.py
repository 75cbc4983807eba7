"""Rounds of surveys at a house: seen, recorded, put right, taken back, printed empty."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households.forms.checks import put_on
from welfare.households.forms.facts import TakeBackForm
from welfare.households.forms.surveys import round_form
from welfare.households.kinds import Dimension
from welfare.households.queries.house_parts import sees_home_health
from welfare.households.queries.house_top import HouseTop, house_top
from welfare.households.queries.surveys import (
    Edition,
    Round,
    edition,
    edition_names,
    survey_round,
)
from welfare.households.services.surveys import edit_survey, record_survey, withdraw_survey
from welfare.households.views.blueprint import Page, blueprint, gone, page

SURVEYS = "/households/<number>/surveys"


def _file(number: str, *, edit: bool = True) -> HouseTop:
    file = house_top(number, viewer=the_viewer())
    if edit and not file.may_edit:
        raise Forbidden
    return file


def _numbers(form: Edition) -> tuple[int, ...]:
    return tuple(one.number for one in form.indicators)


def _without_notes(form: Edition, *, health: bool) -> frozenset[int]:
    if health:
        return frozenset()
    return frozenset(one.number for one in form.indicators if one.dimension == Dimension.HEALTH)


def _show(template: str, file: HouseTop, status: int | None = None, **more: Any) -> Page:
    if request.method == "GET":
        audit.read(the_viewer(), "household", file.number)
    shown = status or (400 if request.method == "POST" else 200)
    return page(template, shown, file=file, **more)


@blueprint.get(f"{SURVEYS}/<int:survey_id>")
@requires(Permission.VIEW_REGISTRY)
def survey(number: str, survey_id: int) -> Page:
    """One round, and what changed since the round before."""
    file = _file(number, edit=False)
    found = survey_round(file.id, survey_id, viewer=the_viewer())
    return _show("surveys/round.html", file, round=found)


@blueprint.get(f"{SURVEYS}/empty")
@requires(Permission.VIEW_REGISTRY)
def empty_survey(number: str) -> Page:
    """The questions of an edition on paper, with the address of the house on top."""
    file = _file(number, edit=False)
    return _show("surveys/empty.html", file, edition=edition(request.args.get("edition", "")))


@blueprint.route(f"{SURVEYS}/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_survey(number: str) -> Page | Response:
    """First which survey (``?edition=``), then its round."""
    file = _file(number)
    asked = request.args.get("edition")
    if not asked:
        if request.method == "POST":
            raise NotFound
        return _show("surveys/choose.html", file, editions=edition_names())
    questions = edition(asked)
    form = round_form(_numbers(questions), edit=False)()
    health = sees_home_health(the_viewer(), file.id)
    form.offer(without_notes=_without_notes(questions, health=health))
    if request.method == "GET":
        form.surveyed_by.data = the_viewer().display_name
    if not form.sent():
        return _show("surveys/form.html", file, form=form, edition=questions)
    entry = form.entry()

    def act() -> str:
        made = record_survey(
            actor=the_viewer(), number=file.number, edition=questions.code, entry=entry
        )
        return str(made.id)

    try:
        survey_id = form.once(f"survey.add:{file.number}", act)
    except Refused as refused:
        put_on(form, refused)
        return _show("surveys/form.html", file, 422, form=form, edition=questions)
    flash(_("The survey has been saved."), "success")
    return redirect(url_for(".survey", number=file.number, survey_id=int(survey_id)), code=303)


@blueprint.route(f"{SURVEYS}/<int:survey_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def edit_round(number: str, survey_id: int) -> Page | Response:
    """What was written down was wrong."""
    file = _file(number)
    found = survey_round(file.id, survey_id, viewer=the_viewer())
    form = round_form(_numbers(found.edition), edit=True)(data=_values(found))
    form.offer(without_notes=_without_notes(found.edition, health=not found.notes_hidden))
    more = {"form": form, "edition": found.edition, "round": found}
    if not form.sent():
        return _show("surveys/form.html", file, **more)
    try:
        edit_survey(
            actor=the_viewer(),
            number=file.number,
            survey_id=survey_id,
            version=form.seen_version,
            entry=form.entry(),
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _show("surveys/form.html", file, 422, **more)
    flash(_("The survey has been saved."), "success")
    return redirect(url_for(".survey", number=file.number, survey_id=survey_id), code=303)


@blueprint.route(f"{SURVEYS}/<int:survey_id>/take-back", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def take_back_survey(number: str, survey_id: int) -> Page | Response:
    """The round should not be there."""
    file = _file(number)
    try:
        found = survey_round(file.id, survey_id, viewer=the_viewer())
    except NotFound:
        raise gone() from None
    form = TakeBackForm(data={"version": str(found.version)})
    if not form.sent():
        return _show("surveys/take_back.html", file, form=form, what=found.edition.name)
    try:
        withdraw_survey(
            actor=the_viewer(),
            number=file.number,
            survey_id=survey_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _show("surveys/take_back.html", file, 422, form=form, what=found.edition.name)
    flash(_("The entry has been taken back. It stays in the history."), "success")
    return redirect(url_for(".household", number=file.number), code=303)


def _values(found: Round) -> dict[str, Any]:
    values: dict[str, Any] = {
        **{
            name: "" if value is None else f"{value.normalize():f}"
            for name, value in (
                ("monthly_income", found.monthly_income),
                ("debts", found.debts),
            )
        },
        "surveyed_on": found.surveyed_on,
        "surveyed_by": found.surveyed_by,
        "note": found.note,
        "version": str(found.version),
    }
    for line in found.lines:
        values[f"answer_{line.indicator.number}"] = line.answer.value if line.answer else ""
        values[f"note_{line.indicator.number}"] = line.note
    return values
