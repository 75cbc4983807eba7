"""The lists of casework: checklists by category, standard texts, reasons of risk, days."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.admin.forms.casework import (
    CareDaysForm,
    ChecklistForm,
    EndReasonForm,
    NewTextForm,
    ReasonForm,
    TextForm,
)
from welfare.admin.views.blueprint import Answer, blueprint, commit_and_forget, forget, place
from welfare.cases.kinds import CareDays
from welfare.cases.labels import BLANKS, CARE_DAYS, STATUSES, TEXT_USES
from welfare.cases.queries import categories, category_by_code, category_by_id
from welfare.cases.queries.lists import (
    TextRow,
    care_days,
    care_rules,
    checklist_sizes,
    editions_of,
    risk_reasons,
    standard_texts,
    text_file,
)
from welfare.cases.services.care.lists import (
    MOST_ITEMS,
    add_reason,
    add_text,
    edit_text,
    end_reason,
    item_fields,
    save_checklist,
    set_care_days,
)
from welfare.core import clock
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.templating import language


@blueprint.get("/checklists")
@requires(Permission.MANAGE_LISTS)
def checklists() -> str:
    """The checklist of every category."""
    sizes = checklist_sizes()
    rows = [(row, sizes.get(row.id)) for row in categories(active_only=False)]
    return render_template("admin/checklists.html", rows=rows)


@blueprint.route("/checklists/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def checklist(code: str) -> Answer:
    """One of them; each change is a new edition, for cases opened from then on."""
    category = category_by_code(code)
    if category is None:
        raise NotFound
    editions = editions_of(category.id)
    newest = editions[0] if editions else None
    begun: dict[str, Any] = item_fields(newest)
    begun["version"] = str(newest.edition if newest else 0)
    form = ChecklistForm(data=begun)
    values = {
        "name": category.name(language()),
        "editions": editions,
        "places": range(1, MOST_ITEMS + 1),
    }
    page = "admin/checklist.html"
    if request.method == "POST" and "move" in request.form:
        way, _gap, place = request.form["move"].partition(":")
        form.move(whole(place) or 0, -1 if way == "up" else 1)
        return render_template(page, form=form, **values), 200
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template(page, form=form, **values), status
    changed = save_checklist(
        actor=the_viewer(),
        category_id=category.id,
        edition=form.seen_version,
        items=form.items(),
    )
    commit_and_forget()
    if changed:
        flash(_("Saved. Cases that are open keep the list they began with."), "success")
    else:
        flash(_("Nothing was changed."), "info")
    return redirect(url_for("admin.checklists"), 303)


@blueprint.get("/texts")
@requires(Permission.MANAGE_LISTS)
def texts() -> str:
    """All standard texts."""
    names = {row.id: row.name(language()) for row in categories(active_only=False)}
    return render_template(
        "admin/texts.html",
        texts=standard_texts(),
        names=names,
        uses=TEXT_USES,
        states=STATUSES,
    )


def _text_page(form: Any, status: int | None = None, held: TextRow | None = None) -> Answer:
    shown = status or (400 if request.method == "POST" else 200)
    page = render_template("admin/text.html", form=form, held=held, blanks=BLANKS)
    return page, shown


def _offer_categories(form: Any) -> None:
    form.of_category.choices = offered(
        [
            ("", _("Every category")),
            *((row.code, row.name(language())) for row in categories(active_only=False)),
        ]
    )


def _category_id(form: Any) -> int | None:
    found = category_by_code(form.of_category.data or "")
    return found.id if found else None


@blueprint.route("/texts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def new_text() -> Answer:
    """A new one."""
    form = NewTextForm()
    _offer_categories(form)
    if not form.sent():
        return _text_page(form)

    def act() -> str:
        return str(add_text(actor=the_viewer(), facts=form.facts(_category_id(form))))

    try:
        form.once("standard-text", act)
    except Refused as refusal:
        place(refusal, form, "body")
        return _text_page(form, 422)
    forget()
    flash(_("The text is kept. It is offered within a minute."), "success")
    return redirect(url_for("admin.texts"), 303)


@blueprint.route("/texts/<int:text_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def edit_text_page(text_id: int) -> Answer:
    """One of them; what was written with it stays as it was sent."""
    held = text_file(text_id)
    category = category_by_id(held.category_id) if held.category_id else None
    form = TextForm(
        data={
            "text_name": held.name,
            "use": held.use.value,
            "of_category": category.code if category else "",
            "in_state": held.status.value if held.status else "",
            "body": held.body,
            "active": held.active,
            "version": str(held.version),
        }
    )
    _offer_categories(form)
    if not form.sent():
        return _text_page(form, held=held)
    try:
        edit_text(
            actor=the_viewer(),
            text_id=text_id,
            version=form.seen_version,
            facts=form.facts(_category_id(form)),
        )
    except Refused as refusal:
        place(refusal, form, "body")
        return _text_page(form, 422, held)
    commit_and_forget()
    flash(_("Saved."), "success")
    return redirect(url_for("admin.texts"), 303)


@blueprint.route("/casework", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def casework() -> Answer:
    """Numbers of days, and the reasons that may be given for a risk."""
    form = CareDaysForm(data={"effective_from": clock.today()})
    if not form.sent():
        return _casework_page(form, ReasonForm(formdata=None, data=_from_today()))

    def act() -> str:
        set_care_days(
            actor=the_viewer(),
            kind=CareDays(form.kind.data),
            days=form.days.data or 0,
            effective_from=form.effective_from.data,
            source=form.care_source.data or "",
        )
        return str(form.kind.data)

    try:
        form.once("care-days", act)
    except Refused as refusal:
        place(refusal, form, "effective_from")
        return _casework_page(form, ReasonForm(formdata=None, data=_from_today()), 422)
    forget()
    flash(_("Saved."), "success")
    return redirect(url_for("admin.casework"), 303)


def _from_today() -> dict[str, Any]:
    return {"offered_from": clock.today()}


def _casework_page(days: Any, reason: Any, status: int | None = None) -> Answer:
    shown = status or (400 if request.method == "POST" else 200)
    page = render_template(
        "admin/casework.html",
        days=days,
        reason=reason,
        rules=care_rules(),
        now={kind: care_days(kind) for kind in CareDays},
        reasons=risk_reasons(),
        words=CARE_DAYS,
        today=clock.today(),
    )
    return page, shown


@blueprint.post("/casework/reasons")
@requires(Permission.MANAGE_LISTS)
def new_reason() -> Answer:
    """A further reason that may be given."""
    form = ReasonForm()
    if not form.sent():
        begun = {"effective_from": clock.today()}
        return _casework_page(CareDaysForm(formdata=None, data=begun), form, 400)

    def act() -> str:
        made = add_reason(
            actor=the_viewer(),
            name_th=form.reason_th.data or "",
            name_en=form.reason_en.data or "",
            effective_from=form.offered_from.data,
        )
        return str(made)

    form.once("risk-reason", act)
    forget()
    flash(_("The reason is kept."), "success")
    return redirect(url_for("admin.casework", _anchor="reasons"), 303)


@blueprint.route("/casework/reasons/<int:reason_id>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def end_reason_page(reason_id: int) -> Answer | Response:
    """Until when a reason is offered."""
    held = next((row for row in risk_reasons() if row.id == reason_id), None)
    if held is None:
        raise NotFound
    form = EndReasonForm(data={"last_day": clock.today(), "version": str(held.version)})
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("admin/risk_reason.html", form=form, held=held), status
    try:
        end_reason(
            actor=the_viewer(),
            reason_id=reason_id,
            version=form.seen_version,
            last_day=form.last_day.data,
        )
    except Refused as refusal:
        place(refusal, form, "last_day")
        return render_template("admin/risk_reason.html", form=form, held=held), 422
    commit_and_forget()
    flash(_("Saved."), "success")
    return redirect(url_for("admin.casework", _anchor="reasons"), 303)
