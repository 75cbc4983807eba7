"""Making one record of two: the preview, the deed, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from welfare.core.errors import Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.households.errors import MergedAway
from welfare.households.forms.checks import put_on
from welfare.households.forms.duplicates import MergeForm, UndoMergeForm
from welfare.households.kinds import PairKind
from welfare.households.queries.duplicates.fields import HOUSEHOLD_UNITS, PERSON_UNITS, A, B
from welfare.households.queries.duplicates.merged import merge_of, merge_report
from welfare.households.queries.duplicates.preview import Preview, preview
from welfare.households.queries.operations import told_briefly
from welfare.households.services.merging import Merged, Ours, merge_houses, merge_people, undo_merge
from welfare.households.services.undoing import StandsOn
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.duplicates import KINDS, PLACES, show_pair

HEIR = "heir-"


@blueprint.route(
    "/registry/duplicates/<any(people, households):place>/<a>/<b>/merge", methods=["GET", "POST"]
)
@requires(Permission.MERGE_REGISTRY)
def merge_pair(place: str, a: str, b: str) -> Page | Response:
    """What would come of it; sent, it is done."""
    kind = KINDS[place]
    outcome = _outcome(kind, a, b)
    form = MergeForm(data={"version": str(outcome.version)})
    if request.method == "GET":
        return _page(outcome, form, a, b)
    if not form.sent():
        return _page(outcome, form, a, b, 400)
    try:
        done = _merge(kind, a, b, form)
        commit()
    except StaleRecord:
        flash(_("One of the two was changed meanwhile. Please compare them again."), "warning")
        return show_pair(kind, a, b, 409)
    except Refused as refused:
        put_on(form, refused)
        return _page(_outcome(kind, a, b), form, a, b, 422)
    flash(
        _("Two records have become one. %(number)s now leads here.", number=done.other), "success"
    )
    return redirect(url_for(".merge_page", change=done.change), code=303)


def _outcome(kind: PairKind, a: str, b: str) -> Preview:
    return preview(
        kind, a, b, viewer=the_viewer(), survivor=_survivor(), chosen=request.values,
        home=request.values.get("home", ""),
    )  # fmt: skip


def _survivor() -> str:
    return B if request.values.get("survivor") == B else A


def _page(outcome: Preview, form: MergeForm, a: str, b: str, status: int = 200) -> Page:
    return page(
        "duplicates/preview.html", status, outcome=outcome, form=form, a=a, b=b,
        place=PLACES[outcome.kind], survivor=_survivor(), home=request.values.get("home", ""),
        heirs=_heirs(), heir=HEIR,
    )  # fmt: skip


def _heirs() -> dict[str, str]:
    return {
        name.removeprefix(HEIR): value
        for name, value in request.form.items()
        if name.startswith(HEIR)
    }


def _merge(kind: PairKind, a: str, b: str, form: MergeForm) -> Merged:
    units = PERSON_UNITS if kind == PairKind.PERSON else HOUSEHOLD_UNITS
    ours = Ours(
        survivor=_survivor(),
        units={unit.name: request.form.get(unit.name, "") for unit in units},
        home=request.form.get("home", ""),
        heirs=_heirs(),
        reason=form.reason.data or "",
    )
    merge = merge_people if kind == PairKind.PERSON else merge_houses
    return merge(actor=the_viewer(), a=a, b=b, version=form.seen_version, ours=ours)


@blueprint.get("/registry/merges/<change>")
@requires(Permission.VIEW_REGISTRY)
def merge_page(change: str) -> Page:
    """One merge: what it did, how it is taken back, and what stayed when it was."""
    report = merge_report(change, viewer=the_viewer())
    return page("duplicates/merge.html", report=report, form=UndoMergeForm())


@blueprint.post("/registry/merges/<change>/undo")
@requires(Permission.MERGE_REGISTRY)
def undo_merge_page(change: str) -> Page | Response:
    """Two records again."""
    form = UndoMergeForm()
    report = merge_report(change, viewer=the_viewer())
    if not form.sent():
        return page("duplicates/merge.html", 400, report=report, form=form)
    try:
        undo_merge(actor=the_viewer(), number=change, reason=form.reason.data or "", heirs=_heirs())
        commit()
    except Refused as refused:
        put_on(form, refused)
        return _still_one(change, form, refused)
    flash(_("There are two records again. What was written since has stayed."), "success")
    return redirect(url_for(".merge_page", change=change), code=303)


def _still_one(change: str, form: UndoMergeForm, refused: Refused) -> Page:
    """Why not, with what stands in the way and, where a household would lose its head, the choice
    of who becomes it."""
    viewer = the_viewer()
    report = merge_report(change, viewer=viewer)
    standing = refused if isinstance(refused, StandsOn) else StandsOn()
    return page(
        "duplicates/merge.html", 422, report=report, form=form,
        later=told_briefly(standing.later, viewer=viewer), heads=standing.heads, heirs=_heirs(),
        heir=HEIR,
    )  # fmt: skip


@blueprint.errorhandler(MergedAway)
def lead_to_survivor(merged: MergedAway) -> Response:
    """An old number leads to the record it has become part of, with a sentence."""
    words = _("The record %(old)s has become part of %(new)s. This is it.",
              old=merged.number, new=merged.survivor)  # fmt: skip
    change = merge_of(merged.kind, merged.number)
    if change:
        link = Markup(' <a href="{}">{}</a>')
        words = escape(words) + link.format(
            url_for(".merge_page", change=change), _("See how they became one, or undo it")
        )
    flash(words, "info")
    endpoint = f".{merged.kind}"
    known = request.view_args or {}
    same = known.get("number") == merged.number
    if request.method == "GET" and request.endpoint and same:
        args = known | {"number": merged.survivor}
        return redirect(url_for(request.endpoint, **args), code=302)
    return redirect(url_for(endpoint, number=merged.survivor), code=303)
