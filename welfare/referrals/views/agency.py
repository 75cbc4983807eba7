"""What an agency sees, without an account: the door, what was shared with it, its answer.

Nothing here is kept by browsers or found by search engines, and nothing needs JavaScript.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.errors import NotFound, Refused, Throttled
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import PUBLIC
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import REFERRAL, parse_reference
from welfare.core.web import commit, public
from welfare.referrals import services
from welfare.referrals.forms.desk import AgencyAnswerForm
from welfare.referrals.forms.door import DoorForm, plain_code
from welfare.referrals.labels import ANSWERS
from welfare.referrals.queries.opening import Sent, sent_to_agency
from welfare.referrals.views import capability
from welfare.referrals.views.blueprints import Answer, agency_pages
from welfare.referrals.views.uploads import taken


@agency_pages.after_request
def _unseen(response: Response) -> Response:
    """For the agency alone: not indexed and not kept."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@agency_pages.get("")
@public
def door() -> str:
    """Number and code; the number may come with the address of the QR code."""
    form = DoorForm(formdata=None)
    form.letter.data = request.args.get("r", "")[:60]
    return render_template("agency/door.html", form=form)


@agency_pages.post("")
@public
def enter() -> Answer:
    """Try number and code."""
    form = DoorForm()
    if not form.sent():
        return render_template("agency/door.html", form=form), 400
    reference = form.reference
    try:
        opened = services.open_with_code(
            reference=reference,
            code=plain_code(form.code.data or ""),
            address=request.remote_addr or "",
        )
    except Throttled as error:
        minutes = max(1, -(-error.retry_after // 60))
        page = render_template("agency/door.html", form=form, wait_minutes=minutes)
        return page, 429, {"Retry-After": str(error.retry_after)}
    if not opened:
        commit()
        form.code.errors = [
            _("Number and code do not fit together, or the time to answer is over.")
        ]
        return render_template("agency/door.html", form=form), 403
    services.note_opened(reference=reference)
    commit()
    capability.grant(reference, sent_to_agency(reference).code_round)
    return redirect(url_for("agency_pages.page", reference=reference), code=303)


def _let_in(reference: str) -> Sent | None:
    """What was sent, for who came in by the code that still holds; else ``None``."""
    code_round = capability.granted(reference)
    if code_round is None:
        return None
    try:
        sent = sent_to_agency(reference)
    except NotFound:
        return None
    return sent if sent.code_round == code_round else None


def _ask(reference: str) -> Answer:
    """To the door; whether there is such a referral is not said."""
    try:
        known = parse_reference(reference[:60], prefix=REFERRAL)
    except InputFault:
        raise NotFound from None
    if request.method == "GET":
        return redirect(url_for("agency_pages.door", r=known))
    form = DoorForm(formdata=None)
    form.letter.data = known
    typed = request.form.get("text", "")[:5000]
    return render_template("agency/door.html", form=form, typed=typed), 403


@agency_pages.get("/<reference>")
@public
def page(reference: str) -> Answer:
    """What was shared, and the form of the answer."""
    sent = _let_in(reference)
    if sent is None:
        return _ask(reference)
    audit.read(PUBLIC, "referral", reference)
    return _show(sent, AgencyAnswerForm(formdata=None))


def _show(sent: Sent, form: AgencyAnswerForm) -> str:
    return render_template("agency/page.html", sent=sent, form=form, answers=ANSWERS)


@agency_pages.post("/<reference>/answer")
@public
def answer(reference: str) -> Answer:
    """The agency answers."""
    sent = _let_in(reference)
    if sent is None:
        return _ask(reference)
    form = AgencyAnswerForm()
    sound = form.sent()
    uploads, faults = taken(form["files"].data)
    if faults:
        form["files"].errors = faults
    if faults or not sound:
        return _show(sent, form), 400

    def act() -> str:
        services.answer_as_agency(reference=reference, answer=form.answer(), uploads=uploads)
        return reference

    try:
        form.once(f"referral.answer:{reference}", act)
    except Refused as refusal:
        at = refusal.field if refusal.field and refusal.field in form else "text"
        form[at].errors = [refusal.message]
        return _show(sent, form), 422
    flash(_("Thank you. The municipality has your answer."), "success")
    return redirect(url_for("agency_pages.page", reference=reference), code=303)


@agency_pages.post("/<reference>/leave")
@public
def leave(reference: str) -> Response:
    """Close it on a shared computer."""
    capability.end(reference)
    return redirect(url_for("agency_pages.door"), code=303)
