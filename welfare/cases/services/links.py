"""Cases that have to do with each other and are neither one nor parts of one: linked, let go."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from welfare.cases.models import Case, CaseLink
from welfare.cases.policies import can_change_record
from welfare.cases.queries.loading import load_case
from welfare.cases.services.events import add_event
from welfare.cases.services.pairs import hold_both
from welfare.cases.workflow import EventKind
from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def relate_cases(*, actor: Viewer, number: str, other: str, why: str) -> int:
    """Say that a case has to do with another one that the actor sees, and why; returns the id of
    the link. ``Refused`` where they are linked already."""
    if number == other:
        raise Refused(_("A case cannot be linked to itself."), field="other")
    case, far = hold_both(actor=actor, number=number, other=other, field="other")
    known = db.session.scalar(
        select(CaseLink.id).where(
            CaseLink.ended_at.is_(None),
            or_(
                and_(CaseLink.case_id == case.id, CaseLink.other_id == far.id),
                and_(CaseLink.case_id == far.id, CaseLink.other_id == case.id),
            ),
        )
    )
    if known is not None:
        raise Refused(_("These two cases are linked already."), field="other")
    link = CaseLink(
        case_id=case.id, other_id=far.id, why=why, made_by_id=actor.user_id or None,
        made_at=clock.now(),
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    _tell(actor, case, far, "related")
    return link.id


def let_go(*, actor: Viewer, number: str, link_id: int) -> None:
    """Say that a case has nothing to do with another one any more, from either side."""
    case = load_case(number, viewer=actor, for_update=True)
    if not can_change_record(actor, case):
        raise Forbidden
    ends = or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id)
    link = hold(select(CaseLink).where(CaseLink.id == link_id, ends))
    far = db.session.get(Case, link.other_id if link.case_id == case.id else link.case_id)
    if far is None or link.ended_at is not None:
        raise Refused(_("This link was taken away already. Please look at the case again."))
    load_case(far.number, viewer=actor)
    link.ended_at, link.ended_by_id = clock.now(), actor.user_id or None
    _tell(actor, case, far, "unrelated")


def _tell(actor: Viewer, case: Case, far: Case, verb: str) -> None:
    """On both timelines, without the other's number: who reads one may not know of the other."""
    for one, other in ((case, far), (far, case)):
        audit.record(actor, f"case.{verb}", "case", one.number, {"other": other.number})
        add_event(actor=actor, case=one, kind=EventKind.FAMILY, data={"verb": verb})
    db.session.flush()
