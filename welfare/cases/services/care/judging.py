"""How much danger there is in a case: judged with reasons, shown everywhere, shortens nothing."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from welfare.cases.kinds import RiskLevel
from welfare.cases.models import Case, CaseRisk, CaseRiskReason
from welfare.cases.queries.lists import risk_reasons
from welfare.cases.services.care.access import must_keep_plan, tell
from welfare.cases.workflow import EventKind
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def judge_risk(
    *, actor: Viewer, number: str, level: RiskLevel, reasons: Collection[int], note: str = ""
) -> int:
    """Set the risk level of a case; returns the id of the judgement. Deadlines stay as they are.

    The version of the case stays too, so that nobody's open form is refused for it.
    """
    case = must_keep_plan(actor, number, lock=True)
    offered = {row.id for row in risk_reasons(on=clock.today())}
    if not set(reasons) <= offered:
        raise Refused(_("Please choose one of the list."), field="reasons")
    if level is not RiskLevel.LOW and not reasons and not note:
        raise Refused(_("Please say why: choose a reason or write it down."), field="reasons")
    before = db.session.scalar(
        select(CaseRisk.level)
        .where(CaseRisk.case_id == case.id)
        .order_by(CaseRisk.id.desc())
        .limit(1)
    )
    made = CaseRisk(
        case_id=case.id,
        level=level,
        note=note,
        set_by_id=actor.user_id or None,
        set_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(CaseRiskReason(risk_id=made.id, reason_id=one) for one in sorted(reasons))
    db.session.execute(
        update(Case)
        .where(Case.id == case.id)
        .values(risk=level)
        .execution_options(synchronize_session=False)
    )
    data = {
        "level": level.value,
        "before": before.value if before else "",
        "reasons": sorted(reasons),
    }
    tell(actor, case, EventKind.RISK, "risk.set", text=note, data=data)
    return made.id
