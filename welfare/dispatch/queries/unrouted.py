"""Cases that wait for a worker and of which no rule has spoken since."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from welfare.cases.kinds import RuleKind
from welfare.cases.models import Case, RuleFiring
from welfare.cases.workflow import CaseStatus, Priority
from welfare.core.db import db
from welfare.dispatch.models import Assignment


@dataclass(frozen=True, slots=True)
class Unrouted:
    """A case that nobody has. ``round``: the last assignment it had (0: none), which tells one
    time of waiting from the next."""

    id: int
    category_id: int
    village_no: int | None
    priority: Priority
    round: int


def unrouted() -> list[Unrouted]:
    """Those of which the rules have not spoken in this round. Two statements."""
    last = (
        select(func.max(Assignment.id))
        .where(Assignment.case_id == Case.id)
        .correlate(Case)
        .scalar_subquery()
    )
    waits = (Case.assignee_id.is_(None), Case.status == CaseStatus.NEW)
    rows = db.session.execute(
        select(
            Case.id, Case.category_id, Case.village_no, Case.priority,
            func.coalesce(last, 0).label("round"),
        )
        .where(*waits)
        .order_by(Case.id)
    )  # fmt: skip
    found = [Unrouted(*row) for row in rows]
    spoken = {
        (row.case_id, row.data.get("round"))
        for row in db.session.execute(
            select(RuleFiring.case_id, RuleFiring.data)
            .join(Case, Case.id == RuleFiring.case_id)
            .where(RuleFiring.kind == RuleKind.ROUTING, *waits)
        )
    }
    return [case for case in found if (case.id, case.round) not in spoken]
