"""Earlier names and further numbers of a person."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.names import TITLES
from welfare.core.web import commit, requires, the_viewer
from welfare.households.forms.checks import put_on
from welfare.households.forms.facts import TakeBackForm
from welfare.households.forms.naming import (
    AddNameForm,
    AddNumberForm,
    CorrectNameForm,
    EditNumberForm,
)
from welfare.households.queries import PersonFile, person_file
from welfare.households.queries.files import NameLine, NumberLine
from welfare.households.services.names import add_name, correct_name
from welfare.households.services.numbers import add_number, edit_number, withdraw_number
from welfare.households.services.writing import texts_of
from welfare.households.views.blueprint import Page, blueprint, gone, page, tell_doubts
from welfare.households.views.doubts import met_elsewhere

NUMBERS = "/people/<number>/numbers"


def _file(number: str) -> PersonFile:
    file = person_file(number, viewer=the_viewer())
    if not file.may_edit:
        raise Forbidden
    return file


def _show(template: str, file: PersonFile, status: int | None = None, **more: Any) -> Page:
    if request.method == "GET":
        audit.read(the_viewer(), "person", file.number)
    shown = status or (400 if request.method == "POST" else 200)
    return page(template, shown, file=file, titles=TITLES, **more)


def _back(file: PersonFile) -> Response:
    flash(_("The changes have been saved."), "success")
    return redirect(url_for(".person", number=file.number) + "#names", code=303)


@blueprint.route("/people/<number>/names/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_person_name(number: str) -> Page | Response:
    """A name that somebody bore earlier."""
    file = _file(number)
    form = AddNameForm()
    if not form.sent():
        return _show("facts/name.html", file, form=form)
    entry = form.entry()

    def act() -> str:
        add_name(actor=the_viewer(), number=file.number, entry=entry)
        return file.number

    try:
        form.once(f"name.add:{file.number}", act)
    except Refused as refused:
        put_on(form, refused)
        return _show("facts/name.html", file, 422, form=form)
    return _back(file)


@blueprint.route("/people/<number>/names/<int:name_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def correct_person_name(number: str, name_id: int) -> Page | Response:
    """Put a name of the history right."""
    file = _file(number)
    line = _name(file, name_id)
    days = {"from_day": line.from_day, "to_day": line.to_day}
    form = CorrectNameForm(data={**texts_of(line.entry), **days, "version": str(line.version)})
    if request.method == "GET":
        form.from_day.show(line.entry.from_precision.value)
        form.to_day.show(line.entry.to_precision.value)
    if not form.sent():
        return _show("facts/name.html", file, form=form, line=line)
    try:
        correct_name(
            actor=the_viewer(),
            number=file.number,
            name_id=name_id,
            version=form.seen_version,
            entry=form.entry(),
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _show("facts/name.html", file, 422, form=form, line=line)
    return _back(file)


@blueprint.route(f"{NUMBERS}/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_person_number(number: str) -> Page | Response:
    """A further or an earlier number."""
    file = _file(number)
    form = AddNumberForm()
    form.offer()
    if not form.sent():
        return _show("facts/number.html", file, form=form)
    if met_elsewhere(form, form.read):
        return _show("facts/number.html", file, 422, form=form)
    entry = form.entry()

    def act() -> str:
        add_number(actor=the_viewer(), number=file.number, entry=entry)
        return file.number

    try:
        form.once(f"number.add:{file.number}", act)
    except Refused as refused:
        put_on(form, refused)
        return _show("facts/number.html", file, 422, form=form)
    tell_doubts(form.read)
    return _back(file)


@blueprint.route(f"{NUMBERS}/<int:identifier_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def edit_person_number(number: str, identifier_id: int) -> Page | Response:
    """From when to when it was theirs."""
    file = _file(number)
    line = _number(file, identifier_id)
    form = EditNumberForm(
        data={
            "from_day": line.from_day,
            "to_day": line.to_day,
            "note": line.note,
            "version": str(line.version),
        }
    )
    if not form.sent():
        return _show("facts/number.html", file, form=form, line=line)
    try:
        edit_number(
            actor=the_viewer(),
            number=file.number,
            identifier_id=identifier_id,
            version=form.seen_version,
            entry=form.entry(line.kind),
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _show("facts/number.html", file, 422, form=form, line=line)
    return _back(file)


@blueprint.route(f"{NUMBERS}/<int:identifier_id>/take-back", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def take_back_person_number(number: str, identifier_id: int) -> Page | Response:
    """It was never theirs."""
    file = _file(number)
    line = _number(file, identifier_id)
    form = TakeBackForm(data={"version": str(line.version)})
    if not form.sent():
        return _show("facts/number_back.html", file, form=form, line=line)
    try:
        withdraw_number(
            actor=the_viewer(),
            number=file.number,
            identifier_id=identifier_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _show("facts/number_back.html", file, 422, form=form, line=line)
    return _back(file)


def _name(file: PersonFile, name_id: int) -> NameLine:
    for line in file.names:
        if line.id == name_id:
            return line
    raise NotFound


def _number(file: PersonFile, identifier_id: int) -> NumberLine:
    for line in file.numbers:
        if line.id == identifier_id:
            return line
    raise gone()
