"""The kept counters: what a case adds to them, and how changes reach them.

What a case counts for follows from its row alone, so that the counters can be recounted. Changes
gather in the session and are applied at its commit in the order of their keys: two transactions
never wait for each other crosswise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, event, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from welfare.cases.models import Case, CaseCount, CountMark
from welfare.cases.models.counters import BEGINNING, Measure
from welfare.cases.workflow import CaseStatus
from welfare.core import clock
from welfare.core.db import db

Cell = tuple[str, str, int, str, int]
"""Measure, month, village, dimension, value: the key of one counter."""

_PENDING = "case_counts_pending"
_THE_MARK = 1
_KEY = ("measure", "month", "village_no", "dimension", "value_id")


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a case the counters look at."""

    village_no: int
    category_id: int
    assignee_id: int
    opened_at: datetime
    closed_at: datetime | None
    paused_at: datetime | None
    due_at: datetime
    merged: bool = False
    """It became part of another case, which is counted instead."""

    @classmethod
    def of(cls, case: Any) -> Counted:
        """A case, or a row with these columns, as it stands now."""
        return cls(
            case.village_no or 0,
            case.category_id,
            case.assignee_id or 0,
            case.opened_at,
            case.closed_at,
            case.paused_at,
            case.due_at,
            case.status == CaseStatus.MERGED,
        )

    @property
    def clock_runs(self) -> bool:
        """Whether the case is open and nobody is waited for."""
        return self.closed_at is None and self.paused_at is None


def month_of(moment: datetime) -> str:
    """The month (``2026-11``) of a moment in Thailand."""
    return clock.local(moment).strftime("%Y-%m")


def _measures(case: Counted, mark: datetime) -> Iterator[tuple[Measure, str]]:
    if case.merged:
        return
    yield Measure.OPENED, month_of(case.opened_at)
    if case.closed_at is None:
        yield Measure.OPEN, ""
    else:
        yield Measure.CLOSED, month_of(case.closed_at)
    if case.clock_runs and case.due_at <= mark:
        yield Measure.OVERDUE, ""


def cells(case: Counted, mark: datetime) -> Iterator[Cell]:
    """Every counter that this case is one of; ``mark``: until when overdue ones were rolled."""
    for measure, month in _measures(case, mark):
        yield measure.value, month, case.village_no, "category", case.category_id
        yield measure.value, month, case.village_no, "worker", case.assignee_id


def count_opened(case: Case) -> None:
    """Count a new case; call it after the flush that wrote it."""
    _note(None, Counted.of(case))


def count_change(before: Counted, after: Counted) -> None:
    """Count what a change of a case moved from one counter to another."""
    if before != after:
        _note(before, after)


def _note(before: Counted | None, after: Counted) -> None:
    db.session.info.setdefault(_PENDING, []).append((before, after))


@event.listens_for(db.session, "before_commit")
def _apply_pending(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(_PENDING):
        return
    session.flush()
    pending = session.info.pop(_PENDING)
    mark = _mark(session)
    deltas: Counter[Cell] = Counter()
    for before, after in pending:
        if before is not None:
            deltas.subtract(cells(before, mark))
        deltas.update(cells(after, mark))
    _add(session, deltas)


@event.listens_for(db.session, "after_soft_rollback")
def _forget_pending(session: Session, _previous: object) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_PENDING, None)


def _mark(session: Session, *, moving: bool = False) -> datetime:
    """Until when overdue cases were rolled; the row stays locked until the commit."""
    statement = select(CountMark.overdue_until).where(CountMark.id == _THE_MARK)
    found = session.scalar(statement.with_for_update(read=not moving))
    if found is not None:
        return found
    session.execute(
        _insert(session)(CountMark)
        .values(id=_THE_MARK, overdue_until=BEGINNING)
        .on_conflict_do_nothing()
    )
    return session.scalar(statement.with_for_update(read=not moving)) or BEGINNING


def _insert(session: Session) -> Any:
    return sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert


def _add(session: Session, deltas: Counter[Cell]) -> None:
    rows = [dict(zip(_KEY, cell, strict=True), n=n) for cell, n in sorted(deltas.items()) if n]
    if not rows:
        return
    statement = _insert(session)(CaseCount)
    statement = statement.on_conflict_do_update(
        index_elements=list(_KEY), set_={"n": CaseCount.n + statement.excluded.n}
    )
    session.execute(statement, rows)


def roll_overdue() -> int:
    """Move cases that fell due since the last time into the counter of overdue ones.

    Run by the worker every few minutes; the caller commits. Returns how many there were.
    """
    session = db.session()
    now = clock.now()
    mark = _mark(session, moving=True)
    if now <= mark:
        return 0
    fell_due = [Counted.of(row) for row in session.execute(_fallen_due(mark, now))]
    deltas: Counter[Cell] = Counter()
    for case in fell_due:
        for dimension, value in (("category", case.category_id), ("worker", case.assignee_id)):
            deltas[(Measure.OVERDUE.value, "", case.village_no, dimension, value)] += 1
    _add(session, deltas)
    session.execute(update(CountMark).where(CountMark.id == _THE_MARK).values(overdue_until=now))
    return len(fell_due)


_COLUMNS = (
    Case.village_no,
    Case.category_id,
    Case.assignee_id,
    Case.opened_at,
    Case.closed_at,
    Case.paused_at,
    Case.due_at,
    Case.status,
)


def _fallen_due(mark: datetime, now: datetime) -> Any:
    return select(*_COLUMNS).where(
        and_(
            Case.closed_at.is_(None),
            Case.paused_at.is_(None),
            Case.due_at > mark,
            Case.due_at <= now,
        )
    )


def rebuild() -> int:
    """Count all cases anew, for a bulk load or a repair; the caller commits. Returns how many."""
    session = db.session()
    now = clock.now()
    _mark(session, moving=True)
    session.execute(delete(CaseCount))
    session.execute(update(CountMark).where(CountMark.id == _THE_MARK).values(overdue_until=now))
    deltas: Counter[Cell] = Counter()
    total = 0
    for row in session.execute(select(*_COLUMNS).execution_options(yield_per=5000)):
        deltas.update(cells(Counted.of(row), now))
        total += 1
    rows = [dict(zip(_KEY, cell, strict=True), n=n) for cell, n in sorted(deltas.items()) if n]
    if rows:
        session.execute(insert(CaseCount), rows)
    return total
