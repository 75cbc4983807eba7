"""Help from funds: asked for, decided on, handed over, given back. A page of each request."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.benefits.queries import Finding, FundRow, Seat, committee, funds, rules_of
from welfare.benefits.wording import explain
from welfare.cases import services
from welfare.cases.forms.helping import (
    AskHelpForm,
    DecideForm,
    DeliverForm,
    GiveUpForm,
    ResolveForm,
    ReturnForm,
    VoteForm,
)
from welfare.cases.labels import HELP_STATES, HELP_TONES, KINDS_OF_HELP, VOTES
from welfare.cases.policies import can_ask_help, can_decide_help, can_record_assistance
from welfare.cases.queries import load_case
from welfare.cases.queries.help import (
    RequestRow,
    VoteRow,
    decides_alone,
    deliveries_of,
    findings_for,
    recusals_of,
    request_of,
    undecided_of,
    votes_needed,
    votes_of,
)
from welfare.cases.services.helping.committee import may_vote_for
from welfare.cases.views.blueprint import blueprint, proper
from welfare.cases.workflow import HELP_STEPS, AssistanceKind, HelpAction, HelpStatus, Vote
from welfare.core import audit, clock
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.money import format_baht
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.forms import Form
from welfare.core.web.templating import language

Answer = str | Response | tuple[str, int]
P = Permission


@blueprint.route("/<number>/help-requests/new", methods=["GET", "POST"])
@requires(P.RECORD_ASSISTANCE)
def ask_help(number: str) -> Answer:
    """Ask a fund for help: the rules are shown and checked before anything is sent."""
    number, viewer = proper(number), the_viewer()
    case = load_case(number, viewer=viewer)
    if not can_ask_help(viewer, case):
        raise Forbidden
    known = funds(fiscal_year(clock.today()))
    form = AskHelpForm()
    form.fund_code.choices = offered(
        [("", _("Choose a fund")), *((fund.code, fund.name(language())) for fund in known)]
    )
    about = {"person_id": case.person_id, "household_id": case.household_id}
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return _ask_page(number, case.id, form, known, ()), status
    fund = next(fund for fund in known if fund.code == form.fund_code.data)
    if request.form.get("do") != "send":
        findings = findings_for(fund_id=fund.id, amount=form.baht, **about)
        return _ask_page(number, case.id, form, known, findings)

    def act() -> str:
        made = services.ask_help(
            actor=viewer,
            number=number,
            fund_id=fund.id,
            kind=AssistanceKind(form.kind.data),
            amount=form.baht,
            description=form.description.data or "",
            reason=form.reason.data or "",
        )
        return str(made)

    try:
        made = form.once("help-request", act)
    except Refused as refusal:
        form.amount.errors = [refusal.message.split("\n")[0]]
        findings = findings_for(fund_id=fund.id, amount=form.baht, **about)
        return _ask_page(number, case.id, form, known, findings), 422
    flash(_("The request is sent to those who decide."), "success")
    return redirect(url_for("cases.help_request", number=number, request_id=int(made)), 303)


def _ask_page(
    number: str,
    case_id: int,
    form: AskHelpForm,
    known: list[FundRow],
    findings: tuple[Finding, ...],
) -> str:
    rules = rules_of([fund.id for fund in known], clock.today())
    return render_template(
        "cases/help_ask.html",
        number=number,
        undecided=undecided_of(case_id),
        form=form,
        funds=known,
        rules={fund.id: [rule for rule in rules if rule.fund_id == fund.id] for fund in known},
        findings=told(findings),
        sound=bool(findings) and all(finding.kept for finding in findings),
    )


def told(findings: tuple[Finding, ...] | list[Finding]) -> list[dict[str, Any]]:
    """Findings as the page shows them."""
    return [{"kept": one.kept, "text": explain(one), "basis": one.legal_basis} for one in findings]


@blueprint.get("/<number>/help-requests/<int:request_id>")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def help_request(number: str, request_id: int) -> Answer:
    """One request: what is asked, how the rules stand, who decided, what was handed over."""
    return _show(proper(number), request_id)


def _show(number: str, request_id: int, *, form: Form | None = None, failed: str = "") -> str:
    viewer = the_viewer()
    case = load_case(number, viewer=viewer)
    row = request_of(case.id, request_id)
    waiting = row.status == HelpStatus.WAITING
    rules = rules_of([row.fund_id], clock.today()) if waiting else []
    needed = votes_needed(rules, row.asked)
    votes = votes_of(row.id) if needed or row.by_committee else []
    own = row.asked_by_id == viewer.user_id and not viewer.can(P.APPROVE_OWN)
    deciding = waiting and can_decide_help(viewer, case) and not own
    alone = deciding and decides_alone(viewer, rules, row.asked)
    handing = can_record_assistance(viewer, case)
    forms: dict[str, Form] = {}
    version = {"version": str(row.version)}
    if alone:
        forms["decide"] = DecideForm(formdata=None, data=version)
    recused = recusals_of([row.id]).get(row.id, {}) if needed or row.by_committee else {}
    seats = committee(row.fund_id) if recused or (needed and waiting) else []
    vote = _vote_form(row, seats, votes, recused) if needed and waiting else None
    if vote is not None:
        forms["vote"] = vote
    if needed and deciding:
        today = {"met_on": clock.today()}
        forms["resolve"] = ResolveForm(formdata=None, data=version | today)
    if handing and row.status in HELP_STEPS[HelpAction.WITHDRAW]:
        forms["withdraw"] = GiveUpForm(formdata=None, data=version)
    if handing and row.status in HELP_STEPS[HelpAction.DELIVER]:
        given = {"given_on": clock.today(), "amount": format_baht(row.undelivered)}
        forms["deliver"] = DeliverForm(formdata=None, data=version | given)
        forms["release"] = GiveUpForm(formdata=None, data=version)
    if handing and row.status in HELP_STEPS[HelpAction.RETURN] and row.held:
        forms["return"] = ReturnForm(formdata=None, data=version)
    if form is not None:
        forms[failed.partition("-")[0]] = form
    kept = [Finding.from_data(one) for one in row.findings]
    if waiting:
        kept = list(_now(row))
    values = {
        "number": number,
        "row": row,
        "forms": forms,
        "failed": failed,
        "own": own and waiting,
        "findings": told(kept),
        "needed": needed,
        "votes": votes,
        "recused": [(seat, recused[seat.id]) for seat in seats if seat.id in recused],
        "deliveries": deliveries_of(row.id) if row.delivered else [],
        "words": {"state": HELP_STATES, "tone": HELP_TONES, "kind": KINDS_OF_HELP, "vote": VOTES},
    }
    audit.read(viewer, "case", number)
    return render_template("cases/help_request.html", **values)


def _now(row: RequestRow) -> tuple[Finding, ...]:
    return findings_for(
        fund_id=row.fund_id,
        amount=row.asked,
        person_id=row.person_id,
        household_id=row.household_id,
    )


def _vote_form(
    row: RequestRow, seats: list[Seat], votes: list[VoteRow], recused: Collection[int]
) -> VoteForm | None:
    """The form of a vote with the members whose vote this viewer may write; none: no form."""
    viewer = the_viewer()
    out = {vote.member_id for vote in votes} | set(recused)
    own = row.asked_by_id == viewer.user_id and not viewer.can(P.APPROVE_OWN)
    left = [
        seat
        for seat in seats
        if seat.id not in out
        and may_vote_for(viewer, seat)
        and not (own and seat.user_id is not None)
    ]
    if not left:
        return None
    form = VoteForm(formdata=None, data={"version": str(row.version)})
    form.member.choices = offered((str(seat.id), seat.name) for seat in left)
    return form


def _take(
    number: str,
    request_id: int,
    form: Form,
    name: str,
    act: Callable[[], Any],
    done: str,
    otherwise: str,
) -> Answer:
    """Send a step, or show the request with what is not right yet."""
    if not form.sent():
        return _show(number, request_id, form=form, failed=name), 400
    try:
        act()
    except Refused as refusal:
        place = refusal.field if refusal.field and refusal.field in form else otherwise
        form[place].errors = refusal.message.split("\n")
        return _show(number, request_id, form=form, failed=name), 422
    commit()
    flash(done, "success")
    return redirect(url_for("cases.help_request", number=number, request_id=request_id), 303)


@blueprint.post("/<number>/help-requests/<int:request_id>/decide")
@requires(P.DECIDE_ASSISTANCE)
def decide_help(number: str, request_id: int) -> Answer:
    """Approve or refuse, by one person."""
    number, form = proper(number), DecideForm()
    approve = form.decision.data == "approve"
    return _take(
        number,
        request_id,
        form,
        "decide",
        lambda: services.decide_request(
            actor=the_viewer(),
            number=number,
            request_id=request_id,
            version=form.seen_version,
            approve=approve,
            grounds=form.grounds.data or "",
            amount=form.baht,
        ),
        _("Approved; the money is reserved.") if approve else _("Refused."),
        "grounds",
    )


@blueprint.post("/<number>/help-requests/<int:request_id>/vote")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def vote_help(number: str, request_id: int) -> Answer:
    """The vote of a member of the committee."""
    number = proper(number)
    case = load_case(number, viewer=the_viewer())
    row = request_of(case.id, request_id)
    form = VoteForm()
    form.member.choices = offered((str(seat.id), seat.name) for seat in committee(row.fund_id))
    return _take(
        number,
        request_id,
        form,
        "vote",
        lambda: services.vote_on_request(
            actor=the_viewer(),
            number=number,
            request_id=request_id,
            version=form.seen_version,
            member_id=int(form.member.data),
            vote=Vote(form.vote.data),
        ),
        _("The vote is written down."),
        "vote",
    )


@blueprint.post("/<number>/help-requests/<int:request_id>/resolve")
@requires(P.DECIDE_ASSISTANCE)
def resolve_help(number: str, request_id: int) -> Answer:
    """The resolution of the committee."""
    number, form = proper(number), ResolveForm()
    return _take(
        number,
        request_id,
        form,
        "resolve",
        lambda: services.resolve_request(
            actor=the_viewer(),
            number=number,
            request_id=request_id,
            version=form.seen_version,
            resolution=form.resolution.data or "",
            met_on=form.met_on.data,
        ),
        _("The resolution is written down."),
        "resolution",
    )


@blueprint.post("/<number>/help-requests/<int:request_id>/withdraw")
@requires(P.RECORD_ASSISTANCE)
def withdraw_help(number: str, request_id: int) -> Answer:
    """Take the request back."""
    number, form = proper(number), GiveUpForm()
    return _take(
        number,
        request_id,
        form,
        "withdraw",
        lambda: services.withdraw_request(
            actor=the_viewer(),
            number=number,
            request_id=request_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        ),
        _("The request is taken back."),
        "reason",
    )


@blueprint.post("/<number>/help-requests/<int:request_id>/deliver")
@requires(P.RECORD_ASSISTANCE)
def deliver_help(number: str, request_id: int) -> Answer:
    """Hand over what was approved, or a part."""
    number, form = proper(number), DeliverForm()
    return _take(
        number,
        request_id,
        form,
        "deliver",
        lambda: services.deliver_help(
            actor=the_viewer(),
            number=number,
            request_id=request_id,
            version=form.seen_version,
            amount=form.baht,
            given_on=form.given_on.data,
        ),
        _("Handed over, and recorded as help given."),
        "amount",
    )


@blueprint.post("/<number>/help-requests/<int:request_id>/release")
@requires(P.RECORD_ASSISTANCE)
def release_help(number: str, request_id: int) -> Answer:
    """Give up the rest of an approval."""
    number, form = proper(number), GiveUpForm()
    return _take(
        number,
        request_id,
        form,
        "release",
        lambda: services.release_rest(
            actor=the_viewer(),
            number=number,
            request_id=request_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        ),
        _("The rest is back in the budget."),
        "reason",
    )


@blueprint.post("/<number>/help-requests/<int:request_id>/deliveries/<int:delivery_id>/return")
@requires(P.RECORD_ASSISTANCE)
def return_help(number: str, request_id: int, delivery_id: int) -> Answer:
    """Write down what came back."""
    number, form = proper(number), ReturnForm()
    return _take(
        number,
        request_id,
        form,
        f"return-{delivery_id}",
        lambda: services.return_help(
            actor=the_viewer(),
            number=number,
            request_id=request_id,
            delivery_id=delivery_id,
            version=form.seen_version,
            amount=form.baht or Decimal(0),
            reason=form.reason.data or "",
        ),
        _("What came back is in the budget again."),
        "amount",
    )
