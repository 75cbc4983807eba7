"""Needs assessed on a day, on five dimensions; a wrong assessment is taken back with a reason."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.facts import Assessment
from welfare.cases.kinds import MOST_NEED
from welfare.cases.models import AssessedNeed, NeedsAssessment
from welfare.cases.services.care.access import must_keep_plan, tell
from welfare.cases.services.plausible import refuse_long_before
from welfare.cases.workflow import EventKind
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def assess_needs(*, actor: Viewer, number: str, found: Assessment) -> int:
    """Write an assessment down; returns its id. Earlier ones stay beside it."""
    case = must_keep_plan(actor, number)
    _refuse(found)
    refuse_long_before(case, found.assessed_on, field="assessed_on")
    made = NeedsAssessment(
        case_id=case.id,
        assessed_on=found.assessed_on,
        note=found.note or None,
        assessed_by_id=actor.user_id or None,
        recorded_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        AssessedNeed(assessment_id=made.id, dimension=dimension, level=level, text=text or None)
        for dimension, (level, text) in found.needs.items()
    )
    data = {"assessment": made.id, "assessed_on": found.assessed_on.isoformat()}
    tell(actor, case, EventKind.ASSESSMENT, "needs.assessed", data=data)
    return made.id


def take_back_assessment(
    *, actor: Viewer, number: str, assessment_id: int, version: int, reason: str
) -> None:
    """It should not be there; it stays in the database with the reason."""
    case = must_keep_plan(actor, number)
    made = db.session.scalar(
        select(NeedsAssessment)
        .where(NeedsAssessment.id == assessment_id, NeedsAssessment.case_id == case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if made is None or made.withdrawn_at is not None:
        raise NotFound
    if made.version != version:
        raise StaleRecord(version=made.version, current={})
    made.withdrawn_at, made.withdrawn_by_id = clock.now(), actor.user_id or None
    made.withdrawn_reason = reason
    data = {"assessment": made.id, "assessed_on": made.assessed_on.isoformat()}
    tell(actor, case, EventKind.ASSESSMENT, "needs.withdrawn", text=reason, data=data)


def _refuse(found: Assessment) -> None:
    if not found.needs:
        raise Refused(_("Please say of one dimension at least how much help is needed."))
    if found.assessed_on > clock.today():
        raise Refused(_("This day lies in the future."), field="assessed_on")
    for level, _text in found.needs.values():
        if not 0 <= level <= MOST_NEED:
            raise Refused(_("Please choose one of the list."))
