"""Notes, tasks, help and files of a case."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from welfare.cases import queries, services
from welfare.cases.forms import (
    AssistanceForm,
    AttachmentForm,
    NoteForm,
    RemoveForm,
    SettleTaskForm,
    WithdrawForm,
)
from welfare.cases.views.blueprint import back_to, blueprint, proper
from welfare.cases.views.page import show, task_form
from welfare.cases.views.texts import wants_text
from welfare.cases.workflow import AssistanceKind
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.faults import fault_words

Answer = Response | tuple[str, int]


@blueprint.post("/<number>/notes")
@requires(Permission.EDIT_CASES)
def note(number: str) -> Answer:
    """A note for colleagues, or for the citizen as well."""
    number, form = proper(number), NoteForm()
    sound = form.sent()
    if wants_text() or not sound:
        return show(number, form=form, failed="note"), 200 if wants_text() else 400
    public = form.audience.data == "citizen"

    def act() -> str:
        text = form.text.data or ""
        services.add_note(actor=the_viewer(), number=number, text=text, public=public)
        return number

    form.once("case-note", act)
    flash(_("Noted; the citizen can read it.") if public else _("Noted."), "success")
    return back_to(number, "timeline")


@blueprint.post("/<number>/tasks")
@requires(Permission.EDIT_CASES)
def task(number: str) -> Answer:
    """Something to be done."""
    number = proper(number)
    form = task_form(request.form)
    if not form.sent():
        return show(number, form=form, failed="task"), 400

    def act() -> str:
        made = services.add_task(
            actor=the_viewer(),
            number=number,
            title=form.title.data or "",
            due_on=form.due_on.data,
            assignee_id=queries.staff_id(form.who.data or ""),
        )
        return str(made)

    try:
        form.once("case-task", act)
    except Refused as refusal:
        getattr(form, refusal.field or "title").errors = [refusal.message]
        return show(number, form=form, failed="task"), 422
    flash(_("Task noted."), "success")
    return back_to(number, "tasks")


@blueprint.post("/<number>/tasks/<int:task_id>/<any(done, dropped):verb>")
@requires(Permission.EDIT_CASES)
def settle_task(number: str, task_id: int, verb: str) -> Answer:
    """A task is done, or no longer needed."""
    number, form = proper(number), SettleTaskForm()
    if not form.sent():
        return show(number), 400
    settle = services.finish_task if verb == "done" else services.drop_task
    settle(actor=the_viewer(), number=number, task_id=task_id, version=form.seen_version)
    commit()
    return back_to(number, "tasks")


@blueprint.post("/<number>/help")
@requires(Permission.RECORD_ASSISTANCE)
def assistance(number: str) -> Answer:
    """Help that was given."""
    number, form = proper(number), AssistanceForm()
    if not form.sent():
        return show(number, form=form, failed="help"), 400

    def act() -> str:
        made = services.record_assistance(
            actor=the_viewer(),
            number=number,
            kind=AssistanceKind(form.kind.data),
            description=form.description.data or "",
            amount=form.baht,
            fund=form.fund.data or "",
            given_on=form.given_on.data,
            decided_by=form.decided_by.data or "",
        )
        return str(made)

    try:
        form.once("case-help", act)
    except Refused as refusal:
        field = getattr(form, refusal.field or "", form.description)
        field.errors = [refusal.message]
        return show(number, form=form, failed="help"), 422
    flash(_("The help is recorded."), "success")
    return back_to(number, "given")


@blueprint.post("/<number>/help/<int:assistance_id>/withdraw")
@requires(Permission.RECORD_ASSISTANCE)
def withdraw(number: str, assistance_id: int) -> Answer:
    """Take a record of help back."""
    number, form = proper(number), WithdrawForm()
    if not form.sent():
        return show(number, form=form, failed=f"withdraw-{assistance_id}"), 400
    services.withdraw_assistance(
        actor=the_viewer(),
        number=number,
        assistance_id=assistance_id,
        version=form.seen_version,
        reason=form.reason.data or "",
    )
    commit()
    flash(_("The record is withdrawn and no longer counted."), "success")
    return back_to(number, "given")


@blueprint.post("/<number>/files")
@requires(Permission.EDIT_CASES)
def file(number: str) -> Answer:
    """A picture or a PDF for the case."""
    number, form = proper(number), AttachmentForm()
    upload = form.picture.data
    if not form.sent() or not upload or not upload.filename:
        form.picture.errors = [*form.picture.errors, _("Please choose a file.")]
        return show(number, form=form, failed="file"), 400
    harmless = services.made_harmless(upload.read())
    if isinstance(harmless, str):
        form.picture.errors = [_file_fault(harmless)]
        return show(number, form=form, failed="file"), 400

    def act() -> str:
        caption = form.caption.data or ""
        made = services.add_attachment(
            actor=the_viewer(), number=number, upload=harmless, caption=caption
        )
        return str(made)

    form.once("case-file", act)
    flash(_("The file is attached."), "success")
    return back_to(number, "files")


def _file_fault(code: str) -> str:
    if code == "picture_not_an_image":
        return _("This file is neither a picture nor a PDF.")
    return fault_words(code)


@blueprint.post("/<number>/files/<int:attachment_id>/remove")
@requires(Permission.EDIT_CASES)
def remove_file(number: str, attachment_id: int) -> Answer:
    """Take a file out of sight."""
    number, form = proper(number), RemoveForm()
    if not form.sent():
        return show(number), 400
    services.remove_attachment(actor=the_viewer(), number=number, attachment_id=attachment_id)
    commit()
    flash(_("The file is removed."), "success")
    return back_to(number, "files")
