"""Visits: planned, recorded, corrected, missed, called off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from welfare.cases.queries import load_case
from welfare.cases.services import add_event
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import BE_OFFSET, fiscal_year
from welfare.core.thai.references import format_reference
from welfare.dispatch.models import Visit
from welfare.dispatch.policies import can_cancel, can_plan, can_record
from welfare.dispatch.queries.loading import load_visit
from welfare.dispatch.services.photos import attach_photos
from welfare.dispatch.services.seconds import When, second_of_visit
from welfare.dispatch.workflow import VisitStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case

PREFIX = "V"
FARTHEST = timedelta(days=366)
"""How far ahead a visit may be planned."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a worker writes down of a visit. ``visited_on`` ``None``: today."""

    findings: str
    who_present: str = ""
    needs: str = ""
    visited_on: date | None = None
    next_visit_on: date | None = None


def plan_visit(
    *,
    actor: Viewer,
    number: str,
    planned_on: date,
    planned_time: str = "",
    purpose: str = "",
    companion_id: int | None = None,
) -> str:
    """Plan a visit of the case's worker; returns the number of the visit.

    ``planned_time`` is ``HH:MM`` or empty for any time of the day. ``companion_id`` goes along;
    ``None``: whom the program proposes where two must go, ``NOBODY``: nobody.
    """
    case = load_case(number, viewer=actor, for_update=True)
    if case.assignee_id is None:
        raise Refused(_("This case has no worker yet. Give it to somebody first."))
    if not can_plan(actor, case):
        raise Forbidden
    _refuse_day(planned_on)
    second = second_of_visit(
        actor=actor,
        case=case,
        worker_id=case.assignee_id,
        chosen=companion_id,
        when=When(planned_on, planned_time),
    )
    return add_visit(
        actor=actor,
        case=case,
        worker_id=case.assignee_id,
        companion_id=second,
        planned_on=planned_on,
        planned_time=planned_time,
        purpose=purpose,
    ).number


def add_visit(
    *,
    actor: Viewer,
    case: Case,
    worker_id: int,
    planned_on: date,
    planned_time: str = "",
    purpose: str = "",
    companion_id: int | None = None,
) -> Visit:
    """Write a planned visit down. Rights and the day are the caller's to check."""
    year = fiscal_year(clock.today())
    number = format_reference(PREFIX, fiscal_year=year, running=take_number("visit", year))
    visit = Visit(
        number=number,
        case_id=case.id,
        worker_id=worker_id,
        companion_id=companion_id,
        planned_on=planned_on,
        planned_time=planned_time,
        purpose=purpose,
        status=VisitStatus.PLANNED,
        created_by_id=actor.user_id or None,
        created_at=clock.now(),
    )
    db.session.add(visit)
    db.session.flush()
    when: dict[str, object] = {
        "planned_on": planned_on.isoformat(), "planned_time": planned_time,
    }  # fmt: skip
    if companion_id is not None:
        when["companion_id"] = companion_id
    audit.record(actor, "visit.planned", "visit", number, {"case": case.number, **when})
    _tell(actor, case, visit, "planned", purpose, when)
    outbox.publish("visit.planned", {"number": case.number, "visit": number})
    db.session.flush()
    return visit


def call_off(*, actor: Viewer, case: Case, visit: Visit, reason: str) -> None:
    """Call a planned visit off. Rights are the caller's to check."""
    _settle(actor, visit, case, visit.version, VisitStatus.CANCELLED, reason)


def _refuse_day(planned_on: date) -> None:
    today = clock.today()
    if planned_on < today:
        raise Refused(_("This day has passed. Please choose today or a later day."),
                      field="planned_on")  # fmt: skip
    if planned_on - today > FARTHEST:
        raise Refused(_("This day is more than a year ahead. Please check the year."),
                      field="planned_on")  # fmt: skip


