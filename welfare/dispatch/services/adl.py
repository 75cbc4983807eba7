"""The Barthel index taken at a visit: a dated fact of the registry, the visit its source."""

from __future__ import annotations

from welfare.cases.services import add_event
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.dispatch.policies import can_record
from welfare.dispatch.queries.adl import person_number
from welfare.dispatch.queries.loading import load_visit
from welfare.dispatch.workflow import VisitStatus
from welfare.households.facts import FactEntry
from welfare.households.kinds import FactKind, FactSource
from welfare.households.services.facts import add_fact


def take_adl(*, actor: Viewer, number: str, items: str) -> None:
    """Write down the ten scores for the person helped, as of the day of a recorded visit.

    A later one stands beside it in the registry; the visit names its newest.
    """
    visit, case = load_visit(number, viewer=actor, for_update=True)
    if not can_record(actor, visit, case):
        raise Forbidden
    if visit.status != VisitStatus.DONE or visit.visited_at is None:
        raise Refused(_("Write the visit down first."))
    if case.person_id is None:
        raise Refused(_("Say first whom the case is about."))
    entry = FactEntry(
        kind=FactKind.ADL,
        from_day=clock.local(visit.visited_at).date(),
        items=items,
        source=FactSource.VISIT,
        source_note=visit.number,
    )
    fact = add_fact(actor=actor, number=person_number(case.person_id), entry=entry)
    visit.adl_fact_id = fact.id
    audit.record(actor, "visit.adl_taken", "visit", number, {"case": case.number})
    details = {"visit": visit.number, "verb": "adl"}
    add_event(actor=actor, case=case, kind="visit", data=details)
    db.session.flush()
