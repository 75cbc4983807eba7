"""One visit on the phone: what is known of the house, and what was found there."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.conflict import conflict_of
from welfare.core.web.held import TypedField, typed_fields
from welfare.core.web.labels import label_of
from welfare.dispatch import queries, services
from welfare.dispatch.forms import PlanForm, RecordForm, SettleForm, placed, plan_form
from welfare.dispatch.forms.visits import VISIT_KINDS
from welfare.dispatch.queries import VisitFile
from welfare.dispatch.queries.adl import adl_of
from welfare.dispatch.services import Found
from welfare.dispatch.views import photos
from welfare.dispatch.views.blueprints import Page, category_names, field, show_refusal
from welfare.dispatch.workflow import VisitStatus


@field.get("/visits/<number>")
@requires(Permission.VIEW_CASES)
def visit(number: str) -> Page:
    """The visit, with the form to record it under the thumb."""
    viewer = the_viewer()
    file = queries.visit_file(number.upper(), viewer=viewer)
    form = RecordForm(formdata=None, data=_written(file))
    audit.read(viewer, "visit", file.visit.number)
    return _page(file, form, [], 200)


def _written(file: VisitFile) -> dict[str, str | date | None]:
    visit = file.visit
    return {
        "version": str(visit.version),
        "kind": visit.kind.value,
        "findings": visit.findings,
        "who_present": visit.who_present,
        "needs": visit.needs,
        "next_visit_on": visit.next_visit_on,
    }


@field.post("/visits/<number>")
@requires(Permission.WORK_CASES)
def record(number: str) -> Page:
    """Write down what was found; photos are kept whatever else is wrong with the form."""
    file = queries.visit_file(number.upper(), viewer=the_viewer())
    if not file.visit.may_record and file.visit.status in (VisitStatus.PLANNED, VisitStatus.DONE):
        raise Forbidden
    form = RecordForm()
    kept, problems = photos.take(photos.carried())
    valid = form.sent()
    form.photos.errors = problems
    if not valid or problems:
        return _page(file, form, kept, 400)
    try:
        _save(file, form, kept)
    except StaleRecord as stale:
        return _conflict(stale, kept)
    except Refused as refusal:
        show_refusal(form, refusal, "findings")
        return _page(file, form, kept, 422)
    flash(_("The visit is recorded."), "success")
    if request.form.get("go") == "adl" and file.subject:
        return redirect(url_for("field.adl", number=file.visit.number), code=303)
    return redirect(url_for("field.visit", number=file.visit.number), code=303)


def _save(file: VisitFile, form: RecordForm, kept: list[str]) -> None:
    services.record_visit(
        actor=the_viewer(),
        number=file.visit.number,
        version=form.seen_version,
        found=Found(
            kind=form.visit_kind,
            findings=form.findings.data or "",
            who_present=form.who_present.data or "",
            needs=form.needs.data or "",
            visited_on=form.visited_on.data,
            next_visit_on=form.next_visit_on.data,
        ),
        photo_ids=kept,
    )
    commit()


def _conflict(stale: StaleRecord, kept: list[str]) -> Page:
    """Both versions to choose from; the photos of this one go along."""
    typed = [item for item in typed_fields() if item.name not in ("version", photos.FIELD)]
    carried = [
        TypedField(photos.FIELD, photos.signed(public_id), label_of("photos")) for public_id in kept
    ]
    page = render_template(
        "errors/conflict.html",
        conflict=conflict_of([*typed, *carried], stale.current),
        version=stale.version,
        action=request.path,
    )
    return page, 409


def _page(file: VisitFile, form: RecordForm, kept: list[str], status: int) -> Page:
    page = render_template(
        "field/visit.html",
        file=file,
        visit=file.visit,
        kinds=VISIT_KINDS,
        category=category_names().get(file.category_id, ""),
        form=placed(form, "record"),
        kept=photos.shown(kept),
        plan=_next_plan(file),
        adl=adl_of(file.visit.number, file.visit.worker_id, viewer=the_viewer()),
    )
    return page, status


def _next_plan(file: VisitFile) -> PlanForm | None:
    """The form for the next visit, once this one asked for it and nobody has planned one."""
    wanted = file.visit.next_visit_on
    if wanted is None or file.planned_next or not file.may_plan:
        return None
    return placed(plan_form(planned_on=wanted, purpose=file.visit.purpose), "plan")


@field.route("/visits/<number>/missed", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def missed(number: str) -> Page | Response:
    """The visit did not take place: why."""
    viewer = the_viewer()
    file = queries.visit_file(number.upper(), viewer=viewer)
    open_still = file.visit.status == VisitStatus.PLANNED
    if not file.visit.may_record and (open_still or request.method == "GET"):
        raise Forbidden
    form = SettleForm(data={"version": str(file.visit.version)})
    status = 400
    if form.sent():
        try:
            services.miss_visit(
                actor=viewer,
                number=file.visit.number,
                version=form.seen_version,
                reason=form.reason.data or "",
            )
            commit()
        except Refused as refusal:
            show_refusal(form, refusal, "reason")
            status = 422
        else:
            flash(_("Noted that the visit did not take place."), "success")
            return redirect(url_for("field.home"), code=303)
    if request.method == "GET":
        audit.read(viewer, "visit", file.visit.number)
        status = 200
    return render_template("field/missed.html", file=file, form=placed(form, "missed")), status
