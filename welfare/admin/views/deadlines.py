"""The days of every stage, by kind of trouble and urgency, as dated rows."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from welfare.admin.forms.deadlines import DaysForm
from welfare.admin.views.blueprint import Answer, blueprint, commit_and_forget, place
from welfare.cases.kinds import Stage
from welfare.cases.labels import PRIORITIES, STAGES
from welfare.cases.queries import categories, category_by_code
from welfare.cases.queries.deadlines.rules import (
    RuleRow,
    all_rules,
    days_of_kind,
    row_for,
    rules_of,
    seen_version,
)
from welfare.cases.services.deadlines.rules import set_days
from welfare.cases.workflow import Priority
from welfare.core import clock
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.core.web.templating import language

EVERY = "every"
"""In addresses: the days for urgencies that have none of their own."""


def _levels() -> dict[str, str]:
    words = {EVERY: _("Every urgency")}
    return words | {level.value: str(label) for level, label in PRIORITIES.items()}


@blueprint.get("/deadlines")
@requires(Permission.MANAGE_LISTS)
def deadlines() -> str:
    """What is in force today, for one urgency."""
    level = request.args.get("level", EVERY)
    level = level if level in _levels() else EVERY
    priority = None if level == EVERY else Priority(level)
    today, rules = clock.today(), all_rules()
    rows = []
    for category in categories(active_only=False):
        held = [one for one in rules if one.category_id == category.id and one.holds(today)]
        cells = [_cell(held, category.id, priority, stage) for stage in Stage]
        ahead = any(one.category_id == category.id and one.effective_from > today for one in rules)
        rows.append((category.code, category.name(language()), cells, ahead))
    return render_template(
        "admin/deadlines.html",
        rows=rows,
        level=level,
        levels=_levels(),
        stages=[str(words) for words in STAGES.values()],
    )


def _cell(
    held: list[RuleRow], category_id: int, priority: Priority | None, stage: Stage
) -> tuple[int | None, bool]:
    """The days of a stage, and whether they are this urgency's own."""
    row = row_for(held, priority, stage)
    if row is None:
        return days_of_kind(category_id, stage), False
    return row.working_days, row.priority is priority


@blueprint.route("/deadlines/<code>/<level>", methods=["GET", "POST"])
@requires(Permission.MANAGE_LISTS)
def stage_days(code: str, level: str) -> Answer:
    """The days of one kind of trouble and urgency: now, before, and from a day on."""
    category = category_by_code(code)
    if category is None or level not in _levels():
        raise NotFound
    priority = None if level == EVERY else Priority(level)
    rows = [row for row in rules_of(category.id) if row.priority is priority]
    now = {row.stage: row for row in rows if row.holds(clock.today())}
    form = DaysForm(data=_begun(category.id, priority, now))
    values: dict[str, Any] = {
        "form": form,
        "name": category.name(language()),
        "level": level,
        "levels": _levels(),
        "history": rows,
        "stages": {stage: str(words) for stage, words in STAGES.items()},
        "today": clock.today(),
    }
    page = "admin/stage_days.html"
    if not form.sent():
        return render_template(page, **values), 400 if request.method == "POST" else 200
    try:
        changed = set_days(
            actor=the_viewer(),
            category_id=category.id,
            priority=priority,
            version=form.seen_version,
            facts=form.facts(),
        )
    except Refused as refusal:
        place(refusal, form, "effective_from")
        return render_template(page, **values), 422
    commit_and_forget()
    if changed:
        flash(_("Saved. Cases that are open keep what they were given."), "success")
    else:
        flash(_("Nothing was changed."), "info")
    return redirect(url_for("admin.deadlines", level=level), 303)


def _begun(
    category_id: int, priority: Priority | None, now: dict[Stage, RuleRow]
) -> dict[str, Any]:
    """What the form begins with: what is in force today, to hold from today."""
    days = {stage.value: now[stage].working_days for stage in now}
    if priority is None:
        for stage in (Stage.ACKNOWLEDGE, Stage.CLOSURE):
            if stage not in now:
                days[stage.value] = days_of_kind(category_id, stage)
    newest = max(now.values(), key=lambda row: row.effective_from, default=None)
    return {
        "version": str(seen_version(category_id, priority)),
        "effective_from": clock.today(),
        "legal_basis": newest.legal_basis if newest else "",
        "source": newest.source if newest else "",
        **days,
    }
