"""The deadlines of a case as they stand, and how each was reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Integer, ScalarSelect, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.facts import Happened
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseEvent, CaseStage, DeadlineRule
from welfare.cases.queries.loading import CaseClock, parts_of
from welfare.core import clock
from welfare.core.db import db
from welfare.core.deadlines import Deadline, Pause, reckoned
from welfare.core.workdays import CLOSES, OPENS, is_working_day, working_days_between

ORDER = {stage: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class StageFile:
    """One deadline of a case as its page shows it."""

    stage: Stage
    working_days: int
    due_at: datetime
    met_at: datetime | None
    ended_at: datetime | None
    reckoning: Deadline | None
    hand_on: date | None
    hand_by: str
    hand_at: datetime | None
    hand_reason: str
    rule_from: date | None
    legal_basis: str

    @property
    def runs(self) -> bool:
        """Whether it is neither met nor given up."""
        return self.met_at is None and self.ended_at is None

    def late(self, now: datetime) -> bool:
        """Whether it was met too late, or runs past its day."""
        return (self.met_at or now) > self.due_at and self.ended_at is None


_Setter = aliased(User)

_STAGES = (
    select(
        CaseStage.stage,
        CaseStage.working_days,
        CaseStage.due_at,
        CaseStage.met_at,
        CaseStage.ended_at,
        CaseStage.reckoning,
        CaseStage.hand_on,
        _Setter.display_name,
        CaseStage.hand_at,
        CaseStage.hand_reason,
        DeadlineRule.effective_from,
        DeadlineRule.legal_basis,
    )
    .outerjoin(_Setter, _Setter.id == CaseStage.hand_by_id)
    .outerjoin(DeadlineRule, DeadlineRule.id == CaseStage.rule_id)
    .where(
        CaseStage.case_id == bindparam("case_id", type_=Integer),
        CaseStage.round == bindparam("round", type_=Integer),
    )
)


def first_due() -> tuple[ColumnElement[datetime], ScalarSelect[Stage]]:
    """When the step of a case that is due first is due, and which step that is, inside a statement
    over cases; the deadline of the case where no step runs."""
    runs = (
        CaseStage.case_id == Case.id, CaseStage.met_at.is_(None), CaseStage.ended_at.is_(None),
    )  # fmt: skip
    earliest = select(func.min(CaseStage.due_at)).where(*runs).correlate(Case).scalar_subquery()
    stage = (
        select(CaseStage.stage)
        .where(*runs)
        .order_by(CaseStage.due_at, CaseStage.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    return func.coalesce(earliest, Case.due_at), stage


def stages_of(case_id: int, opening: int) -> tuple[StageFile, ...]:
    """The deadlines of a case since it was last opened, in order. The caller may see the case."""
    rows = db.session.execute(_STAGES, {"case_id": case_id, "round": opening})
    found = [
        StageFile(
            stage=row.stage,
            working_days=row.working_days,
            due_at=row.due_at,
            met_at=row.met_at,
            ended_at=row.ended_at,
            reckoning=Deadline.from_data(row.reckoning) if row.reckoning else None,
            hand_on=row.hand_on,
            hand_by=row.display_name or "",
            hand_at=row.hand_at,
            hand_reason=row.hand_reason,
            rule_from=row.effective_from,
            legal_basis=row.legal_basis or "",
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: ORDER[one.stage]))


def history_of(case_id: int) -> list[Happened]:
    """The timeline as :func:`welfare.cases.facts.met_in` reads it, oldest first; with those of the
    cases that became part of it."""
    rows = db.session.execute(
        select(CaseEvent.at, CaseEvent.kind, CaseEvent.data)
        .where(or_(CaseEvent.case_id == case_id, CaseEvent.case_id.in_(parts_of(case_id))))
        .order_by(CaseEvent.id)
    )
    return [(row.at, row.kind, row.data) for row in rows]


def reckon(known: CaseClock, days: int, closures: Mapping[date, str]) -> Deadline:
    """A deadline from the start of the clock, less what was waited since."""
    found = reckoned(known.start, days, closures, known.pauses)
    return _with_whom(found, known)


def reckon_by_hand(
    known: CaseClock, hand_on: date, hand_at: datetime, closures: Mapping[date, str]
) -> Deadline:
    """A deadline set by hand: that day, or the next on which the office is open, and later by the
    working days waited since it was set."""
    due_on = hand_on
    while not is_working_day(due_on, closures):
        due_on += timedelta(days=1)
    first = clock.local(hand_at).date()
    days = max(1, working_days_between(first, due_on, frozenset(closures)))
    since = [(begin, whom) for begin, whom in _since(known, hand_at)]
    pauses = tuple(pause for pause, _whom in since)
    found = reckoned(hand_at, days, closures, pauses)
    whom = tuple(name for _pause, name in since)
    return _with_whom(found, CaseClock(hand_at, days, pauses, whom))


def _since(known: CaseClock, moment: datetime) -> Iterable[tuple[Pause, str]]:
    """The pauses after a moment, and the rest of one that was open then."""
    names = known.whom or ("",) * len(known.pauses)
    for (begin, end), whom in zip(known.pauses, names, strict=True):
        if end is None or end > moment:
            yield (max(begin, moment), end), whom


def _with_whom(found: Deadline, known: CaseClock) -> Deadline:
    """The days waited with whom for each was waited."""
    waited = tuple((day, _whom_on(day, known)) for day, _none in found.waited_on)
    return replace(found, waited_on=waited)


def _whom_on(day: date, known: CaseClock) -> str:
    opens = datetime.combine(day, OPENS, clock.BANGKOK)
    closes = datetime.combine(day, CLOSES, clock.BANGKOK)
    names = known.whom or ("",) * len(known.pauses)
    for (begin, end), whom in zip(known.pauses, names, strict=True):
        if begin < closes and (end is None or end > opens):
            return whom
    return ""
