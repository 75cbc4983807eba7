"""Dated facts of a person: added, corrected, ended, taken back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households.barthel import ITEMS
from welfare.households.forms.checks import put_on
from welfare.households.forms.facts import (
    ADL_FIELDS,
    AddFactForm,
    CorrectFactForm,
    EndFactForm,
    FactFields,
    TakeBackForm,
)
from welfare.households.kinds import HEALTH_KINDS, FactKind
from welfare.households.queries import PersonFile, person_file
from welfare.households.queries.person_facts import FactLine, adl_words
from welfare.households.services.asking_back import Doubted
from welfare.households.services.facts import add_fact, correct_fact, end_fact, withdraw_fact
from welfare.households.views.blueprint import Page, blueprint, gone, page
from welfare.households.views.doubts import sure_of

FACTS = "/people/<number>/facts"


def _file(number: str) -> PersonFile:
    file = person_file(number, viewer=the_viewer())
    if not file.may_edit:
        raise Forbidden
    return file


def _kind(code: str, file: PersonFile) -> FactKind:
    if code not in set(FactKind) - {FactKind.DEATH}:
        raise NotFound
    if code in HEALTH_KINDS and file.health is None:
        raise Forbidden
    return FactKind(code)


def _carers(file: PersonFile, kind: FactKind) -> list[tuple[str, str]]:
    if kind != FactKind.CARER:
        return []
    return [(one.number, one.name) for one in file.relatives if one.number]


def _form_page(file: PersonFile, form: FactFields, status: int = 200, **more: Any) -> Page:
    adl = form.kind == FactKind.ADL
    if request.method == "GET":
        audit.read(the_viewer(), "person", file.number)
    return page(
        "facts/form.html",
        status,
        file=file,
        form=form,
        adl=list(zip(ADL_FIELDS, ITEMS, strict=True)) if adl else [],
        so_far=adl_words(form.adl_so_far) if adl else "",
        **more,
    )


@blueprint.route(f"{FACTS}/new/<kind>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_person_fact(number: str, kind: str) -> Page | Response:
    """Something new is known of somebody."""
    file = _file(number)
    asked = _kind(kind, file)
    form = AddFactForm()
    form.keep(asked, _carers(file, asked))
    if not form.sent():
        return _form_page(file, form, 400 if request.method == "POST" else 200)
    entry = form.entry()

    def act() -> str:
        add_fact(actor=the_viewer(), number=file.number, entry=entry, sure=sure_of())
        return file.number

    try:
        form.once(f"fact.add:{file.number}", act)
    except Doubted as doubted:
        return _form_page(file, form, 422, doubted=doubted)
    except Refused as refused:
        put_on(form, refused)
        return _form_page(file, form, 422)
    flash(_saved(asked, form), "success")
    return _back(file)


@blueprint.route(f"{FACTS}/<int:fact_id>/correct", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def correct_person_fact(number: str, fact_id: int) -> Page | Response:
    """What was entered was wrong."""
    file = _file(number)
    line = _line(file, fact_id)
    if line.kind == FactKind.DEATH:
        raise NotFound
    form = CorrectFactForm(data=_values(line))
    form.keep(line.kind, _carers_with(file, line))
    if request.method == "GET":
        form.from_day.show(line.from_precision.value)
    if not form.sent():
        return _form_page(file, form, 400 if request.method == "POST" else 200, line=line)
    try:
        correct_fact(
            actor=the_viewer(),
            number=file.number,
            fact_id=fact_id,
            version=form.seen_version,
            entry=form.entry(),
            sure=sure_of(),
        )
        commit()
    except Doubted as doubted:
        return _form_page(file, form, 422, line=line, doubted=doubted)
    except Refused as refused:
        put_on(form, refused)
        return _form_page(file, form, 422, line=line)
    flash(_saved(line.kind, form), "success")
    return _back(file)


@blueprint.route(f"{FACTS}/<int:fact_id>/end", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def end_person_fact(number: str, fact_id: int) -> Page | Response:
    """It no longer holds."""
    file = _file(number)
    line = _line(file, fact_id)
    form = EndFactForm(data={"version": str(line.version)})
    if not form.sent() or form.to_day.data is None:
        return _small_page("facts/end.html", file, form, line)
    try:
        end_fact(
            actor=the_viewer(),
            number=file.number,
            fact_id=fact_id,
            version=form.seen_version,
            to_day=form.to_day.data,
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _small_page("facts/end.html", file, form, line, 422)
    flash(_("The changes have been saved."), "success")
    return _back(file)


@blueprint.route(f"{FACTS}/<int:fact_id>/take-back", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def take_back_person_fact(number: str, fact_id: int) -> Page | Response:
    """It should not be there."""
    file = _file(number)
    line = _line(file, fact_id)
    if line.kind == FactKind.DEATH:
        raise NotFound
    form = TakeBackForm(data={"version": str(line.version)})
    if not form.sent():
        return _small_page("facts/take_back.html", file, form, line)
    try:
        withdraw_fact(
            actor=the_viewer(),
            number=file.number,
            fact_id=fact_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        )
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _small_page("facts/take_back.html", file, form, line, 422)
    flash(_("The entry has been taken back. It stays in the history."), "success")
    return _back(file)


def _small_page(
    template: str, file: PersonFile, form: Any, line: FactLine, status: int | None = None
) -> Page:
    if request.method == "GET":
        audit.read(the_viewer(), "person", file.number)
    shown = status or (400 if request.method == "POST" else 200)
    return page(template, shown, file=file, form=form, line=line)


def _line(file: PersonFile, fact_id: int) -> FactLine:
    for line in file.known.lines:
        if line.id == fact_id and fact_id and line.state == "standing":
            return line
    raise gone()


def _values(line: FactLine) -> dict[str, Any]:
    """What the form starts with."""
    scores = dict(zip(ADL_FIELDS, map(str, line.scores), strict=False))
    return scores | {
        "code": line.code,
        "text": line.text,
        "amount": "" if line.amount is None else f"{line.amount.normalize():f}",
        "other": line.other,
        "issued_on": line.issued_on,
        "expires_on": line.expires_on,
        "due_on": line.due_on,
        "from_day": line.from_day,
        "source": line.source.value,
        "source_note": line.source_note,
        "version": str(line.version),
    }


def _carers_with(file: PersonFile, line: FactLine) -> list[tuple[str, str]]:
    """Those to choose from, and the one who stands there."""
    offered = _carers(file, line.kind)
    if line.other and line.other not in {number for number, _name in offered}:
        offered.append((line.other, line.carer))
    return offered


def _saved(kind: FactKind, form: FactFields) -> str:
    if kind == FactKind.ADL:
        return _("Saved: %(total)s", total=adl_words(form.adl_so_far))
    return _("The changes have been saved.")


def _back(file: PersonFile) -> Response:
    return redirect(url_for(".person", number=file.number) + "#facts", code=303)
