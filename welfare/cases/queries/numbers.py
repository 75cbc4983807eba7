"""The numbers of the manager's page, from the kept counters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, func, literal, or_, select, true, union_all
from sqlalchemy import cast as sql_cast

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
    worker_usernames: dict[int, str] = field(default_factory=dict)
    months: dict[str, Tally] = field(default_factory=dict)
    """New and closed of other months that were asked for."""


def counts(viewer: Viewer, month: str | None = None, *, also: Sequence[str] = ()) -> Counts:
    """Exact numbers of the viewer's area; ``month`` is ``2026-11``, by default the present one.

    ``also``: months whose totals of new and closed cases are wanted beside it. Three statements
    whatever the number of cases. ``Forbidden`` without the right to numbers.
    """
    if not can_see_counts(viewer):
        raise Forbidden
    month = month or clock.today().strftime("%Y-%m")
    sums: Counter[tuple[str, int, Measure]] = Counter()
    months: dict[str, Counter[Measure]] = {name: Counter() for name in also}
    for row in db.session.execute(_kept(viewer, month, also)):
        measure = Measure(row.measure)
        if row.kind == "month":
            months[row.month][measure] += row.n
            continue
        if row.kind == "village":
            sums[("total", 0, measure)] += row.n
        sums[(row.kind, row.value, measure)] += row.n
    for late in db.session.execute(_fallen_due_since(viewer)):
        for kind, value in (
            ("total", 0),
            ("village", late.village_no or 0),
            ("category", late.category_id),
            ("worker", late.assignee_id or 0),
        ):
            sums[(kind, value, Measure.OVERDUE)] += late.n
    by_worker = _tallies(sums, "worker")
    staff = _staff(by_worker)
    return Counts(
        month=month,
        total=_tallies(sums, "total").get(0, Tally()),
        by_village=_tallies(sums, "village"),
        by_category=_tallies(sums, "category"),
        by_worker=by_worker,
        worker_names={user_id: name for user_id, _username, name in staff},
        worker_usernames={user_id: username for user_id, username, _name in staff},
        months={
            name: Tally(new=found[Measure.OPENED], closed=found[Measure.CLOSED])
            for name, found in months.items()
        },
    )


def _in_area(viewer: Viewer, column: ColumnElement[int]) -> ColumnElement[bool]:
    if viewer.villages is None:
        return true()
    return or_(column.is_(None), column.in_([0, *sorted(viewer.villages)]))


def _kept(viewer: Viewer, month: str, also: Sequence[str]) -> Any:
    """Sums by village, by category and worker, and by month, in one statement."""
    cell = CaseCount.__table__.c
    area = _in_area(viewer, cell.village_no)
    total = func.sum(cell.n).label("n")

    def summed(kind: Any, value: Any, *where: Any, by: Sequence[Any] = ()) -> Any:
        return (
            select(
                sql_cast(cell.measure, String).label("measure"),
                cell.month,
                kind.label("kind"),
                value.label("value"),
                total,
            )
            .where(area, *where)
            .group_by(cell.measure, cell.month, *by)
        )

    present = cell.month.in_(["", month])
    by_category = cell.dimension == "category"
    parts = [
        summed(literal("village"), cell.village_no, present, by_category, by=[cell.village_no]),
        summed(cell.dimension, cell.value_id, present, by=[cell.dimension, cell.value_id]),
    ]
    if also:
        monthly = cell.measure.in_([Measure.OPENED, Measure.CLOSED])
        others = cell.month.in_(list(also))
        parts.append(summed(literal("month"), literal(0), by_category, monthly, others))
    return union_all(*parts)


def _fallen_due_since(viewer: Viewer) -> Any:
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


def _staff(ids: Iterable[int]) -> list[tuple[int, str, str]]:
    rows = db.session.execute(
        select(User.id, User.username, User.display_name)
        .where(User.id.in_([user_id for user_id in ids if user_id]))
        .order_by(User.display_name)
    )
    return [(row.id, row.username, row.display_name) for row in rows]
