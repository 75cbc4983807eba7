"""Decisions on a complaint, each from a form in place on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from welfare.core.db import db
from welfare.core.errors import Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.intake.forms import triage as forms
from welfare.intake.queries.directory import agencies, told_of_referral
from welfare.intake.queries.filing import language_of
from welfare.intake.services import accepting, annotating
from welfare.intake.services import triage as services
from welfare.intake.views.complaint_page import show
from welfare.intake.views.desk import blueprint, list_url, page_url, place, proper

Answer = Response | tuple[str, int]
STEPS = ("accept", "join", "ask", "refer", "decline", "take-back", "link", "note", "reveal")


@blueprint.get("/<reference>/<any({}):step>".format(",".join(repr(step) for step in STEPS)))
@requires(Permission.VIEW_COMPLAINTS)
def back_to_page(reference: str, **_step: str) -> Response:
    """Whoever opens the address of a form again lands on the complaint."""
    return redirect(page_url(proper(reference)))


@blueprint.post("/<reference>/accept")
@requires(Permission.TRIAGE_COMPLAINTS)
def accept(reference: str) -> Answer:
    """Into a new case."""
    form = forms.AcceptForm()

    def act() -> str:
        return accepting.accept_into_new(
            actor=the_viewer(),
            reference=proper(reference),
            version=form.seen_version,
            new=accepting.NewCase(
                title=form.title.data or "",
                category_id=form.category_id,
                priority=form.chosen_priority,
                sensitivity=form.chosen_sensitivity,
                household=form.household.data or "",
                person=form.person.data or "",
            ),
        )

    return _decide(reference, form, act, _accepted)


@blueprint.post("/<reference>/join")
@requires(Permission.TRIAGE_COMPLAINTS)
def join(reference: str) -> Answer:
    """Into an open case."""
    form = forms.JoinForm()

    def act() -> str:
        return accepting.accept_into_open(
            actor=the_viewer(),
            reference=proper(reference),
            version=form.seen_version,
            number=form.case.data or "",
        )

    return _decide(reference, form, act, _accepted)


@blueprint.post("/<reference>/ask")
@requires(Permission.TRIAGE_COMPLAINTS)
def ask(reference: str) -> Answer:
    """Ask for more."""
    form = forms.AskForm(citizen_lang=language_of(proper(reference)))
    form.fill(form.question)

    def act() -> str:
        services.ask(
            actor=the_viewer(),
            reference=proper(reference),
            version=form.seen_version,
            question=form.question.data or "",
        )
        return proper(reference)

    done = _("The citizen is asked. The deadline stands still until the answer comes.")
    return _decide(reference, form, act, lambda _x: done, told=form.question.data)


@blueprint.post("/<reference>/refer")
@requires(Permission.TRIAGE_COMPLAINTS)
def refer(reference: str) -> Answer:
    """To another agency."""
    form = forms.ReferForm()
    agency = agencies().get(form.agency.data or "")
    lang = language_of(proper(reference))
    told = told_of_referral(agency, lang, form.text.data or "") if agency else ""

    def act() -> str:
        services.refer(
            actor=the_viewer(),
            reference=proper(reference),
            version=form.seen_version,
            agency=form.agency.data or "",
            agency_name=agency.name("th") if agency else "",
            text=told,
        )
        return proper(reference)

    return _decide(reference, form, act, lambda _x: _undoable(_("Referred.")), told=told)


@blueprint.post("/<reference>/decline")
@requires(Permission.TRIAGE_COMPLAINTS)
def decline(reference: str) -> Answer:
    """Do not take it up."""
    form = forms.DeclineForm(citizen_lang=language_of(proper(reference)))
    form.fill(form.reason)

    def act() -> str:
        services.decline(
            actor=the_viewer(),
            reference=proper(reference),
            version=form.seen_version,
            reason=form.reason.data or "",
        )
        return proper(reference)

    return _decide(
        reference, form, act, lambda _x: _undoable(_("Declined.")), told=form.reason.data
    )


@blueprint.post("/<reference>/take-back")
@requires(Permission.TRIAGE_COMPLAINTS)
def take_back(reference: str) -> Answer:
    """Undo that it was declined or referred."""
    form = forms.TakeBackForm()

    def act() -> str:
        services.take_back(
            actor=the_viewer(),
            reference=proper(reference),
            version=form.seen_version,
            reason=form.reason.data or "",
        )
        return proper(reference)

    done = _("The decision is taken back. The request waits to be decided again.")
    return _decide(reference, form, act, lambda _x: done, stay=True)


@blueprint.post("/<reference>/link")
@requires(Permission.TRIAGE_COMPLAINTS)
def link(reference: str) -> Answer:
    """Say which house and person it is about."""
    form = forms.LinkForm()

    def act() -> str:
        annotating.link(
            actor=the_viewer(),
            reference=proper(reference),
            version=form.seen_version,
            household=form.household.data or "",
            person=form.person.data or "",
        )
        return proper(reference)

    return _decide(reference, form, act, lambda _x: _("Linked to the registry."), stay=True)


@blueprint.post("/<reference>/note")
@requires(Permission.TRIAGE_COMPLAINTS, Permission.EDIT_CASES)
def note(reference: str) -> Answer:
    """Write an internal note."""
    form = forms.NoteForm()

    def act() -> str:
        annotating.note(actor=the_viewer(), reference=proper(reference), text=form.text.data or "")
        return proper(reference)

    return _decide(reference, form, act, lambda _x: _("The note is kept."), stay=True)


@blueprint.post("/<reference>/reveal")
@requires(Permission.REVEAL_IDENTIFIERS)
def reveal(reference: str) -> str:
    """Show telephones and e-mail in full; it is noted who saw them."""
    contacts = annotating.reveal_contacts(actor=the_viewer(), reference=proper(reference))
    commit()
    return show(proper(reference), contacts=contacts)


def _decide(
    reference: str,
    form: forms.DecisionForm,
    act: Callable[[], str],
    done: Callable[[str], str],
    *,
    told: str | None = "",
    stay: bool = False,
) -> Answer:
    """Check the form, do it once, and go on; else the page again with everything typed."""
    reference = proper(reference)
    if not form.sent():
        return show(reference, form=form), 400
    if request.form.get("preview"):
        return show(reference, form=form, preview=told or ""), 200
    try:
        result = form.once(f"complaint.{form.name}:{reference}", act)
    except StaleRecord:
        db.session.rollback()
        return show(reference, form=form, stale=True), 409
    except Refused as refused:
        db.session.rollback()
        _put(refused, form)
        return show(reference, form=form), 422
    flash(done(result), "success")
    return redirect(_onward(reference, result, stay=stay), code=303)


def _put(refused: Refused, form: forms.DecisionForm) -> None:
    """The rule that said no, beside the field it is about or on top."""
    if refused.field is not None and refused.field in form:
        form[refused.field].errors = [refused.message]
    else:
        form.form_errors.append(refused.message)


def _onward(reference: str, result: str, *, stay: bool) -> str:
    """Where the officer wants to go: the next complaint, the list, the case, or stay here."""
    then = request.form.get("then", "")
    if stay:
        return page_url(reference)
    if then == "case" and result != reference:
        return url_for("cases.page", number=result)
    if then == "list":
        return list_url()
    return url_for("triage.following", after=reference, **place())


def _accepted(number: str) -> str:
    words = _("Accepted into case %(case)s.", case=number)
    link = Markup(' <a href="/desk/cases/{}">{}</a>').format(number, _("Open the case"))
    return Markup("{}{}").format(words, link)


def _undoable(words: Any) -> str:
    url = page_url(proper((request.view_args or {})["reference"]))
    link = Markup(' <a href="{}">{}</a>').format(url, _("See it, or take it back"))
    return Markup("{}{}").format(words, link)
