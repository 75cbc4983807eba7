"""The steps of an import: decisions, approval, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households.forms.imports import (
    DecideAllForm,
    DecisionForm,
    SendBackForm,
    StepForm,
    UndoForm,
)
from welfare.households.services.imports import deciding, preparing
from welfare.households.views.blueprint import blueprint

P = Permission


def _back(number: str, anchor: str = "") -> Response:
    """To the page of the import, with the filter that stood there."""
    names = ("state", "doubt", "page", "open")
    kept: dict[str, Any] = {name: v for name in names if (v := request.form.get(name))}
    return redirect(
        url_for(".import_page", number=number, _anchor=anchor or None, **kept), code=303
    )


def _step(number: str, act: Callable[..., Any], said: str) -> Response:
    form = StepForm()
    if not form.sent():
        abort(400)
    act(actor=the_viewer(), number=number, version=form.seen_version)
    commit()
    flash(said, "success")
    return _back(number)


@blueprint.post("/registry/imports/<number>/decide")
@requires(P.EDIT_REGISTRY)
def decide_row(number: str) -> Response:
    """Decide of one doubtful row."""
    form = DecisionForm()
    if not form.sent():
        abort(400)
    deciding.decide(
        actor=the_viewer(), number=number, row_id=form.row_id, choice=form.choice.data or ""
    )
    commit()
    return _back(number, f"row-{form.row_id}")


@blueprint.post("/registry/imports/<number>/decide-all")
@requires(P.EDIT_REGISTRY)
def decide_rows(number: str) -> Response:
    """Decide of all rows with one doubt."""
    form = DecideAllForm()
    if not form.sent():
        abort(400)
    count = deciding.decide_all(
        actor=the_viewer(), number=number, doubt=form.doubt.data or "",
        choice=form.choice.data or "",
    )  # fmt: skip
    commit()
    flash(_("%(n)s rows have been decided.", n=count), "success")
    return _back(number)


@blueprint.post("/registry/imports/<number>/check")
@requires(P.EDIT_REGISTRY)
def import_check(number: str) -> Response:
    """The dry run once more."""
    return _step(number, preparing.check_again, _("The rows are checked once more."))


@blueprint.post("/registry/imports/<number>/ask")
@requires(P.EDIT_REGISTRY)
def import_ask(number: str) -> Response:
    """Ask a second person."""
    return _step(number, preparing.ask_for_approval, _("Now a second person has to approve it."))


@blueprint.post("/registry/imports/<number>/take-back")
@requires(P.EDIT_REGISTRY)
def import_take_back(number: str) -> Response:
    """Go on deciding."""
    return _step(number, preparing.take_back, _("The question for approval was taken back."))


@blueprint.post("/registry/imports/<number>/abandon")
@requires(P.EDIT_REGISTRY)
def import_abandon(number: str) -> Response:
    """Give it up."""
    said = _("The import was given up. File and rows have been removed.")
    return _step(number, preparing.abandon, said)


@blueprint.post("/registry/imports/<number>/approve")
@requires(P.APPROVE_IMPORTS)
def import_approve(number: str) -> Response:
    """Let it in."""
    return _step(number, deciding.approve, _("Approved. The rows are being applied."))


@blueprint.post("/registry/imports/<number>/send-back")
@requires(P.APPROVE_IMPORTS)
def import_send_back(number: str) -> Response:
    """Not like this, and why."""
    form = SendBackForm()
    if not form.sent():
        flash(_("Please say why."), "error")
        return _back(number)
    deciding.send_back(
        actor=the_viewer(), number=number, version=form.seen_version, reason=form.reason.data or ""
    )
    commit()
    flash(_("The import was sent back."), "success")
    return _back(number)


@blueprint.post("/registry/imports/<number>/undo")
@requires(P.EDIT_REGISTRY, P.APPROVE_IMPORTS)
def import_undo(number: str) -> Response:
    """Take all of it back."""
    form = UndoForm()
    if not form.sent():
        flash(_("Please say why."), "error")
        return _back(number)
    deciding.ask_undo(
        actor=the_viewer(), number=number, version=form.seen_version, reason=form.reason.data or ""
    )
    commit()
    flash(_("The import is being taken back."), "success")
    return _back(number)
