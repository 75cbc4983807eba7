"""A deadline set by hand; why a case is late; what nobody has answered."""

from __future__ import annotations

from flask import flash, render_template
from werkzeug.wrappers import Response

from welfare.cases.forms.deadlines import DelayForm, HandForm
from welfare.cases.kinds import Stage
from welfare.cases.labels import STAGES
from welfare.cases.queries.deadlines.late import questions
from welfare.cases.services.deadlines.by_hand import set_deadline
from welfare.cases.services.deadlines.delays import answer_why_late
from welfare.cases.views.blueprint import back_to, blueprint, proper
from welfare.cases.views.page import hand_form, show
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer

Answer = Response | tuple[str, int]


@blueprint.post("/<number>/deadline")
@requires(Permission.DECIDE_ASSISTANCE)
def deadline(number: str) -> Answer:
    """Let a deadline fall on another day, with the reason."""
    number = proper(number)
    form: HandForm = hand_form(sent=True)
    day = form.due_on.data
    if not form.sent() or day is None:
        return show(number, form=form, failed="deadline"), 400
    try:
        set_deadline(
            actor=the_viewer(),
            number=number,
            version=form.seen_version,
            stage=Stage(form.stage.data),
            due_on=day,
            reason=form.reason.data or "",
        )
        commit()
    except Refused as refusal:
        name = refusal.field if refusal.field in ("stage", "due_on") else "due_on"
        form[name].errors = [refusal.message]
        return show(number, form=form, failed="deadline"), 422
    flash(_("The deadline is set. The case shows who set it and why."), "success")
    return back_to(number, "deadlines")


@blueprint.post("/<number>/why-late")
@requires(Permission.EDIT_CASES)
def why_late(number: str) -> Answer:
    """The reason why a case is late."""
    number, form = proper(number), DelayForm()
    if not form.sent():
        return show(number, form=form, failed="late"), 400

    def act() -> str:
        answer_why_late(actor=the_viewer(), number=number, reason=form.why_late.data or "")
        return number

    try:
        form.once("case-why-late", act)
    except Refused as refusal:
        form.why_late.errors = [refusal.message]
        return show(number, form=form, failed="late"), 422
    flash(_("The reason stands on the timeline."), "success")
    return back_to(number, "timeline")


@blueprint.get("/late")
@requires(Permission.ASSIGN_CASES, Permission.VIEW_REPORTS)
def unanswered() -> str:
    """Cases that are late and of which nobody has said why."""
    return render_template(
        "cases/unanswered.html",
        rows=questions(viewer=the_viewer(), everybodys=True),
        stages={stage: str(words) for stage, words in STAGES.items()},
    )
