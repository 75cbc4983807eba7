"""Equipment on loan: lent for a case, extended, brought back, lost; and the list of all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.benefits.queries import free_pieces, kinds_with_stock
from welfare.cases import services
from welfare.cases.forms.lending import BackForm, ExtendForm, LendForm, LostForm
from welfare.cases.labels import LOAN_STATES, LOAN_TONES
from welfare.cases.policies import can_ask_help, can_record_assistance
from welfare.cases.queries import all_loans, count_out, load_case
from welfare.cases.queries.loans import loan_of
from welfare.cases.views.blueprint import blueprint, proper
from welfare.cases.views.funds import funds as funds_blueprint
from welfare.cases.workflow import LoanStatus
from welfare.core import audit, clock
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.forms import EditForm, Form
from welfare.core.web.templating import language

Answer = str | Response | tuple[str, int]
P = Permission
USUAL_DAYS = 180


@funds_blueprint.get("/loans")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def loans() -> str:
    """What is out, what is overdue, what is in stock."""
    viewer = the_viewer()
    overdue = request.args.get("show") == "overdue"
    return render_template(
        "funds/loans.html",
        loans=all_loans(viewer, overdue=overdue),
        counts=count_out(viewer),
        overdue=overdue,
        kinds=kinds_with_stock(),
    )


@blueprint.route("/<number>/loans/new", methods=["GET", "POST"])
@requires(P.RECORD_ASSISTANCE)
def lend(number: str) -> Answer:
    """Lend a piece from stock."""
    number, viewer = proper(number), the_viewer()
    if not can_ask_help(viewer, load_case(number, viewer=viewer)):
        raise Forbidden
    pieces = free_pieces()
    usual = clock.today() + timedelta(days=USUAL_DAYS)
    form = LendForm(data={"due_on": usual})
    form.piece.choices = offered(
        [
            ("", _("Choose a piece")),
            *((str(one.id), f"{one.kind_name(language())} {one.number}") for one in pieces),
        ]
    )
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return _lend_page(number, form, bool(pieces)), status

    def act() -> str:
        made = services.lend_piece(
            actor=viewer,
            number=number,
            piece_id=int(form.piece.data),
            due_on=form.due_on.data,
            note=form.note.data or "",
        )
        return str(made)

    try:
        made = form.once("loan", act)
    except Refused as refusal:
        form[refusal.field or "piece"].errors = [refusal.message]
        return _lend_page(number, form, bool(pieces)), 422
    flash(_("Lent."), "success")
    return redirect(url_for("cases.loan", number=number, loan_id=int(made)), 303)


def _lend_page(number: str, form: LendForm, any_free: bool) -> str:
    return render_template("cases/lend.html", number=number, form=form, any_free=any_free)


@blueprint.get("/<number>/loans/<int:loan_id>")
@requires(P.VIEW_CASES, P.VIEW_ALL_CASES)
def loan(number: str, loan_id: int) -> Answer:
    """One loan."""
    return _show(proper(number), loan_id)


def _show(number: str, loan_id: int, *, form: Form | None = None, failed: str = "") -> str:
    viewer = the_viewer()
    case = load_case(number, viewer=viewer)
    row = loan_of(case.id, loan_id)
    forms: dict[str, Form] = {}
    open_to_me = row.status == LoanStatus.OUT and can_record_assistance(viewer, case)
    if open_to_me or form is not None:  # what was typed is shown though somebody was faster
        version = {"version": str(row.version)}
        later = max(row.due_on, clock.today()) + timedelta(days=USUAL_DAYS)
        forms = {
            "back": BackForm(formdata=None, data=version),
            "extend": ExtendForm(formdata=None, data=version | {"due_on": later}),
            "lost": LostForm(formdata=None, data=version),
        }
    if form is not None:
        forms[failed] = form
    values = {
        "number": number,
        "row": row,
        "forms": forms,
        "failed": failed,
        "words": {"state": LOAN_STATES, "tone": LOAN_TONES},
    }
    audit.read(viewer, "case", number)
    return render_template("cases/loan.html", **values)


def _take(
    number: str,
    loan_id: int,
    form: EditForm,
    name: str,
    act: Callable[[], None],
    done: str,
    place: str,
) -> Answer:
    if not form.sent():
        return _show(number, loan_id, form=form, failed=name), 400
    try:
        act()
    except Refused as refusal:
        form[place].errors = [refusal.message]
        return _show(number, loan_id, form=form, failed=name), 422
    commit()
    flash(done, "success")
    return redirect(url_for("cases.loan", number=number, loan_id=loan_id), 303)


@blueprint.post("/<number>/loans/<int:loan_id>/extend")
@requires(P.RECORD_ASSISTANCE)
def extend_loan(number: str, loan_id: int) -> Answer:
    """Let them keep it longer."""
    number, form = proper(number), ExtendForm()
    return _take(
        number,
        loan_id,
        form,
        "extend",
        lambda: services.extend_loan(
            actor=the_viewer(),
            number=number,
            loan_id=loan_id,
            version=form.seen_version,
            due_on=form.due_on.data,
        ),
        _("They may keep it longer."),
        "due_on",
    )


@blueprint.post("/<number>/loans/<int:loan_id>/back")
@requires(P.RECORD_ASSISTANCE)
def loan_back(number: str, loan_id: int) -> Answer:
    """It is back."""
    number, form = proper(number), BackForm()
    return _take(
        number,
        loan_id,
        form,
        "back",
        lambda: services.take_back_loan(
            actor=the_viewer(),
            number=number,
            loan_id=loan_id,
            version=form.seen_version,
            condition=form.condition.data or "",
            repair=bool(form.repair.data),
        ),
        _("It is back."),
        "condition",
    )


@blueprint.post("/<number>/loans/<int:loan_id>/lost")
@requires(P.RECORD_ASSISTANCE)
def loan_lost(number: str, loan_id: int) -> Answer:
    """It does not come back any more."""
    number, form = proper(number), LostForm()
    return _take(
        number,
        loan_id,
        form,
        "lost",
        lambda: services.lose_loan(
            actor=the_viewer(),
            number=number,
            loan_id=loan_id,
            version=form.seen_version,
            reason=form.reason.data or "",
        ),
        _("The loan has ended; the piece is written off as lost."),
        "reason",
    )
