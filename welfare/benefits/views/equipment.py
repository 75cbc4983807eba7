"""Equipment: kinds, and each piece."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.benefits import services
from welfare.benefits.forms import KindForm, NewPieceForm, PieceForm
from welfare.benefits.labels import STATES, TONES
from welfare.benefits.queries import kinds_with_stock
from welfare.benefits.queries.stock import KindRow, all_pieces, piece_of
from welfare.benefits.views.blueprint import Answer, blueprint, place
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.money import format_baht
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import SelectChoice
from welfare.core.web.templating import language

P = Permission


@blueprint.get("/equipment")
@requires(P.MANAGE_LISTS)
def equipment() -> str:
    """All kinds and pieces."""
    return _page()


def _page(**forms: Any) -> str:
    kinds = kinds_with_stock(every=True)
    piece = NewPieceForm(formdata=None)
    _offer(piece, kinds)
    shown = {"kind": KindForm(formdata=None), "piece": piece} | forms
    return render_template(
        "benefits/equipment.html",
        kinds=kinds,
        pieces=all_pieces(),
        forms=shown,
        failed=next(iter(forms), ""),
        states=STATES,
        tones=TONES,
    )


def _offer(form: NewPieceForm, kinds: list[KindRow]) -> None:
    form.kind_id.choices = [SelectChoice(str(kind.id), kind.name(language())) for kind in kinds]


@blueprint.post("/equipment/kinds")
@requires(P.MANAGE_LISTS)
def add_kind() -> Answer:
    """A new kind."""
    form = KindForm()
    if not form.sent():
        return _page(kind=form), 400

    def act() -> str:
        made = services.add_kind(
            actor=the_viewer(),
            code=form.code.data or "",
            name_th=form.name_th.data or "",
            name_en=form.name_en.data or "",
            loan_days=form.days,
        )
        return str(made)

    try:
        form.once("equipment-kind", act)
    except Refused as refusal:
        place(refusal, form, "code")
        return _page(kind=form), 422
    flash(_("The kind is there. Enter its pieces."), "success")
    return _back()


@blueprint.post("/equipment/pieces")
@requires(P.MANAGE_LISTS)
def add_piece() -> Answer:
    """A new piece."""
    form = NewPieceForm()
    _offer(form, kinds_with_stock(every=True))
    if not form.sent():
        return _page(piece=form), 400

    def act() -> str:
        made = services.add_piece(
            actor=the_viewer(), kind_id=int(form.kind_id.data), facts=form.facts()
        )
        return str(made)

    try:
        form.once("equipment-piece", act)
    except Refused as refusal:
        place(refusal, form, "number")
        return _page(piece=form), 422
    flash(_("The piece is in the list."), "success")
    return _back()


@blueprint.route("/equipment/pieces/<int:piece_id>", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def edit_piece(piece_id: int) -> Answer:
    """One piece."""
    piece = piece_of(piece_id)
    form = PieceForm(
        data={
            "version": str(piece.version),
            "number": piece.number,
            "state": piece.state.value,
            "condition": piece.condition,
            "value": "" if piece.value is None else format_baht(piece.value),
            "acquired_on": piece.acquired_on,
        }
    )
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("benefits/piece.html", piece=piece, form=form), status
    try:
        services.edit_piece(
            actor=the_viewer(), piece_id=piece_id, version=form.seen_version, facts=form.facts()
        )
    except Refused as refusal:
        place(refusal, form, "number")
        return render_template("benefits/piece.html", piece=piece, form=form), 422
    commit()
    flash(_("Saved."), "success")
    return _back()


def _back() -> Response:
    return redirect(url_for("benefits.equipment"), 303)
