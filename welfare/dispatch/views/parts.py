"""What dispatch puts on the page of a case: who has it, and the visits to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch import queries
from welfare.dispatch.forms import (
    DeclineForm,
    OfferForm,
    PlanForm,
    TakeBackForm,
    placed,
    plan_form,
)
from welfare.dispatch.queries import CaseAssignments, CaseVisits
from welfare.dispatch.views.along import companions
from welfare.dispatch.views.reasons import ranked_words, skill_names
from welfare.dispatch.workflow import VisitStatus
from welfare.households.parts import Happened, Told

EXCERPT = 200
"""Characters of what was found that a timeline shows."""


@dataclass(frozen=True, slots=True)
class AssignmentsPart:
    """Who has the case and had it, with the form that this viewer asked for (``?open=decline``).

    A form costs more to write than the assignments themselves: the rest stand as links. To whom
    the case could be given stands on a page of its own, with the reasons.
    """

    held: CaseAssignments
    decline: DeclineForm | None = None
    take_back: TakeBackForm | None = None


def assignments_part(case_id: int, viewer: Viewer) -> AssignmentsPart:
    """The slot ``assignments`` of the case page."""
    held = queries.assignments_of_case(case_id, viewer=viewer)
    return _with_form(held, request.args.get("open", ""))


def _with_form(held: CaseAssignments, opened: str) -> AssignmentsPart:
    """The one form that was asked for, if the viewer can send it now."""
    if opened == "decline" and held.may_answer:
        return AssignmentsPart(held, decline=placed(DeclineForm(formdata=None), opened))
    if opened == "take-back" and held.may_take_back:
        form = TakeBackForm(formdata=None, data={"seen": str(held.seen)})
        return AssignmentsPart(held, take_back=placed(form, opened))
    return AssignmentsPart(held)


def offer_form(
    held: CaseAssignments, viewer: Viewer, form: OfferForm | None = None
) -> tuple[OfferForm, dict[str, str], tuple[str, ...]]:
    """The form with the workers who may go, the best first, what speaks for and against each,
    and who must not go with the reason."""
    if form is None:
        form = OfferForm(formdata=None, data={"seen": str(held.seen)})
    held_by = held.current.worker_id if held.current else None
    found = queries.rank([held.case.number], viewer=viewer)
    ranked = [one for one in found[0].ranked if one.member.id != held_by] if found else []
    fit = [one for one in ranked if one.allowed]
    if any(one.pair for one in fit):
        form.offer_companions(companions([one.member for one in fit], ""))
    form.worker.choices = [(str(one.member.id), one.member.name) for one in fit]
    skills = skill_names() if found and found[0].case.skills else {}
    hints = {str(one.member.id): ranked_words(one, skills) for one in fit}
    barred = tuple(
        f"{one.member.name}: {ranked_words(one, skills)}" for one in ranked if not one.allowed
    )
    return placed(form, "offer"), hints, barred


@dataclass(frozen=True, slots=True)
class VisitsPart:
    """The visits of the case, and the form for another when it was asked for."""

    held: CaseVisits
    plan: PlanForm | None


def visits_part(case_id: int, viewer: Viewer) -> VisitsPart:
    """The slot ``visits`` of the case page."""
    held = queries.visits_of_case(case_id, viewer=viewer)
    if not held.may_plan or request.args.get("open") not in {"plan", "visit"}:
        return VisitsPart(held, None)
    suggested = {"planned_on": held.suggested_on} if held.suggested_on else {}
    return VisitsPart(held, placed(plan_form(**suggested), "plan"))


def visit_words(found: Happened) -> Told:
    """A visit in words: what was found, or what for."""
    status = VisitStatus(found.what)
    titles = {
        VisitStatus.DONE: _("Home visit"),
        VisitStatus.PLANNED: _("Visit planned"),
        VisitStatus.MISSED: _("Visit did not take place"),
    }
    body = " ".join(found.text.split())[:EXCERPT]
    return Told(titles[status], body, f"/field/visits/{found.ref}", "house-heart")
