"""The numbers of the manager's page, from the kept counters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true

from welfare.accounts.models import User
from welfare.cases.models import Case, CaseCount, CountMark
from welfare.cases.models.counters import BEGINNING, Measure
from welfare.cases.policies import can_see_counts
from welfare.core import clock
from welfare.core.db import UTCDateTime, db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Viewer


@dataclass(frozen=True, slots=True)
class Tally:
    """Open, opened in the month, overdue, closed in the month: of one village, say."""

    open: int = 0
    new: int = 0
    overdue: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one month. Keys 0: village, category or worker not known or none."""

    month: str
    total: Tally
    by_village: dict[int, Tally] = field(default_factory=dict)
    by_category: dict[int, Tally] = field(default_factory=dict)
    by_worker: dict[int, Tally] = field(default_factory=dict)
    worker_names: dict[int, str] = field(default_factory=dict)


def counts(viewer: Viewer, month: str | None = None) -> Counts:
    """Exact numbers of the viewer's area; ``month`` is ``2026-11``, by default the present one.

    Three statements whatever the number of cases. ``Forbidden`` without the right to numbers.
    """
    if not can_see_counts(viewer):
        raise Forbidden
    month = month or clock.today().strftime("%Y-%m")
    sums: Counter[tuple[str, int, Measure]] = Counter()
    for row in db.session.execute(_kept(viewer, month)):
        if row.dimension == "category":
            sums[("village", row.village_no, row.measure)] += row.n
            sums[("total", 0, row.measure)] += row.n
        sums[(row.dimension, row.value_id, row.measure)] += row.n
    for late in db.session.execute(_fallen_due_since(viewer)):
        for kind, value in (
            ("total", 0),
            ("village", late.village_no or 0),
            ("category", late.category_id),
            ("worker", late.assignee_id or 0),
        ):
            sums[(kind, value, Measure.OVERDUE)] += late.n
    by_worker = _tallies(sums, "worker")
    return Counts(
        month=month,
        total=_tallies(sums, "total").get(0, Tally()),
        by_village=_tallies(sums, "village"),
        by_category=_tallies(sums, "category"),
        by_worker=by_worker,
        worker_names=_names(by_worker),
    )


def _in_area(viewer: Viewer, column: ColumnElement[int]) -> ColumnElement[bool]:
    if viewer.villages is None:
        return true()
    return or_(column.is_(None), column.in_([0, *sorted(viewer.villages)]))


def _kept(viewer: Viewer, month: str) -> Select[Measure, int, str, int, int]:
    return select(
        CaseCount.measure,
        CaseCount.village_no,
        CaseCount.dimension,
        CaseCount.value_id,
        CaseCount.n,
    ).where(
        CaseCount.month.in_(["", month]),
        CaseCount.n != 0,
        _in_area(viewer, CaseCount.__table__.c.village_no),
    )


def _fallen_due_since(viewer: Viewer) -> Select[int | None, int, int | None, int]:
    """Overdue cases that the counter does not know yet: due after the mark."""
    rolled = select(CountMark.overdue_until).scalar_subquery()
    mark = func.coalesce(rolled, literal(BEGINNING, UTCDateTime))
    return (
        select(Case.village_no, Case.category_id, Case.assignee_id, func.count().label("n"))
        .where(
            Case.closed_at.is_(None),
            Case.paused_at.is_(None),
            Case.due_at <= clock.now(),
            Case.due_at > mark,
            _in_area(viewer, Case.__table__.c.village_no),
        )
        .group_by(Case.village_no, Case.category_id, Case.assignee_id)
    )


def _tallies(sums: Counter[tuple[str, int, Measure]], kind: str) -> dict[int, Tally]:
    values = sorted({value for found, value, _measure in sums if found == kind})
    return {
        value: Tally(
            open=sums[(kind, value, Measure.OPEN)],
            new=sums[(kind, value, Measure.OPENED)],
            overdue=sums[(kind, value, Measure.OVERDUE)],
            closed=sums[(kind, value, Measure.CLOSED)],
        )
        for value in values
    }


def _names(ids: Iterable[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(User.id, User.display_name).where(User.id.in_([i for i in ids if i]))
    )
    return {row.id: row.display_name for row in rows}
