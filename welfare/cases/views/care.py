"""Needs and plan of a case: their page, and the forms of assessments."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.cases import queries
from welfare.cases.forms.care import AssessForm, TakeBackForm
from welfare.cases.labels import (
    ACTION_STATES,
    AGREED_BY,
    DUTIES,
    GOAL_STATES,
    GOAL_TONES,
    RESPONSIBLE,
    RISK_TONES,
    RISKS,
    TICKS,
)
from welfare.cases.policies import can_keep_plan
from welfare.cases.queries import CaseFile
from welfare.cases.queries.care import Assessed
from welfare.cases.queries.plan import words_of
from welfare.cases.services.care.assessing import assess_needs, take_back_assessment
from welfare.cases.views.blueprint import blueprint, proper
from welfare.cases.views.needs_picture import Need, needs_of
from welfare.core import audit, clock
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import commit, requires, the_viewer
from welfare.core.web.forms import Form
from welfare.households.labels import DIMENSION

Answer = str | Response | tuple[str, int]


@blueprint.get("/<number>/care")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def care(number: str) -> str:
    """Assessments over time, risk, checklist, and the plan with its goals and actions."""
    return show_care(proper(number))


def show_care(number: str, *, failed: int = 0, form: Form | None = None) -> str:
    """The page; ``form`` is one of the item ``failed`` that was sent and is not right yet."""
    viewer = the_viewer()
    case = queries.case_file(number, viewer=viewer)
    audit.read(viewer, "case", number)
    words = words_of(case.id)
    held = case.works.care.assessments
    return render_template(
        "cases/care/page.html",
        case=case,
        care=case.works.care,
        may=can_keep_plan(viewer, case),
        needs=[
            (one, needs_of(one, before, _texts(words, one)), _note(words, one))
            for one, before in zip_longest(held, held[1:])
        ],
        words=plan_words(),
        failed=failed,
        form=form,
    )


def plan_words() -> dict[str, Any]:
    """The words that plans are shown with."""
    return {
        "goal": GOAL_STATES,
        "tone": GOAL_TONES,
        "action": ACTION_STATES,
        "responsible": RESPONSIBLE,
        "agreed": AGREED_BY,
        "dimension": DIMENSION,
        "risk": RISKS,
        "risk_tone": RISK_TONES,
        "tick": TICKS,
        "duty": DUTIES,
    }


def newest_needs(case: CaseFile) -> list[Need]:
    """The newest assessment beside the one before, for the page of the case."""
    held = case.works.care.assessments
    return needs_of(held[0], held[1] if len(held) > 1 else None) if held else []


def _texts(words: dict[int, Any], one: Assessed) -> Any:
    return words[one.id].texts if one.id in words else {}


def _note(words: dict[int, Any], one: Assessed) -> str:
    return words[one.id].note if one.id in words else ""


def changeable(number: str) -> CaseFile:
    """The case for a form of its plan; ``Forbidden`` for whoever may not keep it."""
    viewer = the_viewer()
    case = queries.case_file(proper(number), viewer=viewer)
    if not can_keep_plan(viewer, case):
        raise Forbidden
    return case


def form_page(
    case: CaseFile,
    form: Form,
    values: Mapping[str, Any],
    status: int | None = None,
    page: str = "cases/care/form.html",
) -> Answer:
    """A page with one form of a plan."""
    if request.method == "GET":
        audit.read(the_viewer(), "case", case.number)
    shown = status or (400 if request.method == "POST" else 200)
    return render_template(page, case=case, form=form, **values), shown


def back(case: CaseFile, place: str) -> Response:
    """After a success: the page of needs and plan."""
    return redirect(url_for("cases.care", number=case.number, _anchor=place), code=303)


def put_on(form: Form, refusal: Refused, otherwise: str) -> None:
    """Put what a service refused beside the field it is about."""
    name = refusal.field if refusal.field and refusal.field in form else otherwise
    form[name].errors = [refusal.message]


@blueprint.route("/<number>/care/assess", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def assess(number: str) -> Answer:
    """How much help is needed now, in five parts of life."""
    case = changeable(number)
    form = AssessForm(data={"assessed_on": clock.today()})
    held = case.works.care.assessments
    before = {need.name: need for need in needs_of(held[0], None)} if held else {}
    page = "cases/care/assess.html"
    values = {"before": before, "dimensions": DIMENSION}
    if not form.sent():
        return form_page(case, form, values, page=page)

    def act() -> str:
        found = form.found()
        return str(assess_needs(actor=the_viewer(), number=case.number, found=found))

    try:
        form.once("needs-assessed", act)
    except Refused as refusal:
        put_on(form, refusal, "overall")
        return form_page(case, form, values, 422, page)
    flash(_("The assessment is kept."), "success")
    return back(case, "needs")


@blueprint.route("/<number>/care/assessments/<int:assessment_id>/back", methods=["GET", "POST"])
@requires(Permission.EDIT_CASES)
def take_back_needs(number: str, assessment_id: int) -> Answer:
    """An assessment should not be there."""
    case = changeable(number)
    held = next((one for one in case.works.care.assessments if one.id == assessment_id), None)
    if held is None:
        raise NotFound
    form = TakeBackForm(data={"version": str(held.version)})
    values = {"title": _("Take the assessment back"), "save": _("Take back")}
    if not form.sent():
        return form_page(case, form, values)
    take_back_assessment(
        actor=the_viewer(),
        number=case.number,
        assessment_id=assessment_id,
        version=form.seen_version,
        reason=form.why.data or "",
    )
    commit()
    flash(_("The assessment is taken back and no longer shown."), "success")
    return back(case, "needs")
