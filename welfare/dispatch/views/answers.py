"""Offering one case, accepting, declining, taking back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from welfare.core import audit
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.dispatch import queries, services
from welfare.dispatch.forms import (
    AcceptForm,
    DeclineForm,
    OfferForm,
    TakeBackForm,
    UndoForm,
    placed,
)
from welfare.dispatch.views.blueprints import Page, back_to_case, dispatch, proper, show_refusal
from welfare.dispatch.views.parts import offer_form


@dispatch.route("/cases/<number>/offer", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def offer(number: str) -> Page:
    """Give one case to a worker, with what each carries in sight."""
    number, viewer = proper(number), the_viewer()
    held = queries.assignments_of(number, viewer=viewer)
    if request.method == "GET" and not held.may_offer:
        raise Forbidden
    form = OfferForm(data={"seen": str(held.seen)})
    if not form.sent():
        return _offer_page(held, form, 400 if request.method == "POST" else 200)

    def act() -> str:
        services.offer_case(
            actor=viewer,
            number=number,
            worker_id=form.worker_id,
            note=form.note.data or "",
            seen=form.seen_assignment,
            companion_id=form.companion_id,
            tasks=form.tasks,
        )
        return number

    try:
        form.once("case-offer", act)
    except Refused as refusal:
        show_refusal(form, refusal, "worker")
        form.seen.data = str(queries.assignments_of(number, viewer=viewer).seen)
        return _offer_page(held, form, 422)
    flash(_("The case was offered. The worker sees it at once."), "success")
    return back_to_case(number, "assignments")


def _offer_page(held: queries.CaseAssignments, form: OfferForm, status: int) -> Page:
    viewer = the_viewer()
    form, loads, elsewhere = offer_form(held, viewer, form)
    if request.method == "GET":
        audit.read(viewer, "case", held.case.number)
    page = render_template(
        "dispatch/offer.html",
        held=held,
        form=form,
        loads=loads,
        elsewhere=elsewhere,
        tasks=held.tasks,
    )
    return page, status


@dispatch.post("/cases/<number>/accept")
@requires(Permission.WORK_CASES)
def accept(number: str) -> Page:
    """Accept a case that is offered to oneself."""
    number, form, viewer = proper(number), AcceptForm(), the_viewer()
    if form.sent():
        try:
            services.accept_case(actor=viewer, number=number)
        except NotFound:
            if not queries.was_given(number, viewer=viewer):
                raise
            flash(_("This case was taken back or given to somebody else meanwhile."), "warning")
            return redirect(url_for("field.home"), code=303)
        commit()
        flash(_("You have accepted the case."), "success")
    return back_to_case(number, "visits")


@dispatch.route("/cases/<number>/decline", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def decline(number: str) -> Page:
    """Decline a case that is offered to oneself, with a reason."""
    number, viewer = proper(number), the_viewer()
    held, form = queries.assignments_of(number, viewer=viewer), DeclineForm()
    if request.method == "GET" and not held.may_answer:
        raise Forbidden
    if not form.sent():
        return _reason_page("dispatch/decline.html", held, form)
    try:
        services.decline_case(
            actor=viewer, number=number, reason=form.reason.data or "", conflict=form.conflict
        )
        commit()
    except Refused as refusal:
        show_refusal(form, refusal, "reason")
        return _reason_page("dispatch/decline.html", held, form, 422)
    flash(_("You have declined the case. The office reads your reason."), "success")
    return _after_decline()


def _after_decline() -> Page:
    """The worker no longer sees the case: back to their own desk."""
    return redirect(url_for("field.home"), code=303)


@dispatch.route("/cases/<number>/take-back", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def take_back(number: str) -> Page:
    """Take a case back from its worker, with a reason."""
    number, viewer = proper(number), the_viewer()
    held = queries.assignments_of(number, viewer=viewer)
    if request.method == "GET" and not held.may_take_back:
        raise Forbidden
    form = TakeBackForm(data={"seen": str(held.seen)})
    if not form.sent():
        return _reason_page("dispatch/take_back.html", held, form)
    try:
        services.take_back_case(
            actor=viewer,
            number=number,
            reason=form.reason.data or "",
            seen=form.seen_assignment,
        )
        commit()
    except Refused as refusal:
        show_refusal(form, refusal, "reason")
        return _reason_page("dispatch/take_back.html", held, form, 422)
    flash(_("The case was taken back and waits for a worker."), "success")
    return back_to_case(number, "assignments")


@dispatch.post("/cases/<number>/undo-take-back")
@requires(Permission.ASSIGN_CASES)
def undo_take_back(number: str) -> Page:
    """It was not meant: the case goes on with its worker."""
    number, form = proper(number), UndoForm()
    queries.assignments_of(number, viewer=the_viewer())
    if form.sent():
        services.undo_take_back(actor=the_viewer(), number=number, version=form.seen_version)
        commit()
        flash(_("The case is with its worker again."), "success")
    return back_to_case(number, "assignments")


@dispatch.post("/cases/<number>/conflicts/<int:assignment_id>/lift")
@requires(Permission.ASSIGN_CASES)
def lift_conflict(number: str, assignment_id: int) -> Page:
    """What a worker told with a decline holds no more."""
    number, form = proper(number), UndoForm()
    queries.assignments_of(number, viewer=the_viewer())
    if form.sent():
        services.lift_conflict(
            actor=the_viewer(),
            number=number,
            assignment_id=assignment_id,
            version=form.seen_version,
        )
        commit()
        flash(_("Lifted. They can be proposed for this case again."), "success")
    return back_to_case(number, "assignments")


@dispatch.post("/cases/<number>/undo-decline")
@requires(Permission.WORK_CASES)
def undo_decline(number: str) -> Page:
    """It was not meant: the offer waits for the answer again."""
    number, form = proper(number), UndoForm()
    if form.sent():
        services.undo_decline(actor=the_viewer(), number=number, version=form.seen_version)
        commit()
        flash(_("The case is offered to you again."), "success")
        return back_to_case(number, "assignments")
    return _after_decline()


def _reason_page(
    template: str,
    held: queries.CaseAssignments,
    form: DeclineForm | TakeBackForm,
    status: int = 400,
) -> Page:
    if request.method == "GET":
        audit.read(the_viewer(), "case", held.case.number)
        status = 200
    return render_template(template, held=held, form=placed(form, "answer")), status
