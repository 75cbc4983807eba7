"""What dispatch puts on the page of a case: who has it, and the visits to it."""

from __future__ import annotations

from dataclasses import dataclass, field

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
from welfare.dispatch.views.words import choices, hints
from welfare.dispatch.workflow import AssignmentStatus, VisitStatus
from welfare.households.parts import Happened, Told

EXCERPT = 200
"""Characters of what was found that a timeline shows."""


@dataclass(frozen=True, slots=True)
class AssignmentsPart:
    """Who has the case and had it, with the form that this viewer asked for (``?open=offer``).

    A form costs more to write than the assignments themselves, and the list of all workers with
    their loads more than the case: the rest stand as links. A case that somebody has is handed
    on from a page of its own.
    """

    held: CaseAssignments
    offer: OfferForm | None = None
    loads: dict[str, str] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    decline: DeclineForm | None = None
    take_back: TakeBackForm | None = None


def assignments_part(case_id: int, viewer: Viewer) -> AssignmentsPart:
    """The slot ``assignments`` of the case page."""
    held = queries.assignments_of_case(case_id, viewer=viewer)
    return _with_form(held, viewer, request.args.get("open", ""))


def _with_form(held: CaseAssignments, viewer: Viewer, opened: str) -> AssignmentsPart:
    """The one form that was asked for, if the viewer can send it now."""
    if opened == "offer" and held.may_offer and held.current is None:
        offer, loads, elsewhere = offer_form(held, viewer)
        return AssignmentsPart(held, offer, loads, elsewhere)
    if opened == "decline" and held.may_answer:
        return AssignmentsPart(held, decline=placed(DeclineForm(formdata=None), opened))
    if opened == "take-back" and held.may_take_back:
        form = TakeBackForm(formdata=None, data={"seen": str(held.seen)})
        return AssignmentsPart(held, take_back=placed(form, opened))
    return AssignmentsPart(held)


def offer_form(
    held: CaseAssignments, viewer: Viewer, form: OfferForm | None = None
) -> tuple[OfferForm, dict[str, str], tuple[str, ...]]:
    """The form with the workers who may go, what each carries, and who does not work there."""
    case = held.case
    workers = queries.workers_for(
        viewer,
        case_id=case.id,
        village_no=case.village_no,
        household_id=case.household_id,
        person_id=case.person_id,
    )
    if form is None:
        form = OfferForm(formdata=None, data={"seen": str(held.seen)})
    held_by = held.current.worker_id if held.current else None
    said_no = {row.worker_id for row in held.rows if row.status == AssignmentStatus.DECLINED}
    fit = sorted(
        (item for item in workers if item.covers(case.village_no) and item.id != held_by),
        key=lambda item: item.id in said_no,
    )
    form.worker.choices = choices(fit)
    elsewhere = tuple(item.name for item in workers if not item.covers(case.village_no))
    return placed(form, "offer"), hints(fit, said_no), elsewhere


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
