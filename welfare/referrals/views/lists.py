"""The directory of agencies and the rules of chasing, for the administrator."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import flash, redirect, render_template, url_for

from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.referrals import services
from welfare.referrals.forms.lists import AgencyForm, ChaseRuleForm, NewAgencyForm
from welfare.referrals.labels import AGENCY_KINDS
from welfare.referrals.queries.agencies import agencies, agency_of, chase_rules
from welfare.referrals.views.blueprints import Answer, admin_lists, status_of_page

P = Permission


@admin_lists.get("")
@requires(P.MANAGE_LISTS)
def directory() -> str:
    """All agencies, and when silence is reminded of."""
    return _page(ChaseRuleForm(formdata=None, data={"valid_from": clock.today()}))


def _page(form: ChaseRuleForm) -> str:
    return render_template(
        "agency/directory.html",
        rows=agencies(every=True),
        kinds=AGENCY_KINDS,
        rules=chase_rules(),
        form=form,
    )


@admin_lists.post("/rules")
@requires(P.MANAGE_LISTS)
def add_rule() -> Answer:
    """Another rule from a day on."""
    form = ChaseRuleForm()
    if not form.sent():
        return _page(form), 400

    def act() -> str:
        services.add_chase_rule(
            actor=the_viewer(),
            valid_from=form.valid_from.data,
            first_days=form.first,
            again_days=form.again,
        )
        return ""

    try:
        form.once("chase-rule", act)
    except Refused as refusal:
        form[refusal.field or "valid_from"].errors = [refusal.message]
        return _page(form), 422
    flash(_("Saved."), "success")
    return redirect(url_for("agencies.directory"), 303)


@admin_lists.route("/new", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def add() -> Answer:
    """A new agency."""
    form = NewAgencyForm()
    if not form.sent():
        return _form(form, _("New agency")), status_of_page()

    def act() -> str:
        return str(services.add_agency(actor=the_viewer(), facts=form.facts()))

    try:
        form.once("agency", act)
    except Refused as refusal:
        form[refusal.field or "name_th"].errors = [refusal.message]
        return _form(form, _("New agency")), 422
    flash(_("The agency is in the directory."), "success")
    return redirect(url_for("agencies.directory"), 303)


@admin_lists.route("/<int:agency_id>", methods=["GET", "POST"])
@requires(P.MANAGE_LISTS)
def edit(agency_id: int) -> Answer:
    """Change what is known of an agency, or end its use."""
    row = agency_of(agency_id)
    facts: dict[str, Any] = asdict(row.facts)
    facts |= {"version": str(row.version), "kind": row.kind.value}
    form = AgencyForm(data=facts)
    if not form.sent():
        return _form(form, row.name_th), status_of_page()
    try:
        services.edit_agency(
            actor=the_viewer(), agency_id=agency_id, version=form.seen_version, facts=form.facts()
        )
    except Refused as refusal:
        form[refusal.field or "name_th"].errors = [refusal.message]
        return _form(form, row.name_th), 422
    commit()
    flash(_("Saved."), "success")
    return redirect(url_for("agencies.directory"), 303)


def _form(form: NewAgencyForm | AgencyForm, heading: str) -> str:
    return render_template("agency/edit.html", form=form, heading=heading)
