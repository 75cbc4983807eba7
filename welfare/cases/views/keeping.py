"""Views of the worklist that are kept, and one step for many of its cases."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.cases import queries, services
from welfare.cases.forms.worklist import (
    SHARING,
    BulkForm,
    ChangeViewForm,
    ChooseViewForm,
    PutViewBackForm,
    RemoveViewForm,
    SaveViewForm,
)
from welfare.cases.kinds import Sharing
from welfare.cases.policies import can_share_views
from welfare.cases.queries.views import COLUMNS, bulk_rows, canonical, removed_view, views_of
from welfare.cases.views.blueprint import blueprint
from welfare.cases.views.worklist import asked_pairs, column_words, columns_asked
from welfare.cases.workflow import Priority
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.templating import language

MOST = 50
Page = str | Response | tuple[str, int]


@blueprint.route("/views", methods=["GET", "POST"])
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def views() -> Page:
    """The views that one finds; columns; keeping what is asked of the list now."""
    viewer, form = the_viewer(), SaveViewForm()
    if request.method == "GET":
        form.query.data = canonical(asked_pairs())
    if not form.sent():
        return _views_page(form, 400 if request.method == "POST" else 200)
    query = canonical(parse_qsl(form.query.data or ""))

    def act() -> str:
        return str(
            services.save_view(
                actor=viewer,
                name=form.name.data or "",
                query=query,
                sharing=Sharing(form.sharing.data),
                role=form.chosen_role,
                default=bool(form.default.data),
            )
        )

    try:
        form.once("view-saved", act)
    except Refused as refusal:
        field = refusal.field if refusal.field in form else "name"
        form[field].errors = [refusal.message]
        return _views_page(form, 422)
    flash(_("The view is kept. It stands above the list."), "success")
    return redirect(url_for("cases.worklist") + (f"?{query}" if query else ""), code=303)


def _views_page(form: SaveViewForm, status: int, changing: ChangeViewForm | None = None) -> Page:
    viewer, found = the_viewer(), views_of(the_viewer())
    asked = whole(request.args.get("change", "")) or (request.view_args or {}).get("view_id")
    changed = next((one for one in found if one.id == asked and one.may_change), None)
    if changed is not None and changing is None:
        changing = ChangeViewForm(
            formdata=None, name=changed.name, sharing=changed.sharing.value,
            role=changed.role or "", version=str(changed.version), query=canonical(asked_pairs()),
        )  # fmt: skip
    for one in (form, changing):
        if one is not None and not can_share_views(viewer):
            del one.role
            one.sharing.choices = [(Sharing.PRIVATE.value, SHARING[Sharing.PRIVATE])]
    removed = whole(request.args.get("removed", "")) or 0
    page = render_template(
        "cases/views.html",
        form=form,
        changed=changed,
        changing=changing,
        removed=removed,
        removed_name=removed_view(removed, viewer=viewer) if removed else "",
        views=found,
        sharing=SHARING,
        columns=COLUMNS,
        chosen=columns_asked(),
        words=column_words(),
        kept=[
            (name, value)
            for name, value in asked_pairs()
            if name not in {"columns", "change", "removed"}
        ],
        query=canonical(asked_pairs()),
        may_share=can_share_views(viewer),
    )
    return page, status


@blueprint.post("/views/<int:view_id>/change")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def change_view(view_id: int) -> Page:
    """Give a view another name, other people who find it, or what is asked now."""
    form = ChangeViewForm()
    if not form.sent():
        return _views_page(SaveViewForm(formdata=None), 400, form)
    query = canonical(parse_qsl(form.query.data or ""))
    try:
        services.change_view(
            actor=the_viewer(),
            view_id=view_id,
            version=form.seen_version,
            name=form.name.data or "",
            sharing=Sharing(form.sharing.data),
            role=form.chosen_role,
            query=query if form.renew.data else None,
        )
        commit()
    except Refused as refusal:
        field = refusal.field if refusal.field in form else "name"
        form[field].errors = [refusal.message]
        return _views_page(SaveViewForm(formdata=None), 422, form)
    flash(_("Saved."), "success")
    return redirect(url_for("cases.views"), code=303)


@blueprint.post("/views/<int:view_id>/back")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def put_view_back(view_id: int) -> Response:
    """Undo that a view was taken away."""
    if PutViewBackForm().sent():
        services.put_view_back(actor=the_viewer(), view_id=view_id)
        commit()
        flash(_("The view is back."), "success")
    return redirect(url_for("cases.views"), code=303)


@blueprint.post("/views/<int:view_id>/remove")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def remove_view(view_id: int) -> Response:
    """Take a view away."""
    form = RemoveViewForm()
    if form.sent():
        services.remove_view(actor=the_viewer(), view_id=view_id, version=form.seen_version)
        commit()
        return redirect(url_for("cases.views", removed=view_id), code=303)
    return redirect(url_for("cases.views"), code=303)


@blueprint.post("/views/<int:view_id>/default")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def choose_view(view_id: int) -> Response:
    """Let one's list open with a view, or no longer."""
    if ChooseViewForm().sent():
        services.choose_view(actor=the_viewer(), view_id=view_id)
        commit()
        flash(_("Saved."), "success")
    return redirect(url_for("cases.views"), code=303)


@blueprint.route("/bulk", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def bulk() -> Page:
    """What would be done with the ticked cases and with which not; then it is done."""
    viewer, form = the_viewer(), BulkForm()
    picked = list(dict.fromkeys(request.values.getlist("pick")))[:MOST]
    if request.method == "GET" or "step" not in request.form:
        return _bulk_page(BulkForm(formdata=None), picked, 200)
    if not form.sent() or not picked:
        return _bulk_page(form, picked, 400)
    versions = {number: _version(number) for number in picked}

    def act() -> str:
        words = form.words.data or ""
        if form.step.data == "priority":
            told = services.set_priorities(
                actor=viewer, versions=versions, priority=Priority(form.priority.data)
            )
        elif form.step.data == "note":
            told = services.note_on_each(actor=viewer, versions=versions, text=words)
        else:
            told = services.task_on_each(actor=viewer, versions=versions, title=words)
        if not told[0]:
            raise Refused("\n".join(f"{number}: {why}" for number, why in told[1]))
        return json.dumps(told)

    try:
        done, left = json.loads(form.once("cases-bulk", act))
    except Refused as refusal:
        form.step.errors = [refusal.message]
        return _bulk_page(form, picked, 422)
    flash(_("Done for %(n)s cases.", n=len(done)), "success")
    if left:
        lines = "; ".join(f"{number}: {why}" for number, why in left)
        flash(_("Left as they were: %(cases)s", cases=lines), "warning")
    return redirect(url_for("cases.worklist"), code=303)


def _version(number: str) -> int:
    return whole(request.form.get(f"version-{number}", "")) or 0


def _bulk_page(form: BulkForm, picked: list[str], status: int) -> Page:
    viewer = the_viewer()
    rows = bulk_rows(picked, viewer=viewer)
    page = render_template(
        "cases/bulk.html",
        form=form,
        rows=rows,
        versions={
            row.number: request.form.get(f"version-{row.number}", row.version) for row in rows
        },
        missing=len(picked) - len(rows),
        names={row.id: row.name(language()) for row in queries.categories(active_only=False)},
        may_assign=viewer.can(Permission.ASSIGN_CASES),
    )
    return page, status
