"""The risk of two cases that became one: the higher of the two."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.kinds import RiskLevel
from welfare.cases.models import Case, CaseMerge, CaseRisk, CaseRiskReason
from welfare.core import clock
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

_ORDER = tuple(RiskLevel)


def join_risks(actor: Viewer, survivor: Case, merged: Case) -> dict[str, int]:
    """Set the other's risk anew on the survivor where it is the higher, with its reasons."""
    ours, theirs = _newest(survivor.id), _newest(merged.id)
    if theirs is None:
        return {}
    if ours is not None and _ORDER.index(ours.level) >= _ORDER.index(theirs.level):
        return {}
    made = CaseRisk(
        case_id=survivor.id,
        level=theirs.level,
        note=_("As it was judged for %(number)s.", number=merged.number),
        set_by_id=actor.user_id or None,
        set_at=clock.now(),
    )
    db.session.add(made)
    survivor.risk = made.level
    db.session.flush()
    reasons = db.session.scalars(
        select(CaseRiskReason.reason_id).where(CaseRiskReason.risk_id == theirs.id)
    )
    db.session.add_all(CaseRiskReason(risk_id=made.id, reason_id=one) for one in reasons)
    db.session.flush()
    return {"risk": made.id}


def risk_that_stays(merge: CaseMerge) -> list[list[object]]:
    """The risk that the merge set, while nobody has judged it anew: an undo leaves and names it."""
    newest = _newest(merge.survivor_id)
    stays = newest is not None and newest.id == merge.was.get("risk")
    return [["case_risks", 1]] if stays else []


def _newest(case_id: int) -> CaseRisk | None:
    return db.session.scalar(
        select(CaseRisk).where(CaseRisk.case_id == case_id).order_by(CaseRisk.id.desc()).limit(1)
    )
