"""Making one case of two: finding the other, comparing, the deed, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.cases import queries, services
from welfare.cases.errors import MergedAway
from welfare.cases.forms.merging import ApartForm, MergeCasesForm, UndoCaseMergeForm
from welfare.cases.labels import FIELDS, HANGING, PRIORITIES, SENSITIVITIES, STATUSES, WHY_ALIKE
from welfare.cases.policies import can_edit, can_merge
from welfare.cases.queries.merging import Comparison, compare, merges_of
from welfare.cases.services import Chosen, Pair, Side
from welfare.cases.views.blueprint import back_to, blueprint, category_names, proper
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.failures import refused_page

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@blueprint.route("/<number>/merge", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def merge(number: str) -> Answer:
    """Which other case is the same; then both side by side; sent, they are one."""
    number, viewer = proper(number), the_viewer()
    case = queries.case_file(number, viewer=viewer)
    if not can_merge(viewer, case):
        raise Forbidden
    typed = request.values.get("other", "").strip()
    other = _number(typed)
    try:
        both = _compared(number, other) if other and other != number else None
    except MergedAway as led:
        if request.method == "GET":
            raise
        return refused_page(Refused(led.message))
    if both is None:
        audit.read(viewer, "case", number)
        page = render_template(
            "cases/merge_find.html", case=case, typed=typed, alike=case.beside.alike,
            same=other == number, names=category_names(), why=WHY_ALIKE, states=STATUSES,
        )  # fmt: skip
        return page, 422 if request.method == "POST" else 200
    form = MergeCasesForm(formdata=request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        return _merged(number, other, form)
    return _comparison(both, form, 400 if request.method == "POST" else 200)


def _number(typed: str) -> str:
    try:
        return str(parse_reference(typed, prefix=CASE)) if typed else ""
    except InputFault:
        return ""


def _compared(number: str, other: str) -> Comparison | None:
    try:
        return compare(number, other, viewer=the_viewer())
    except NotFound:
        return None


def _merged(number: str, other: str, form: MergeCasesForm) -> Answer:
    names = ("title", "summary", "category", "priority", "subject", "worker")
    chosen = Chosen(**{name: Side(form[name].data) for name in names})
    try:
        services.merge_cases(
            actor=the_viewer(),
            pair=Pair(number, other, form.seen_version, form.seen_other),
            chosen=chosen,
            reason=form.reason.data or "",
        )
        commit()
    except StaleRecord:
        words = _("One of the two was changed meanwhile. Please compare them again.")
        return _once_more(number, other, form, words, 409)
    except MergedAway:
        raise
    except Refused as refusal:
        return _once_more(number, other, form, refusal.message, 422)
    flash(_("Two cases have become one. %(other)s now leads here.", other=other), "success")
    return back_to(number)


def _once_more(number: str, other: str, form: MergeCasesForm, words: str, status: int) -> Answer:
    """The comparison as it is now, with what was chosen and written."""
    db.session.rollback()
    both = _compared(number, other)
    if both is None:
        raise Refused(words)
    form.reason.errors = [words]
    return _comparison(both, form, status)


def _comparison(both: Comparison, form: MergeCasesForm, status: int) -> Answer:
    viewer = the_viewer()
    if request.method == "GET" or status != 400:
        form.version.data = str(both.ours.version)
        form.other_version.data = str(both.theirs.version)
    form.other.data = both.theirs.number
    may = can_merge(viewer, both.ours) and can_merge(viewer, both.theirs)
    audit.read_several(viewer, "case", (both.ours.number, both.theirs.number))
    page = render_template(
        "cases/merge.html", both=both, form=form, may=may, names=category_names(), states=STATUSES,
        levels=SENSITIVITIES, priorities=PRIORITIES, hanging=HANGING,
        may_swap=can_edit(viewer, both.theirs),
    )  # fmt: skip
    return page, status


@blueprint.post("/<number>/two")
@requires(Permission.EDIT_CASES)
def apart(number: str) -> Answer:
    """They look like one and are two."""
    number, form = proper(number), ApartForm()
    queries.case_id_of(number, viewer=the_viewer())
    other = _number(form.other.data or "")
    if form.sent() and other:
        services.say_apart(actor=the_viewer(), number=number, other=other)
        commit()
        flash(_("%(other)s is not offered as the same case any more.", other=other), "success")
    return back_to(number)


@blueprint.get("/<number>/merges")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def merges(number: str) -> Answer:
    """What became part of this case, what would go back, and what stayed when it was undone."""
    return _merges(proper(number))


def _merges(number: str, form: UndoCaseMergeForm | None = None, sent: int = 0) -> str:
    viewer = the_viewer()
    case = queries.case_file(number, viewer=viewer)
    values: dict[str, Any] = {
        "case": case,
        "merges": merges_of(number, viewer=viewer),
        "may_undo": can_edit(viewer, case),
        "form": form or UndoCaseMergeForm(formdata=None),
        "sent": sent,
        "hanging": HANGING,
        "fields": FIELDS,
    }
    audit.read(viewer, "case", number)
    return render_template("cases/merges.html", **values)


@blueprint.post("/<number>/merges/<int:merge_id>/undo")
@requires(Permission.EDIT_CASES)
def undo_merge(number: str, merge_id: int) -> Answer:
    """Two cases again."""
    number, form = proper(number), UndoCaseMergeForm()
    if not form.sent():
        return _merges(number, form, merge_id), 400
    try:
        other = services.undo_merge(
            actor=the_viewer(), merge_id=merge_id, version=form.seen_version,
            reason=form.why.data or "",
        )  # fmt: skip
        commit()
    except MergedAway:
        raise
    except Refused as refusal:
        form.why.errors = [refusal.message]
        return _merges(number, form, merge_id), 422
    flash(
        _("There are two cases again: %(other)s stands on its own. What came since stayed here.",
          other=other),
        "success",
    )  # fmt: skip
    return redirect(url_for("cases.merges", number=number), code=303)


@blueprint.app_errorhandler(MergedAway)
def lead_to_survivor(merged: MergedAway) -> Any:
    """An old number leads to the case it has become part of, with a sentence; what was sent to it
    is refused and shown again."""
    if request.method != "GET":
        return refused_page(merged)
    flash(merged.message, "info")
    known = dict(request.view_args or {})
    if not merged.survivor:
        return redirect(url_for("cases.worklist"), code=302)
    if request.endpoint and known.get("number") == merged.number:
        return redirect(url_for(request.endpoint, **known | {"number": merged.survivor}), code=302)
    return redirect(url_for("cases.page", number=merged.survivor), code=302)
