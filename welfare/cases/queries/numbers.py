"""The numbers of the manager's page, from the kept counters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy import cast as sql_cast

from welfare.accounts.models import User
from welfare.cases.models import Case, CaseCount, CountMark
from welfare.cases.models.counters import BEGINNING, Measure
from welfare.cases.policies import can_see_counts
from welfare.cases.queries.people import villages
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


def counts(
    viewer: Viewer,
    month: str | None = None,
    *,
    also: Sequence[str] = (),
    names: bool = True,
    months: Sequence[str] = (),
) -> Counts:
    """Exact numbers of the viewer's area; ``month`` is ``2026-11``, by default the present one.

    ``months``: count the new and closed cases of all these instead of those of one month.
    ``also``: months whose totals of new and closed cases are wanted beside it. Three statements
    whatever the number of cases; two without the ``names`` of the workers. ``Forbidden``
    without the right to numbers.
    """
    if not can_see_counts(viewer):
        raise Forbidden
    month = month or clock.today().strftime("%Y-%m")
    sums: Counter[tuple[str, int, Measure]] = Counter()
    others: dict[str, Counter[Measure]] = {name: Counter() for name in also}
    values = {"span": list(months or [month]), "others": list(also)}
    for row in db.session.execute(_kept(_area(viewer), bool(also)), values):
        measure = Measure(row.measure)
        if row.kind == "month":
            others[row.month][measure] += row.n
            continue
        if row.kind == "village":
            sums[("total", 0, measure)] += row.n
        sums[(row.kind, row.value, measure)] += row.n
    for late in db.session.execute(_fallen_due_since(viewer.villages), {"now": clock.now()}):
        for kind, value in (
            ("total", 0),
            ("village", late.village_no or 0),
            ("category", late.category_id),
            ("worker", late.assignee_id or 0),
        ):
            sums[(kind, value, Measure.OVERDUE)] += late.n
    by_worker = _tallies(sums, "worker")
    staff = _staff(by_worker) if names else []
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
            for name, found in others.items()
        },
    )


@lru_cache(maxsize=100)
def _kept(villages: frozenset[int], others: bool) -> Any:
    """Sums by village, by category and worker, and by month, in one statement.

    Villages are named even where all are meant: so each part is found in the index by its key
    and the counters between (those of the other dimension) are not read.
    """
    cell = CaseCount.__table__.c
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
            .where(cell.village_no.in_(sorted(villages)), *where)
            .group_by(cell.measure, cell.month, *by)
        )

    def of(*measures: Measure) -> Any:
        return cell.measure.in_(measures)

    standing = and_(of(Measure.OPEN, Measure.OVERDUE), cell.month == "")
    moved = and_(
        of(Measure.OPENED, Measure.CLOSED), cell.month.in_(bindparam("span", expanding=True))
    )
    by_category = cell.dimension == "category"
    parts = []
    for when in (standing, moved):
        parts += [
            summed(literal("village"), cell.village_no, when, by_category, by=[cell.village_no]),
            summed(cell.dimension, cell.value_id, when, by=[cell.dimension, cell.value_id]),
        ]
    if others:
        also = cell.month.in_(bindparam("others", expanding=True))
        monthly = of(Measure.OPENED, Measure.CLOSED)
        parts.append(summed(literal("month"), literal(0), monthly, also, by_category))
    return union_all(*parts)


@lru_cache(maxsize=100)
def _fallen_due_since(villages: frozenset[int] | None) -> Any:
    """Overdue cases that the counter does not know yet: due after the mark."""
    rolled = select(CountMark.overdue_until).scalar_subquery()
    mark = func.coalesce(rolled, literal(BEGINNING, UTCDateTime))
    area: ColumnElement[bool] = true()
    if villages is not None:
        area = or_(Case.village_no.is_(None), Case.village_no.in_(sorted(villages)))
    return (
        select(Case.village_no, Case.category_id, Case.assignee_id, func.count().label("n"))
        .where(
            Case.closed_at.is_(None),
            Case.paused_at.is_(None),
            Case.due_at <= bindparam("now"),
            Case.due_at > mark,
            area,
        )
        .group_by(Case.village_no, Case.category_id, Case.assignee_id)
    )


def _area(viewer: Viewer) -> frozenset[int]:
    """The villages of the viewer as counters know them: with 0 for a village not known."""
    if viewer.villages is not None:
        return viewer.villages | {0}
    return frozenset({0, *(row.village_no for row in villages())})


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
