"""What becomes of an assignment and of planned visits when their case is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from welfare.cases.services import add_event
from welfare.cases.workflow import CaseAction
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch.queries.loading import current_assignment, visits_after
from welfare.dispatch.workflow import AssignmentStatus, VisitStatus

if TYPE_CHECKING:
    from welfare.cases.models import Case

ENDING = frozenset({CaseAction.CLOSE, CaseAction.REOPEN})
"""After these steps nobody has the case in hand; a reopened one is offered anew."""


def settle_with_case(actor: Viewer, case: Case, action: CaseAction) -> None:
    """End the current assignment of a case that was closed, and call off its later visits.

    Visits of today and before stay: what was found can still be written down.
    """
    if action not in ENDING:
        return
    _end_assignment(actor, case)
    for visit in visits_after(case, clock.today()):
        visit.status = VisitStatus.CANCELLED
        visit.missed_reason = _("The case was closed.")
        audit.record(actor, "visit.cancelled", "visit", visit.number, audit.changes_of(visit))
        data = {
            "visit": visit.number,
            "verb": VisitStatus.CANCELLED.value,
            "planned_on": visit.planned_on.isoformat(),
        }
        add_event(actor=actor, case=case, kind="visit", text=visit.missed_reason, data=data)
    db.session.flush()


def _end_assignment(actor: Viewer, case: Case) -> None:
    current = current_assignment(case)
    if current is None:
        return
    current.status, current.ended_at = AssignmentStatus.ENDED, clock.now()
    current.reason = _("The case was closed.")
    audit.record(actor, "assignment.ended", "case", case.number, audit.changes_of(current))
