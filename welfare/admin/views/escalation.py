"""Who is told of deadlines; a rule that cannot do as it says stands in red."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from welfare.admin.forms.deadlines import AskingForm, NewRuleForm, RuleForm
from welfare.admin.views.blueprint import Answer, blueprint
from welfare.cases.labels import CHANNELS, FAULTS, TOLD, WATCHED
from welfare.cases.queries import categories, category_words
from welfare.cases.queries.deadlines.points import point_words
from welfare.cases.queries.deadlines.watch import RuleFile, rule_file, watch_file
from welfare.cases.services.deadlines.escalation_rules import add_rule, edit_asking, edit_rule
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.templating import language


@blueprint.get("/escalation")
@requires(Permission.MANAGE_LISTS)
def escalation() -> str:
    """All rules, with what is wrong with each."""
    return _page(None)


def _page(asking: AskingForm | None) -> str:
    watch = watch_file(viewer=the_viewer())
    if asking is None:
        begun = {
            "version": str(watch.settings_version),
            "ask_every_days": watch.ask_every_days,
        }
        asking = AskingForm(formdata=None, data=begun)
    return render_template(
        "admin/escalation.html",
        watch=watch,
        asking=asking,
        when=point_words,
        english=language() == "en",
        categories=category_words(),
        words={
            "stage": {kind: str(words) for kind, words in WATCHED.items()},
            "told": {kind: str(words) for kind, words in TOLD.items()},
            "channel": {kind: str(words) for kind, words in CHANNELS.items()},
            "fault": {kind: str(words) for kind, words in FAULTS.items()},
        },
    )


@blueprint.post("/escalation/asking")
@requires(Permission.MANAGE_LISTS)
def ask_every() -> Answer:
    """How often reasons are asked for."""
    form = AskingForm()
    if not form.sent():
        return _page(form), 400
    every = form.ask_every_days.data or 7
    edit_asking(actor=the_viewer(), version=form.seen_version, every_days=every)
    commit()
    flash(_("Saved."), "success")
    return redirect(url_for("admin.escalation"), 303)


@blueprint.route("/escalation/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def add_escalation() -> Answer:
    """A new rule."""
    form = NewRuleForm()
    _offer(form)
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        return render_template("admin/escalation_rule.html", form=form, rule=None), status
    form.once("escalation.add", lambda: str(add_rule(actor=the_viewer(), facts=form.facts())))
    flash(_("The rule holds from today."), "success")
    return redirect(url_for("admin.escalation"), 303)


@blueprint.route("/escalation/<int:rule_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def escalation_rule(rule_id: int) -> Answer:
    """One rule; saved against the version that was read."""
    rule = rule_file(rule_id, viewer=the_viewer())
    form = RuleForm(data=_begun(rule))
    _offer(form)
    if not form.sent():
        status = 400 if request.method == "POST" else 200
        faults = {kind: str(words) for kind, words in FAULTS.items()}
        page = render_template("admin/escalation_rule.html", form=form, rule=rule, faults=faults)
        return page, status
    edit_rule(actor=the_viewer(), rule_id=rule_id, version=form.seen_version, facts=form.facts())
    commit()
    flash(_("Saved. The rule holds from today as it stands now."), "success")
    return redirect(url_for("admin.escalation"), 303)


def _begun(rule: RuleFile) -> dict[str, Any]:
    return {
        "version": str(rule.version),
        "stage": rule.stage.value,
        "timing": "before" if rule.offset_days < 0 else "after",
        "days": abs(rule.offset_days),
        "told": rule.told.value,
        "channel": rule.channel.value,
        "category": str(rule.category_id or ""),
        "active": rule.active,
    }


def _offer(form: Any) -> None:
    known = [(str(row.id), row.name(language())) for row in categories(active_only=False)]
    every = [("", _("All categories")), *known]
    form.category.choices = offered(every)
