"""Asking a colleague to take a case over, and their answer."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from welfare.cases.queries import tasks_held
from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.dispatch import queries, services
from welfare.dispatch.forms import AnswerForm, RefuseTransferForm, TransferForm
from welfare.dispatch.views.blueprints import (
    Page,
    back_to_case,
    category_names,
    dispatch,
    field,
    proper,
    show_refusal,
)
from welfare.dispatch.views.reasons import ranked_words, skill_names


@dispatch.route("/cases/<number>/transfer", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, Permission.ASSIGN_CASES)
def transfer(number: str) -> Page:
    """Ask somebody to take the case over; until they agree it stays where it is."""
    number, viewer = proper(number), the_viewer()
    held = queries.assignments_of(number, viewer=viewer)
    if not held.may_transfer:
        raise Forbidden
    form = TransferForm(data={"seen": str(held.seen)})
    if not form.sent():
        return _page(held, form, 400 if request.method == "POST" else 200)

    def act() -> str:
        return str(
            services.ask_transfer(
                actor=viewer,
                number=number,
                worker_id=form.worker_id,
                note=form.note.data or "",
                seen=form.seen_assignment,
                tasks=form.tasks,
            )
        )

    try:
        form.once("case-transfer", act)
    except Refused as refusal:
        show_refusal(form, refusal, "worker")
        held = queries.assignments_of(number, viewer=viewer)
        form.seen.data = str(held.seen)
        return _page(held, form, 422)
    flash(_("Asked. Until they agree the case stays where it is."), "success")
    return back_to_case(number, "assignments")


def _page(held: queries.CaseAssignments, form: TransferForm, status: int) -> Page:
    viewer = the_viewer()
    ranked = queries.receivers(held, viewer=viewer)
    fit = [one for one in ranked if one.allowed]
    skills = skill_names()
    form.worker.choices = [(str(one.member.id), one.member.name) for one in fit]
    if request.method == "GET":
        audit.read(viewer, "case", held.case.number)
    page = render_template(
        "dispatch/transfer.html",
        held=held,
        form=form,
        tasks=tasks_held(held.case.id, {held.case.assignee_id or 0}),
        hints={str(one.member.id): ranked_words(one, skills) for one in fit},
        barred=[
            f"{one.member.name}: {ranked_words(one, skills)}" for one in ranked if not one.allowed
        ],
    )
    return page, status


@dispatch.post("/transfers/<int:transfer_id>/withdraw")
@requires(Permission.WORK_CASES, Permission.ASSIGN_CASES)
def withdraw_transfer(transfer_id: int) -> Page:
    """Take the question back."""
    if not AnswerForm().sent():
        return redirect(url_for("cases.worklist"), code=303)
    number = services.withdraw_transfer(actor=the_viewer(), transfer_id=transfer_id)
    commit()
    flash(_("Nobody is asked any more. The case stays where it is."), "success")
    return back_to_case(number, "assignments")


@field.get("/transfers/<int:transfer_id>")
@requires(Permission.WORK_CASES)
def asked(transfer_id: int) -> Page:
    """A case that one is asked to take over."""
    return _asked_page(transfer_id, RefuseTransferForm(formdata=None), 200)


def _asked_page(transfer_id: int, form: RefuseTransferForm, status: int) -> Page:
    page = render_template(
        "field/asked.html",
        asked=queries.asked(transfer_id, viewer=the_viewer()),
        form=form,
        names=category_names(),
    )
    return page, status


@field.post("/transfers/<int:transfer_id>/agree")
@requires(Permission.WORK_CASES)
def agree_transfer(transfer_id: int) -> Page:
    """Take it over."""
    if not AnswerForm().sent():
        return redirect(url_for("field.asked", transfer_id=transfer_id), code=303)
    number = services.agree_transfer(actor=the_viewer(), transfer_id=transfer_id)
    commit()
    flash(_("The case is yours now."), "success")
    return back_to_case(number, "visits")


@field.post("/transfers/<int:transfer_id>/refuse")
@requires(Permission.WORK_CASES)
def refuse_transfer(transfer_id: int) -> Page:
    """Say no, with a reason."""
    form = RefuseTransferForm()
    if not form.sent():
        return _asked_page(transfer_id, form, 400)
    services.refuse_transfer(
        actor=the_viewer(), transfer_id=transfer_id, reason=form.reason.data or ""
    )
    commit()
    flash(_("You have said no. The case stays where it is, and your reason is read."), "success")
    return redirect(url_for("field.home"), code=303)
