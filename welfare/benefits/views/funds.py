"""Funds, their budgets and committees."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.accounts.queries import user_id_of
from welfare.benefits import services
from welfare.benefits.forms import BudgetForm, FundForm, MemberForm, NewFundForm
from welfare.benefits.queries import committee, fund_of
from welfare.benefits.queries import funds as funds_of
from welfare.benefits.queries.managing import all_rules, budgets
from welfare.benefits.views.blueprint import Answer, blueprint, place
from welfare.benefits.wording import rule_words
from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.dates import fiscal_year
from welfare.core.web import commit, requires, the_viewer

P = Permission


@blueprint.get("/funds")
@requires(P.MANAGE_LISTS)
def all_funds() -> str:
    """All funds, those no longer used at the end."""
    year = fiscal_year(clock.today())
    return render_template("benefits/funds.html", funds=funds_of(year, every=True), year=year)


@blueprint.route("/funds/new", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def new_fund() -> Answer:
    """A new fund."""
    form = NewFundForm()
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("benefits/fund_new.html", form=form), status

    def act() -> str:
        code = form.code.data or ""
        services.add_fund(actor=the_viewer(), code=code, facts=form.facts())
        return code

    try:
        code = form.once("fund", act)
    except Refused as refusal:
        place(refusal, form, "code")
        return render_template("benefits/fund_new.html", form=form), 422
    flash(_("The fund is there. Enter its budget and its rules."), "success")
    return redirect(url_for("benefits.fund", code=code), 303)


@blueprint.route("/funds/<code>", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def fund(code: str) -> Answer:
    """A fund: what is said of it, its budgets, rules and committee."""
    held = fund_of(code)
    form = FundForm(
        data={
            "version": str(held.version),
            "name_th": held.name_th,
            "name_en": held.name_en,
            "purpose": held.purpose,
            "legal_basis": held.legal_basis,
            "active": held.active,
        }
    )
    if not form.sent():
        return _page(code, fund=form), 400 if request.method == "POST" else 200
    services.edit_fund(actor=the_viewer(), code=code, version=form.seen_version, facts=form.facts())
    commit()
    flash(_("Saved."), "success")
    return _back(code)


def _page(code: str, **forms: Any) -> str:
    held = fund_of(code)
    years = budgets(held.id)
    today = clock.today()
    year = fiscal_year(today)
    current = next((one for one in years if one.fiscal_year == year), None)
    shown = {
        "fund": FundForm(
            formdata=None,
            data={
                "version": str(held.version),
                "name_th": held.name_th,
                "name_en": held.name_en,
                "purpose": held.purpose,
                "legal_basis": held.legal_basis,
                "active": held.active,
            },
        ),
        "budget": BudgetForm(
            formdata=None,
            data={
                "version": str(current.version if current else 0),
                "fiscal_year": str(year),
                "amount": str(current.amount) if current else "",
            },
        ),
        "member": MemberForm(formdata=None),
    } | forms
    return render_template(
        "benefits/fund.html",
        fund=held,
        forms=shown,
        failed=next(iter(forms), ""),
        years=years,
        rules=[(rule, rule_words(rule), rule.counts_on(today)) for rule in all_rules(held.id)],
        seats=committee(held.id),
    )


@blueprint.post("/funds/<code>/budgets")
@requires(P.MANAGE_LISTS)
def set_budget(code: str) -> Answer:
    """What it may spend in a year. A year without a budget has version 0."""
    form = BudgetForm()
    if not form.sent():
        return _page(code, budget=form), 400
    held = fund_of(code)
    known = next((one for one in budgets(held.id) if one.fiscal_year == form.year), None)
    version = form.seen_version if known is not None else 0
    try:
        services.set_budget(
            actor=the_viewer(),
            code=code,
            fiscal_year=form.year,
            amount=form.baht,
            version=version,
        )
    except Refused as refusal:
        place(refusal, form, "amount")
        return _page(code, budget=form), 422
    commit()
    flash(_("The budget is set."), "success")
    return _back(code)


@blueprint.post("/funds/<code>/members")
@requires(P.MANAGE_LISTS)
def add_member(code: str) -> Answer:
    """Somebody joins the committee."""
    form = MemberForm()
    if not form.sent():
        return _page(code, member=form), 400
    account = (form.account.data or "").strip()
    user_id = user_id_of(account) if account else None
    if account and user_id is None:
        form.account.errors = [_("There is no account of this name.")]
        return _page(code, member=form), 422

    def act() -> str:
        made = services.add_member(
            actor=the_viewer(),
            code=code,
            name=form.member_name.data or "",
            position=form.position.data or "",
            user_id=user_id,
        )
        return str(made)

    try:
        form.once("committee-member", act)
    except Refused as refusal:
        place(refusal, form, "account")
        return _page(code, member=form), 422
    flash(_("They are a member now."), "success")
    return _back(code)


@blueprint.post("/funds/<code>/members/<int:member_id>/end")
@requires(P.MANAGE_LISTS)
def end_member(code: str, member_id: int) -> Response:
    """Somebody leaves the committee."""
    services.end_member(actor=the_viewer(), code=code, member_id=member_id)
    commit()
    flash(_("They are no longer a member; their votes stay."), "success")
    return _back(code)


def _back(code: str) -> Response:
    return redirect(url_for("benefits.fund", code=code), 303)
