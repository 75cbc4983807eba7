"""Planning a visit and calling one off."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for

from welfare.core import audit, clock
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.dispatch import queries, services
from welfare.dispatch.forms import PlanForm, SettleForm, placed
from welfare.dispatch.views.along import companions_of
from welfare.dispatch.views.blueprints import Page, back_to_case, dispatch, proper, show_refusal


@dispatch.route("/cases/<number>/visits", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, Permission.ASSIGN_CASES)
def plan(number: str) -> Page:
    """Plan a visit; ``go=now`` leads straight to its page to record it."""
    number, viewer = proper(number), the_viewer()
    held = queries.assignments_of(number, viewer=viewer)
    if request.method == "GET" and not held.may_plan:
        raise Forbidden
    form = PlanForm(data={"planned_on": _asked_day()})
    if not form.sent():
        return _plan_page(held, form, 400 if request.method == "POST" else 200)

    def act() -> str:
        return services.plan_visit(
            actor=viewer,
            number=number,
            planned_on=form.planned_on.data,
            planned_time=form.planned_time.data or "",
            purpose=form.purpose.data or "",
            companion_id=form.companion_id,
        )

    try:
        visit = form.once("visit-plan", act)
    except Refused as refusal:
        show_refusal(form, refusal, "planned_on")
        return _plan_page(held, form, 422)
    flash(_("The visit is planned."), "success")
    if request.form.get("go") == "now":
        return redirect(url_for("field.visit", number=visit), code=303)
    return back_to_case(number, "visits")


def _asked_day() -> date:
    """The day in the address (``?on=2026-11-30``), by default today."""
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today()


def _plan_page(held: queries.CaseAssignments, form: PlanForm, status: int) -> Page:
    if request.method == "GET":
        audit.read(the_viewer(), "case", held.case.number)
    day = form.planned_on.data if isinstance(form.planned_on.data, date) else clock.today()
    form.offer_companions(companions_of(held, day, the_viewer()))
    form = placed(form, "plan")
    return render_template("dispatch/plan.html", held=held, form=form), status


@dispatch.route("/visits/<number>/cancel", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, Permission.ASSIGN_CASES)
def cancel(number: str) -> Page:
    """Call a planned visit off, with the reason."""
    viewer = the_viewer()
    file = queries.visit_file(number.upper(), viewer=viewer)
    if request.method == "GET" and not file.visit.may_cancel:
        raise Forbidden
    form = SettleForm(data={"version": str(file.visit.version)})
    status = 400
    if form.sent():
        try:
            services.cancel_visit(
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
            flash(_("The visit was called off."), "success")
            return back_to_case(file.case.number, "visits")
    if request.method == "GET":
        audit.read(viewer, "visit", file.visit.number)
        status = 200
    return render_template("dispatch/cancel.html", file=file, form=placed(form, "cancel")), status
