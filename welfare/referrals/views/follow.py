"""One referral: its page, and what is done with it: sent, chased, answered, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from welfare.cases.queries import load_case
from welfare.cases.queries.rights import can_move
from welfare.cases.workflow import CaseAction
from welfare.core import audit, clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.forms import EditForm, Form
from welfare.core.web.reached import base_url
from welfare.papers.facts import Draw
from welfare.papers.services import Ahead, issue_ahead
from welfare.referrals import services
from welfare.referrals.forms.desk import (
    ChaseForm,
    IssueForm,
    LaterForm,
    RecordForm,
    RenewForm,
    TakeBackReferralForm,
)
from welfare.referrals.kinds import REFERRAL_LETTER
from welfare.referrals.labels import ANSWERS, BASES, CAME, CONSENTS, STATES, TONES
from welfare.referrals.policies import can_follow, can_issue, can_refer
from welfare.referrals.queries.opening import code_of, written_code
from welfare.referrals.queries.referrals import ReferralPage, referral_file
from welfare.referrals.views.blueprints import Answer, proper, referrals
from welfare.referrals.views.papers import letter_drawer
from welfare.referrals.views.uploads import taken
from welfare.referrals.workflow import ReferralStatus

P = Permission


def show(number: str, referral_id: int, *, form: Form | None = None, failed: str = "") -> str:
    """The page; ``form`` is one that was sent and is not right yet, ``failed`` its name."""
    viewer = the_viewer()
    case = load_case(number, viewer=viewer)
    page = referral_file(case, referral_id, viewer=viewer)
    issuing, following = can_issue(viewer, case), can_follow(viewer, case)
    forms = _forms(page, issuing=issuing, following=following)
    if form is not None:
        forms[failed] = form
    code = code_of(page.row.reference, page.code_round) if issuing and page.is_open else ""
    audit.read(viewer, "case", number)
    return render_template(
        "referrals/page.html",
        number=number,
        page=page,
        row=page.row,
        forms=forms,
        failed=failed,
        may_edit=page.row.status is ReferralStatus.DRAFT and can_refer(viewer, case),
        may_issue=issuing,
        can_wait=can_move(viewer, case, CaseAction.WAIT),
        code=written_code(code) if code else "",
        address=f"{base_url()}/referrals",
        words={
            "state": STATES,
            "tone": TONES,
            "basis": BASES,
            "consent": CONSENTS,
            "answer": ANSWERS,
            "came": CAME,
        },
    )


def _forms(page: ReferralPage, *, issuing: bool, following: bool) -> dict[str, Form]:
    version = {"version": str(page.version)}
    forms: dict[str, Form] = {}
    if page.row.status is ReferralStatus.DRAFT:
        if issuing:
            forms["issue"] = IssueForm(formdata=None, data=version | {"wait": True})
        if following:
            forms["withdraw"] = TakeBackReferralForm(formdata=None, data=version)
    elif page.is_open and following:
        later = max(page.row.answer_by, clock.today()) + timedelta(days=15)
        forms = {
            "chase": ChaseForm(formdata=None, data=version),
            "record": RecordForm(formdata=None, data=version),
            "extend": LaterForm(formdata=None, data=version | {"answer_by": later}),
            "withdraw": TakeBackReferralForm(formdata=None, data=version),
        }
        if issuing:
            forms["renew"] = RenewForm(formdata=None, data=version)
    return forms


def _take(
    number: str,
    referral_id: int,
    form: EditForm,
    name: str,
    act: Callable[[], Any],
    done: Callable[[Any], str],
    place: str,
) -> Answer:
    if not form.sent():
        return show(number, referral_id, form=form, failed=name), 400
    try:
        result = act()
    except Refused as refusal:
        at = refusal.field if refusal.field and refusal.field in form else place
        form[at].errors = [refusal.message]
        return show(number, referral_id, form=form, failed=name), 422
    commit()
    flash(done(result), "success")
    return _back(number, referral_id)


def _back(number: str, referral_id: int) -> Response:
    return redirect(url_for("referrals.page", number=number, referral_id=referral_id), 303)


_PLACE = "/cases/<number>/referrals/<int:referral_id>"


@referrals.post(f"{_PLACE}/issue")
@requires(P.EDIT_CASES)
def issue(number: str, referral_id: int) -> Answer:
    """Let it leave."""
    number, form = proper(number), IssueForm()
    wished = bool(form.wait.data)

    def issued(drawn: Draw | Ahead) -> bool:
        return services.issue_referral(
            actor=the_viewer(),
            number=number,
            referral_id=referral_id,
            version=form.seen_version,
            wait=wished,
            mail=bool(form.mail.data),
            tell_citizen=bool(form.tell.data),
            draw=drawn,
        )

    def done(waits: bool) -> str:
        if wished and not waits:
            return _("Sent. The case does not wait: in its present state it cannot.")
        if waits:
            return _("Sent. The case waits for the answer. Print the letter now.")
        return _("Sent. Print the letter now.")

    return _take(
        number,
        referral_id,
        form,
        "issue",
        lambda: issue_ahead(
            kind_code=REFERRAL_LETTER.code, draw=_drawer(number, referral_id), act=issued
        ),
        done,
        "wait",
    )


def _drawer(number: str, referral_id: int) -> Draw:
    viewer = the_viewer()
    case = load_case(number, viewer=viewer)
    return letter_drawer(referral_file(case, referral_id, viewer=viewer, whole=True))


@referrals.post(f"{_PLACE}/extend")
@requires(P.EDIT_CASES)
def extend(number: str, referral_id: int) -> Answer:
    """More time."""
    number, form = proper(number), LaterForm()
    return _take(
        number,
        referral_id,
        form,
        "extend",
        lambda: services.extend_referral(
            actor=the_viewer(),
            number=number,
            referral_id=referral_id,
            version=form.seen_version,
            answer_by=form.answer_by.data,
            reason=form.why_later.data or "",
        ),
        lambda _done: _("The agency has more time."),
        "answer_by",
    )


@referrals.post(f"{_PLACE}/chase")
@requires(P.EDIT_CASES)
def chase(number: str, referral_id: int) -> Answer:
    """Asked again."""
    number, form = proper(number), ChaseForm()
    return _take(
        number,
        referral_id,
        form,
        "chase",
        lambda: services.chase_agency(
            actor=the_viewer(),
            number=number,
            referral_id=referral_id,
            version=form.seen_version,
            note=form.note.data or "",
            mail=bool(form.mail.data),
        ),
        lambda _done: _("Noted that you asked again."),
        "note",
    )


@referrals.post(f"{_PLACE}/code")
@requires(P.EDIT_CASES)
def renew(number: str, referral_id: int) -> Answer:
    """Another code; the old one opens nothing any more."""
    number, form = proper(number), RenewForm()
    return _take(
        number,
        referral_id,
        form,
        "renew",
        lambda: services.renew_code(
            actor=the_viewer(),
            number=number,
            referral_id=referral_id,
            version=form.seen_version,
        ),
        lambda _done: _("The old code has ended. Print the letter again or tell the new code."),
        "version",
    )


@referrals.post(f"{_PLACE}/withdraw")
@requires(P.EDIT_CASES)
def withdraw(number: str, referral_id: int) -> Answer:
    """Take it back."""
    number, form = proper(number), TakeBackReferralForm()
    return _take(
        number,
        referral_id,
        form,
        "withdraw",
        lambda: services.withdraw_referral(
            actor=the_viewer(),
            number=number,
            referral_id=referral_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        ),
        lambda _done: _("The referral is taken back; its page is closed to the agency."),
        "reason",
    )


@referrals.post(f"{_PLACE}/answer")
@requires(P.EDIT_CASES)
def record(number: str, referral_id: int) -> Answer:
    """Write down an answer that came by letter, telephone or otherwise."""
    number, form = proper(number), RecordForm()
    sound = form.sent()
    uploads, faults = taken(form["files"].data)
    if faults:
        form["files"].errors = faults
    if faults or not sound:
        return show(number, referral_id, form=form, failed="record"), 400
    return _take(
        number,
        referral_id,
        form,
        "record",
        lambda: services.record_answer(
            actor=the_viewer(),
            number=number,
            referral_id=referral_id,
            version=form.seen_version,
            answer=form.answer(),
            uploads=uploads,
        ),
        lambda _done: _("The answer is written down."),
        "text",
    )
