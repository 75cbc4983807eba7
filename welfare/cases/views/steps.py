"""Waiting, going on, closing, reopening."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash
from werkzeug.wrappers import Response

from welfare.cases import services
from welfare.cases.forms import CloseForm, ReopenForm, ResumeForm, SendBackForm, WaitForm
from welfare.cases.kinds import WaitingFor
from welfare.cases.queries import load_case
from welfare.cases.views.blueprint import back_to, blueprint, proper
from welfare.cases.views.page import show
from welfare.cases.views.texts import wants_text
from welfare.cases.workflow import Outcome
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.forms import EditForm

Answer = Response | tuple[str, int]


def _take(number: str, form: EditForm, name: str, act: Callable[[], None], done: str) -> Answer:
    """Send a step, or show the case with what is not right yet."""
    if not form.sent():
        return show(number, form=form, failed=name), 400
    try:
        act()
    except Refused as refusal:
        if refusal.field not in form:
            raise
        form[refusal.field].errors = refusal.message.split("\n")
        return show(number, form=form, failed=name), 422
    commit()
    flash(done, "success")
    return back_to(number)


@blueprint.post("/<number>/wait")
@requires(Permission.EDIT_CASES)
def wait(number: str) -> Answer:
    """Stop the clock while somebody else is waited for."""
    number, form = proper(number), WaitForm()
    if wants_text():
        return show(number, form=form, failed="wait"), 200
    return _take(
        number,
        form,
        "wait",
        lambda: services.wait_case(
            actor=the_viewer(),
            number=number,
            version=form.seen_version,
            reason=form.reason.data or "",
            public=bool(form.tell.data),
            whom=WaitingFor(form.whom.data),
            until=form.wait_until.data,
        ),
        _("The case waits, and its deadline with it."),
    )


@blueprint.post("/<number>/resume")
@requires(Permission.EDIT_CASES)
def resume(number: str) -> Answer:
    """Go on; the deadline moves by the working days waited."""
    number, form = proper(number), ResumeForm()
    return _take(
        number,
        form,
        "resume",
        lambda: services.resume_case(actor=the_viewer(), number=number, version=form.seen_version),
        _("Work goes on. The deadline was reckoned anew."),
    )


@blueprint.post("/<number>/close")
@requires(Permission.CLOSE_CASES)
def close(number: str) -> Answer:
    """Close with an outcome; the citizen reads the text."""
    number, form = proper(number), CloseForm()
    if wants_text():
        return show(number, form=form, failed="close"), 200
    case = load_case(number, viewer=the_viewer())
    asks = services.asks_for_review(the_viewer(), case)
    done = _("The case is closed. The citizen can read the result.")
    if asks:
        done = _("Your manager reads it now. The citizen is told when the case is closed.")
    return _take(
        number,
        form,
        "close",
        lambda: services.close_case(
            actor=the_viewer(),
            number=number,
            version=form.seen_version,
            outcome=Outcome(form.outcome.data),
            outcome_note=form.outcome_note.data or "",
            open_known=bool(form.open_known.data),
        ),
        done,
    )


@blueprint.post("/<number>/send-back")
@requires(Permission.DECIDE_ASSISTANCE)
def send_back(number: str) -> Answer:
    """Do not close it yet."""
    number, form = proper(number), SendBackForm()
    return _take(
        number,
        form,
        "send_back",
        lambda: services.send_back_case(
            actor=the_viewer(),
            number=number,
            version=form.seen_version,
            reason=form.still.data or "",
        ),
        _("Sent back with what is still to be done."),
    )


@blueprint.post("/<number>/reopen")
@requires(Permission.REOPEN_CASES)
def reopen(number: str) -> Answer:
    """Take a closed case up again."""
    number, form = proper(number), ReopenForm()
    return _take(
        number,
        form,
        "reopen",
        lambda: services.reopen_case(
            actor=the_viewer(),
            number=number,
            version=form.seen_version,
            reason=form.reason.data or "",
        ),
        _("The case is open again, with a new deadline."),
    )
