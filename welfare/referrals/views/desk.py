"""Preparing a referral and reading it; the list of what is not answered."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.wrappers import Response

from welfare.cases.queries import load_case
from welfare.core import audit
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.municipality import the_municipality
from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import whole
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.templating import language
from welfare.referrals import services
from welfare.referrals.forms.desk import NewReferralForm, ReferralForm
from welfare.referrals.labels import AGENCY_KINDS, SHARED, STATES, TONES
from welfare.referrals.policies import can_refer
from welfare.referrals.queries.agencies import agencies, answer_day
from welfare.referrals.queries.referrals import (
    ReferralPage,
    Show,
    all_referrals,
    count_unanswered,
    referral_file,
)
from welfare.referrals.queries.sharing import SharedLine, masked, offered_fields
from welfare.referrals.views.blueprints import Answer, proper, referrals, status_of_page
from welfare.referrals.workflow import Basis, ReferralStatus

P = Permission
MOST_DAYS = 3650


@referrals.get("/referrals")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def overview() -> str:
    """What agencies have not answered, the longest silent first; and the rest."""
    viewer = the_viewer()
    asked = request.args.get("show", "open")
    show = Show(asked) if asked in set(Show) else Show.OPEN
    given = request.args.get("days", "")
    days = whole(given, digits=4) or 0
    return render_template(
        "referrals/overview.html",
        rows=all_referrals(viewer, show, days=min(days, MOST_DAYS)),
        counts=count_unanswered(viewer),
        show=show.value,
        days=days,
        states=STATES,
        tones=TONES,
    )


@referrals.route("/cases/<number>/referrals/new", methods=["GET", "POST"])
@requires(P.EDIT_CASES)
def new(number: str) -> Answer:
    """Prepare a referral."""
    number, viewer = proper(number), the_viewer()
    case = load_case(number, viewer=viewer)
    if not can_refer(viewer, case):
        raise Forbidden
    lines = offered_fields(case, viewer=viewer)
    known = the_municipality()
    with force_locale("th"):  # the letter is, whatever language its writer's screen speaks
        subject = str(_("Request for help with a person in difficulty"))
    usual = {
        "answer_by": answer_day(),
        "basis": Basis.CONSENT.value,
        "signer_position": known.head_th,
        "subject": subject,
    }
    form = NewReferralForm(data=usual)
    _offer(form, lines)
    if not form.sent():
        return _form_page(number, form, lines, None), status_of_page()

    def act() -> str:
        return str(services.draft_referral(actor=viewer, number=number, facts=form.facts()))

    try:
        made = form.once(f"referral:{number}", act)
    except Refused as refusal:
        _place(form, refusal)
        return _form_page(number, form, lines, None), 422
    flash(_("Prepared. Read what will leave, then send it."), "success")
    return redirect(url_for("referrals.page", number=number, referral_id=int(made)), 303)


@referrals.route("/cases/<number>/referrals/<int:referral_id>/edit", methods=["GET", "POST"])
@requires(P.EDIT_CASES)
def edit(number: str, referral_id: int) -> Answer:
    """Change what is prepared."""
    number, viewer = proper(number), the_viewer()
    case = load_case(number, viewer=viewer)
    if not can_refer(viewer, case):
        raise Forbidden
    page = referral_file(case, referral_id, viewer=viewer)
    if page.row.status is not ReferralStatus.DRAFT:
        raise Refused(_("A letter that was sent stays as it was. Take it back and write another."))
    offered = offered_fields(case, viewer=viewer)
    known = {line.field for line in offered}
    lines = (*offered, *(line for line in page.lines if line.field not in known))
    form = ReferralForm(data=_texts(page))
    _offer(form, lines, page.agency_id)
    if not form.sent():
        return _form_page(number, form, lines, page), status_of_page()
    try:
        services.edit_referral(
            actor=viewer,
            number=number,
            referral_id=referral_id,
            version=form.seen_version,
            facts=form.facts(),
        )
    except Refused as refusal:
        _place(form, refusal)
        return _form_page(number, form, lines, page), 422
    commit()
    flash(_("Saved."), "success")
    return redirect(url_for("referrals.page", number=number, referral_id=referral_id), 303)


def _texts(page: ReferralPage) -> dict[str, Any]:
    return {
        "version": str(page.version),
        "agency": str(page.agency_id),
        "subject": page.row.subject,
        "purpose": page.purpose,
        "basis": page.basis.value,
        "basis_note": page.basis_note,
        "consent_by": page.consent_by,
        "consent_how": page.consent_how.value if page.consent_how else "",
        "consent_on": page.consent_on,
        "fields": list(page.fields),
        "answer_by": page.row.answer_by,
        "signer": page.signer,
        "signer_position": page.signer_position,
    }


def _offer(
    form: NewReferralForm | ReferralForm, lines: tuple[SharedLine, ...], kept: int = 0
) -> None:
    lang = language()
    rows = [row for row in agencies(every=True) if row.active or row.id == kept]
    form.agency.choices = offered(
        [
            ("", _("Choose an agency")),
            *((str(row.id), f"{row.name(lang)} ({AGENCY_KINDS[row.kind]})") for row in rows),
        ]
    )
    form["fields"].choices = offered((line.field.value, str(SHARED[line.field])) for line in lines)


def _place(form: Any, refusal: Refused) -> None:
    field = form[refusal.field] if refusal.field and refusal.field in form else form.purpose
    field.errors = [refusal.message]


def _form_page(
    number: str,
    form: NewReferralForm | ReferralForm,
    lines: tuple[SharedLine, ...],
    page: ReferralPage | None,
) -> str:
    thai = Markup('<span lang="th">{}</span>')
    values = {line.field.value: thai.format(masked(line)) for line in lines}
    return render_template(
        "referrals/form.html", number=number, form=form, previews=values, page=page
    )


@referrals.get("/cases/<number>/referrals/<int:referral_id>")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def page(number: str, referral_id: int) -> Answer:
    """One referral: what leaves or has left, what was answered, what can be done."""
    from welfare.referrals.views.follow import show

    return show(proper(number), referral_id)


@referrals.get("/cases/<number>/referrals/<int:referral_id>/letter.pdf")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def letter(number: str, referral_id: int) -> Response:
    """The letter; with the agency's code for those who may send it."""
    from welfare.referrals.policies import can_issue
    from welfare.referrals.views.papers import letter_of

    number, viewer = proper(number), the_viewer()
    case = load_case(number, viewer=viewer)
    found = referral_file(case, referral_id, viewer=viewer)
    audit.read(viewer, "case", number, "printed")
    return letter_of(found, with_code=can_issue(viewer, case))
