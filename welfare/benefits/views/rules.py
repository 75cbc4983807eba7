"""The rules of a fund, each with the days on which it counts."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.benefits import services
from welfare.benefits.forms import NewRuleForm, RuleForm
from welfare.benefits.queries import fund_of
from welfare.benefits.queries.managing import rule_row
from welfare.benefits.views.blueprint import Answer, blueprint, place
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.thai.money import format_baht
from welfare.core.web import commit, requires, the_viewer

P = Permission


@blueprint.route("/funds/<code>/rules/new", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def new_rule(code: str) -> Answer:
    """A rule from some day on."""
    fund, form = fund_of(code), NewRuleForm()
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("benefits/rule.html", fund=fund, form=form, rule=None), status

    def act() -> str:
        return str(services.add_rule(actor=the_viewer(), code=code, facts=form.facts()))

    try:
        form.once("fund-rule", act)
    except Refused as refusal:
        place(refusal, form, "kind")
        return render_template("benefits/rule.html", fund=fund, form=form, rule=None), 422
    flash(_("The rule is there."), "success")
    return _back(code)


@blueprint.route("/funds/<code>/rules/<int:rule_id>", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def edit_rule(code: str, rule_id: int) -> Answer:
    """Correct a rule, or end it by its last day."""
    fund = fund_of(code)
    rule = rule_row(fund.id, rule_id)
    form = RuleForm(
        data={
            "version": str(rule.version),
            "kind": rule.kind.value,
            "amount": "" if rule.amount is None else format_baht(rule.amount),
            "times": "" if rule.times is None else str(rule.times),
            "per": rule.per.value,
            "role": "" if rule.role is None else rule.role.value,
            "members": "" if rule.members is None else str(rule.members),
            "effective_from": rule.effective_from,
            "effective_to": rule.effective_to,
            "legal_basis": rule.legal_basis,
            "source": rule.source,
        }
    )
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("benefits/rule.html", fund=fund, form=form, rule=rule), status
    try:
        services.edit_rule(
            actor=the_viewer(),
            code=code,
            rule_id=rule_id,
            version=form.seen_version,
            facts=form.facts(),
        )
    except Refused as refusal:
        place(refusal, form, "kind")
        return render_template("benefits/rule.html", fund=fund, form=form, rule=rule), 422
    commit()
    flash(_("Saved."), "success")
    return _back(code)


def _back(code: str) -> Response:
    return redirect(url_for("benefits.fund", code=code, _anchor="rules"), 303)
