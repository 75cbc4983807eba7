"""Two cases that look like one and are two: said once, and remembered."""

from __future__ import annotations

from welfare.cases.models import CaseApart
from welfare.cases.policies import can_edit
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def say_apart(*, actor: Viewer, number: str, other: str) -> None:
    """These are two: neither is offered as the other's double again. Saying it twice is fine."""
    if number == other:
        raise Refused(_("This is one and the same case."), field="other")
    cases = [load_case(one, viewer=actor) for one in sorted((number, other))]
    if not all(can_edit(actor, case) for case in cases):
        raise Forbidden
    low, high = sorted(case.id for case in cases)
    if db.session.get(CaseApart, (low, high), with_for_update=True) is not None:
        return
    db.session.add(
        CaseApart(low_id=low, high_id=high, said_by_id=actor.user_id or None, said_at=clock.now())
    )
    for case, two in zip(cases, reversed(cases), strict=True):
        data = {"verb": "two", "case": two.number}
        add_event(actor=actor, case=case, kind=EventKind.FAMILY, data=data)
        audit.record(actor, "case.two", "case", case.number, {"other": two.number})
    db.session.flush()
