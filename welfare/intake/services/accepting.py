"""Accepting a complaint: into a case of its own, or into one that is open already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfare.cases.queries import load_case
from welfare.cases.services import join_complaint, open_case
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core import outbox
from welfare.core.errors import NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.queries import Ref, household_ref, person_ref
from welfare.intake.models import Complaint, ComplaintEventKind
from welfare.intake.services.triage import decided, load_to_decide, settle
from welfare.intake.workflow import ComplaintStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case


@dataclass(frozen=True, slots=True)
class NewCase:
    """What the officer says of the case to open; numbers of the registry, or nothing."""

    title: str
    category_id: int
    priority: Priority
    sensitivity: Sensitivity
    household: str = ""
    person: str = ""


def accept_into_new(*, actor: Viewer, reference: str, version: int, new: NewCase) -> str:
    """Open a case for the complaint and join it; returns the number of the case."""
    complaint = load_to_decide(actor, reference, version, ComplaintStatus.ACCEPTED)
    house = household_named(actor, new.household)
    person = person_named(actor, new.person)
    case = open_case(
        actor=actor,
        title=new.title,
        summary=complaint.description,
        category_id=new.category_id,
        priority=new.priority,
        sensitivity=new.sensitivity,
        household_id=house.id if house else None,
        person_id=person.id if person else None,
        village_no=house.village_no if house else complaint.village_no,
    )
    complaint.household_id = house.id if house else complaint.household_id
    complaint.person_id = person.id if person else complaint.person_id
    _join(actor, complaint, case)
    return case.number


def accept_into_open(*, actor: Viewer, reference: str, version: int, number: str) -> str:
    """Join the complaint to an open case that the actor may see; returns its number."""
    complaint = load_to_decide(actor, reference, version, ComplaintStatus.ACCEPTED)
    try:
        case = load_case(number, viewer=actor, for_update=True)
    except NotFound:
        raise Refused(
            _("There is no such case. Please compare the number."), field="case"
        ) from None
    if case.status == CaseStatus.CLOSED:
        message = _("This case is closed. Please reopen it first, or open a new case.")
        raise Refused(message, field="case")
    complaint.household_id = complaint.household_id or case.household_id
    complaint.person_id = complaint.person_id or case.person_id
    _join(actor, complaint, case)
    return case.number


def _join(actor: Viewer, complaint: Complaint, case: Case) -> None:
    decided(actor, complaint, ComplaintStatus.ACCEPTED)
    complaint.case_id = case.id
    join_complaint(
        actor=actor,
        case=case,
        reference=complaint.reference,
        search_extra=complaint.search_text,
    )
    settle(actor, complaint, ComplaintEventKind.ACCEPTED, "", {"case": case.number})
    outbox.publish("complaint.accepted", {"reference": complaint.reference, "case": case.number})


def household_named(actor: Viewer, number: str) -> Ref | None:
    """The household of a number as typed; ``Refused`` when there is none in the actor's area."""
    if not number:
        return None
    try:
        return household_ref(number, viewer=actor)
    except NotFound:
        message = _("There is no household with this number.")
        raise Refused(message, field="household") from None


def person_named(actor: Viewer, number: str) -> Ref | None:
    """The person of a number as typed; ``Refused`` when there is none in the actor's area."""
    if not number:
        return None
    try:
        return person_ref(number, viewer=actor)
    except NotFound:
        raise Refused(_("There is no person with this number."), field="person") from None
