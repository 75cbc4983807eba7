"""Following a request: in by number and secret, then its progress and what its filer may do."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core.errors import NotFound, Refused, Throttled
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import PUBLIC, Viewer
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import COMPLAINT, parse_reference
from welfare.core.web import commit, current_viewer, public
from welfare.intake.forms.tracking import HelpedForm, InformationForm, TrackForm, WithdrawForm
from welfare.intake.queries.mine import is_mine
from welfare.intake.queries.tracking import followed
from welfare.intake.services.tracking import (
    add_information,
    open_with_secret,
    say_whether_it_helped,
    withdraw,
)
from welfare.intake.views import capability, papers, photos
from welfare.intake.views.progress import progress_page

blueprint = Blueprint("tracking", __name__, url_prefix="/requests/track")

Page = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@blueprint.get("")
@public
def enter() -> str:
    """Number and secret; the number may come with the address of the QR code."""
    form = TrackForm()
    form.reference.data = request.args.get("r", "")[:60]
    return render_template("intake/tracking/enter.html", form=form)


@blueprint.post("")
@public
def open_() -> Page:
    """Try number and secret."""
    form = TrackForm()
    if not form.sent():
        return render_template("intake/tracking/enter.html", form=form), 400
    reference = form.opened_reference
    try:
        opened = open_with_secret(
            reference=reference, secret=form.opened_secret, address=request.remote_addr or ""
        )
    except Throttled as error:
        minutes = max(1, -(-error.retry_after // 60))
        page = render_template("intake/tracking/enter.html", form=form, wait_minutes=minutes)
        return page, 429, {"Retry-After": str(error.retry_after)}
    commit()
    if not opened:
        form.secret.errors = [
            _("Number and secret do not fit together. Please compare both with the slip.")
        ]
        return render_template("intake/tracking/enter.html", form=form), 403
    capability.grant(reference)
    return redirect(url_for("tracking.page", reference=reference), code=303)


@blueprint.get("/<reference>")
@public
def page(reference: str) -> Page:
    """How the request stands."""
    actor = _let_in(reference)
    if actor is None:
        return _ask_secret(reference)
    return progress_page(followed(reference))


@blueprint.post("/<reference>/information")
@public
def information(reference: str) -> Page:
    """Add words and photos, or answer the office."""
    actor = _let_in(reference)
    if actor is None:
        return _ask_secret(reference)
    form = InformationForm()
    kept, problems = photos.take(photos.carried())
    sound = form.sent()
    form.photos.errors = problems

    def act() -> str:
        add_information(reference=reference, text=form.text.data or "", photo_ids=kept, actor=actor)
        return reference

    try:
        if sound and not problems:
            form.once(f"complaint.add:{reference}", act)
            flash(_("Thank you. What you added has reached the office."), "success")
            return redirect(url_for("tracking.page", reference=reference), code=303)
    except Refused as refused:
        form.text.errors = [refused.message]
    return progress_page(followed(reference), information=form, kept=kept), 400


@blueprint.route("/<reference>/withdraw", methods=["GET", "POST"])
@public
def withdraw_(reference: str) -> Page:
    """Ask once more, then withdraw."""
    actor = _let_in(reference)
    if actor is None:
        return _ask_secret(reference)
    form, status = WithdrawForm(), 200

    def act() -> str:
        withdraw(reference=reference, reason=form.reason.data or "", actor=actor)
        return reference

    if request.method == "POST":
        status = 400
        try:
            if form.sent():
                form.once(f"complaint.withdraw:{reference}", act)
                flash(_("The request is withdrawn."), "success")
                return redirect(url_for("tracking.page", reference=reference), code=303)
        except Refused as refused:
            form.reason.errors = [refused.message]
    return (
        render_template("intake/tracking/withdraw.html", form=form, one=followed(reference)),
        status,
    )


@blueprint.post("/<reference>/helped")
@public
def helped(reference: str) -> Page:
    """Did it help?"""
    actor = _let_in(reference)
    if actor is None:
        return _ask_secret(reference)
    form = HelpedForm()

    def act() -> str:
        say_whether_it_helped(
            reference=reference,
            helped=form.helped.data or "",
            text=form.text.data or "",
            actor=actor,
        )
        return reference

    try:
        if form.sent():
            form.once(f"complaint.helped:{reference}", act)
            flash(_("Thank you. The office has your answer."), "success")
            return redirect(url_for("tracking.page", reference=reference), code=303)
    except Refused as refused:
        form.helped.errors = [refused.message]
    return progress_page(followed(reference), helped=form), 400


@blueprint.post("/<reference>/leave")
@public
def leave(reference: str) -> Response:
    """Close it on a shared phone."""
    capability.end(reference)
    return redirect(url_for("tracking.enter"), code=303)


@blueprint.get("/<reference>/receipt.pdf")
@public
def receipt(reference: str) -> Page:
    """The receipt again: a copy of what was issued."""
    if _let_in(reference) is None:
        return _ask_secret(reference)
    return papers.copy(reference)


def _let_in(reference: str) -> Viewer | None:
    """Who follows it: the holder of the secret, or who filed it for somebody; else nobody."""
    if capability.granted(reference):
        return PUBLIC
    viewer = current_viewer()
    if viewer is not None and is_mine(reference, viewer=viewer):
        return viewer
    return None


def _ask_secret(reference: str) -> Page:
    """To the page of number and secret; whether there is such a number is not said. What was
    being sent when the time was up is shown there, so that it is not lost."""
    try:
        known_form = parse_reference(reference[:60], prefix=COMPLAINT)
    except InputFault:
        raise NotFound from None
    if request.method == "GET":
        return redirect(url_for("tracking.enter", r=known_form))
    form = TrackForm(formdata=None)
    form.reference.data = known_form
    typed = request.form.get("text") or request.form.get("reason") or ""
    return render_template("intake/tracking/enter.html", form=form, typed=typed[:20000]), 403
