"""What became of the cases that were closed in a span of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, true

from welfare.cases.models import Case
from welfare.cases.workflow import CaseStatus, Outcome
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission, Viewer
from welfare.reports.queries.periods import Period


def moments(period: Period) -> tuple[datetime, datetime]:
    """Its first moment in Thailand, and the first after it."""
    first = datetime.combine(period.first, datetime.min.time(), clock.BANGKOK)
    after = datetime.combine(period.last + timedelta(days=1), datetime.min.time(), clock.BANGKOK)
    return first.astimezone(UTC), after.astimezone(UTC)


def outcomes(viewer: Viewer, period: Period) -> dict[Outcome, int]:
    """Closed cases by outcome; together they are the closed ones of the counters. A number says
    nothing of anybody, so that hidden cases are counted too."""
    if not viewer.can(Permission.VIEW_REPORTS):
        raise Forbidden
    first, after = moments(period)
    area: ColumnElement[bool] = true()
    if viewer.villages is not None:
        area = or_(Case.village_no.is_(None), Case.village_no.in_(sorted(viewer.villages)))
    rows = db.session.execute(
        select(Case.outcome, func.count())
        .where(
            Case.closed_at >= first, Case.closed_at < after,
            Case.status != CaseStatus.MERGED, area,
        )
        .group_by(Case.outcome)
    ).all()  # fmt: skip
    found = {row[0]: row[1] for row in rows if row[0] is not None}
    return {one: found[one] for one in Outcome if one in found}
