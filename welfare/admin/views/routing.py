"""Rules of who is proposed first: added and changed by the administrator."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from welfare.admin.forms.routing import NewRoutingForm, RoutingForm, choices
from welfare.admin.views.blueprint import Answer, blueprint, commit_and_forget, forget, place
from welfare.cases.labels import FAULTS, REMEDIES
from welfare.cases.queries import categories, villages
from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.core.web.templating import language
from welfare.dispatch.queries import skills
from welfare.dispatch.queries.crew import Member
from welfare.dispatch.queries.proposals import RoutingRow
from welfare.dispatch.queries.routing_rules import everybody, fault_of, routing_row
from welfare.dispatch.services import add_routing_rule, edit_routing_rule


@blueprint.route("/routing/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add_routing() -> Answer:
    """A new rule."""
    form = NewRoutingForm(data={"starts": clock.today(), "active": True})
    _offer(form, everybody())
    if not form.sent():
        return _page(form, None), 400 if request.method == "POST" else 200
    try:
        form.once(
            "routing.add", lambda: str(add_routing_rule(actor=the_viewer(), facts=form.facts()))
        )
    except Refused as refusal:
        place(refusal, form, "name")
        return _page(form, None), 422
    forget()
    flash(_("The rule proposes; whoever dispatches decides."), "success")
    return redirect(url_for("admin.rules"), 303)


@blueprint.route("/routing/<int:rule_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def routing_rule(rule_id: int) -> Answer:
    """One rule; saved against the version that was read."""
    rule = routing_row(rule_id, viewer=the_viewer())
    form, members = RoutingForm(data=_begun(rule)), everybody()
    _offer(form, members)
    if not form.sent():
        return _page(form, rule, members), 400 if request.method == "POST" else 200
    try:
        edit_routing_rule(
            actor=the_viewer(), rule_id=rule_id, version=form.seen_version, facts=form.facts()
        )
    except Refused as refusal:
        place(refusal, form, "name")
        return _page(form, rule, members), 422
    commit_and_forget()
    flash(_("Saved."), "success")
    return redirect(url_for("admin.rules"), 303)


def _page(form: Any, rule: RoutingRow | None, members: list[Member] | None = None) -> str:
    fault = fault_of(rule, members or []) if rule is not None and rule.active else None
    return render_template(
        "admin/routing_rule.html",
        form=form,
        rule=rule,
        fault=str(FAULTS[fault]) if fault else "",
        remedy=str(REMEDIES[fault]) if fault else "",
    )


def _begun(rule: RoutingRow) -> dict[str, Any]:
    return {
        "version": str(rule.version),
        "name": rule.name,
        "category": str(rule.category_id or ""),
        "village": str(rule.village_no or ""),
        "urgency": rule.priority.value if rule.priority else "",
        "target": rule.target.value,
        "worker": str(rule.worker_id or ""),
        "skill": rule.skill or "",
        "role": rule.role.value if rule.role else "",
        "reason": rule.reason,
        "starts": rule.effective_from,
        "until": rule.effective_to,
        "active": rule.active,
    }


def _offer(form: Any, members: list[Member]) -> None:
    """Fill the lists. What a rule names already stays on offer, gone or not."""
    english = language() == "en"
    form.category.choices = choices(
        [(str(row.id), row.name(language())) for row in categories(active_only=False)], _("Any")
    )
    numbers = [(str(row.village_no), _("Moo %(no)s", no=row.village_no)) for row in villages()]
    form.village.choices = choices(_with(numbers, form.village), _("Any"))
    workers = [(str(one.id), one.name) for one in members]
    form.worker.choices = choices(_with(workers, form.worker), "–")
    known = [(row.code, row.name_en if english else row.name_th) for row in skills()]
    form.skill.choices = choices(_with(known, form.skill), "–")


def _with(offered: list[tuple[str, str]], field: Any) -> list[tuple[str, str]]:
    """The offer with what stands in the record, where the list no longer has it."""
    kept = str(field.object_data or "")
    if not kept or kept in {value for value, _label in offered}:
        return offered
    return [*offered, (kept, _("%(what)s (no longer on the list)", what=kept))]