def record_visit(
    *, actor: Viewer, number: str, version: int, found: Found, photo_ids: Sequence[str] = ()
) -> None:
    """Write down what was found, or correct what was written; photos are added to those there."""
    visit, case = load_visit(number, viewer=actor, for_update=True)
    _refuse_not_recordable(actor, visit, case)
    _refuse_stale(visit, version)
    _refuse_dates(found)
    corrected = visit.status == VisitStatus.DONE
    if not corrected or found.visited_on is not None:
        visit.visited_at = _moment(found.visited_on, visit.planned_time)
    visit.status = VisitStatus.DONE
    visit.findings, visit.needs = found.findings, found.needs
    visit.who_present, visit.next_visit_on = found.who_present, found.next_visit_on
    changes = audit.changes_of(visit)
    photos = attach_photos(visit, photo_ids)
    if not changes and not photos:
        return
    verb = "corrected" if corrected else "recorded"
    audit.record(actor, f"visit.{verb}", "visit", number, {**changes, "photos": photos})
    _tell(actor, case, visit, verb, "" if corrected else found.findings, {
        "photos": photos, "visited_at": visit.visited_at.isoformat() if visit.visited_at else "",
    })  # fmt: skip
    db.session.flush()


def miss_visit(*, actor: Viewer, number: str, version: int, reason: str) -> None:
    """Nobody was met, or it could not take place: with the reason."""
    visit, case = load_visit(number, viewer=actor, for_update=True)
    if visit.status != VisitStatus.PLANNED:
        raise Refused(_("This visit has already been settled."))
    _refuse_not_recordable(actor, visit, case)
    _settle(actor, visit, case, version, VisitStatus.MISSED, reason)


def cancel_visit(*, actor: Viewer, number: str, version: int, reason: str) -> None:
    """Call a planned visit off, with the reason."""
    visit, case = load_visit(number, viewer=actor, for_update=True)
    if visit.status != VisitStatus.PLANNED:
        raise Refused(_("This visit has already been settled."))
    if not can_cancel(actor, visit, case):
        raise Forbidden
    _settle(actor, visit, case, version, VisitStatus.CANCELLED, reason)


def _settle(
    actor: Viewer, visit: Visit, case: Case, version: int, status: VisitStatus, reason: str
) -> None:
    if not reason.strip():
        raise Refused(_("Please give a reason."), field="reason")
    _refuse_stale(visit, version)
    visit.status, visit.missed_reason = status, reason
    verb = status.value
    audit.record(actor, f"visit.{verb}", "visit", visit.number, audit.changes_of(visit))
    _tell(actor, case, visit, verb, reason, {"planned_on": visit.planned_on.isoformat()})
    db.session.flush()


def _refuse_not_recordable(actor: Viewer, visit: Visit, case: Case) -> None:
    if visit.status in (VisitStatus.MISSED, VisitStatus.CANCELLED):
        raise Refused(_("This visit has already been settled. Plan a new one to record it."))
    if not can_record(actor, visit, case):
        raise Forbidden


def _refuse_stale(visit: Visit, version: int) -> None:
    if visit.version != version:
        raise StaleRecord(version=visit.version, current=current_fields(visit))


def current_fields(visit: Visit) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields; a date in three of them."""
    again = visit.next_visit_on
    return {
        "next_visit_on-day": str(again.day) if again else "",
        "next_visit_on-month": str(again.month) if again else "",
        "next_visit_on-year": str(again.year + BE_OFFSET) if again else "",
        "findings": visit.findings,
        "needs": visit.needs,
        "who_present": visit.who_present,
    }


def _refuse_dates(found: Found) -> None:
    today = clock.today()
    if found.visited_on is not None and found.visited_on > today:
        raise Refused(_("This day lies in the future."), field="visited_on")
    if found.visited_on is not None and found.visited_on < today - FARTHEST:
        raise Refused(_("This day is more than a year ago. Please check the year."),
                      field="visited_on")  # fmt: skip
    if found.next_visit_on is not None:
        visited_on = found.visited_on or today
        if found.next_visit_on <= visited_on:
            raise Refused(_("The next visit must come after this one."), field="next_visit_on")
        if found.next_visit_on - today > FARTHEST:
            raise Refused(_("This day is more than a year ahead. Please check the year."),
                          field="next_visit_on")  # fmt: skip


def _moment(day: date | None, planned_time: str) -> datetime:
    """Now for today; else that day at the planned time, or at noon."""
    if day is None or day == clock.today():
        return clock.now()
    at = time.fromisoformat(planned_time) if planned_time else time(12)
    return datetime.combine(day, at, clock.BANGKOK).astimezone(UTC)


def _tell(
    actor: Viewer, case: Case, visit: Visit, verb: str, text: str, data: Mapping[str, object]
) -> None:
    details = {"visit": visit.number, "verb": verb, **data}
    add_event(actor=actor, case=case, kind="visit", text=text, data=details)
