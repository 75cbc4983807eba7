"""Risk and checklist of a case: judged and ticked."""

from __future__ import annotations

from flask import flash
from werkzeug.wrappers import Response

from welfare.cases.forms.care import RiskForm, TickForm
from welfare.cases.kinds import RiskLevel, Tick
from welfare.cases.queries.lists import risk_reasons
from welfare.cases.services.care.judging import judge_risk
from welfare.cases.services.care.ticking import tick_item, untick_item
from welfare.cases.views.blueprint import blueprint
from welfare.cases.views.care import Answer, back, changeable, form_page, put_on, show_care
from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.choices import offered
from welfare.core.web.templating import language


@blueprint.route("/<number>/care/risk", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def judge(number: str) -> Answer:
    """How much danger there is, with reasons from the list and in free words."""
    case = changeable(number)
    risk = case.works.risk
    form = RiskForm(data={"level": risk.level.value if risk else ""})
    form.reasons.choices = offered(
        (str(row.id), row.name(language())) for row in risk_reasons(on=clock.today())
    )
    values = {
        "title": _("Judge the risk"),
        "save": _("Save the risk"),
        "hint": _("It is shown in the lists and to whoever gives out work. No deadline changes."),
    }
    if not form.sent():
        return form_page(case, form, values)

    def act() -> str:
        made = judge_risk(
            actor=the_viewer(),
            number=case.number,
            level=RiskLevel(form.level.data),
            reasons=form.reason_ids,
            note=form.words.data or "",
        )
        return str(made)

    try:
        form.once("risk-judged", act)
    except Refused as refusal:
        put_on(form, refusal, "level")
        return form_page(case, form, values, 422)
    flash(_("The risk is kept. It stands in the lists now."), "success")
    return back(case, "risk")


@blueprint.post("/<number>/care/checks/<int:item_id>/<any(done, not_needed, undo):verb>")
@requires(Permission.EDIT_CASES)
def check(number: str, item_id: int, verb: str) -> Answer | Response:
    """An item is ticked, does not apply, or is not ticked after all."""
    case, form = changeable(number), TickForm()
    if not form.sent():
        return show_care(case.number, failed=item_id, form=form), 400
    try:
        if verb == "undo":
            untick_item(actor=the_viewer(), number=case.number, item_id=item_id)
        else:
            note = form.tick_note.data or ""
            tick_item(
                actor=the_viewer(), number=case.number, item_id=item_id, tick=Tick(verb), note=note
            )
        commit()
    except Refused as refusal:
        form.tick_note.errors = [refusal.message]
        return show_care(case.number, failed=item_id, form=form), 422
    return back(case, "checks")
