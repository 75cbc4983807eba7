"""The surveys this office knows: their indicators and words, looked after by an administrator."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households.forms.checks import put_on
from welfare.households.forms.surveys import NewEditionForm, edition_form
from welfare.households.queries.surveys import Edition, edition, editions
from welfare.households.services.editions import add_edition, edit_edition
from welfare.households.views.blueprint import Page, blueprint, page


@blueprint.get("/registry/surveys")
@requires(Permission.MANAGE_LISTS)
def survey_editions() -> Page:
    """All editions."""
    return page("surveys/editions.html", editions=editions())


@blueprint.route("/registry/surveys/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add_survey_edition() -> Page | Response:
    """One of other years; its words are looked over next."""
    form = NewEditionForm()
    form.offer([(one.code, one.name) for one in editions()])
    if not form.sent():
        return page("surveys/new.html", 400 if request.method == "POST" else 200, form=form)
    first, last = form.years

    def act() -> str:
        return add_edition(
            actor=the_viewer(), name_th=form.edition_name.data or "", first_year=first,
            last_year=last, like=form.like.data or "", count=form.how_many,
        )  # fmt: skip

    try:
        code = form.once("survey_edition.add", act)
    except Refused as refused:
        put_on(form, refused)
        return page("surveys/new.html", 422, form=form)
    flash(_("The survey is there. Look over its words, then offer it for new rounds."), "success")
    return redirect(url_for(".survey_edition", code=code), code=303)


@blueprint.route("/registry/surveys/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def survey_edition(code: str) -> Page | Response:
    """The words of one."""
    held = edition(code)
    numbers = tuple(one.number for one in held.indicators)
    form = edition_form(numbers)(data=_values(held))
    if request.method == "POST" and "fill" in request.form and form.sent() and form.fill():
        return page("surveys/edition.html", form=form, held=held, filled=not form.pasted.errors)
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return page("surveys/edition.html", status, form=form, held=held)
    edit_edition(
        actor=the_viewer(),
        code=code,
        version=form.seen_version,
        name_th=form.name_th.data or "",
        source=form.words_from.data or "",
        active=bool(form.active.data),
        texts=form.texts(),
    )
    commit()
    flash(_("The changes have been saved."), "success")
    return redirect(url_for(".survey_editions"), code=303)


def _values(held: Edition) -> dict[str, object]:
    values: dict[str, object] = {
        "name_th": held.name,
        "words_from": held.source,
        "active": held.active,
        "version": str(held.version),
    }
    for one in held.indicators:
        values[f"group_{one.number}"] = one.group
        values[f"text_{one.number}"] = one.text
    return values
