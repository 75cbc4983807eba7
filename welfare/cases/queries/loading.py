"""Loading one case for a person who wants to see or change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from welfare.cases.models import Case, CaseEvent
from welfare.cases.policies import can_see, visible_to
from welfare.cases.workflow import CaseStatus, EventKind, Outcome
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.core.workdays import Pause

MILESTONES = (
    EventKind.OPENED,
    EventKind.ACCEPTED,
    EventKind.STATUS,
    EventKind.CLOSED,
    EventKind.REOPENED,
)


def load_case(number: str, *, viewer: Viewer, for_update: bool = False) -> Case:
    """The case with this number; ``NotFound`` when there is none that the viewer may see."""
    return _load(Case.number == number, viewer, for_update)


def load_case_by_id(case_id: int, *, viewer: Viewer, for_update: bool = False) -> Case:
    """Like :func:`load_case`, for domains that hold the id."""
    return _load(Case.id == case_id, viewer, for_update)


def _load(which: ColumnElement[bool], viewer: Viewer, for_update: bool) -> Case:
    statement = select(Case).where(which)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    case = db.session.scalar(statement)
    if case is None or not can_see(viewer, case):
        raise NotFound
    return case


def lock_case(case_id: int) -> Case | None:
    """The case, locked, whoever asks: who is to take it over does not see it yet. The rights are
    the caller's to check."""
    return db.session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def case_id_of(number: str, *, viewer: Viewer) -> int:
    """The id behind a number, for parts and pictures; ``NotFound`` as in :func:`load_case`."""
    found = db.session.scalar(select(Case.id).where(Case.number == number, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def is_visible(number: str, *, viewer: Viewer) -> bool:
    """Whether there is a case with this number that the viewer may see."""
    seen = select(Case.id).where(Case.number == number, visible_to(viewer))
    return db.session.scalar(seen) is not None


@dataclass(frozen=True, slots=True)
class CaseClock:
    """What the deadline of a case is counted from: its start, its days, the waits so far."""

    start: datetime
    working_days: int
    pauses: tuple[Pause, ...]
    whom: tuple[str, ...] = ()
    """For each pause, whom the case waited for (``kinds.WaitingFor``)."""


def clock_of(case: Case) -> CaseClock | None:
    """The clock of a case as its history tells it."""
    rows = db.session.execute(
        select(CaseEvent.at, CaseEvent.data)
        .where(CaseEvent.case_id == case.id, CaseEvent.kind != EventKind.NOTE)
        .order_by(CaseEvent.id)
    )
    start, days = case.opened_at, None
    pauses: list[Pause] = []
    whom: list[str] = []
    for at, data in rows:
        if "clock_days" in data:
            days = int(data["clock_days"])
        if data.get("clock_starts"):
            start, pauses, whom = at, [], []
        if data.get("after") == CaseStatus.WAITING:
            pauses.append((at, None))
            whom.append(data.get("waiting_for", ""))
        elif pauses and pauses[-1][1] is None and data.get("before") == CaseStatus.WAITING:
            pauses[-1] = (pauses[-1][0], at)
    return CaseClock(start, days, tuple(pauses), tuple(whom)) if days is not None else None


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """A line of the timeline that the citizen may read; ``text`` is empty when it is internal."""

    at: datetime
    kind: EventKind
    text: str


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """What the citizen may know of a case: public facts only, no names of anybody."""

    status: CaseStatus
    outcome: Outcome | None
    outcome_note: str
    due_at: datetime
    public_events: tuple[PublicEvent, ...]


def progress_of(case_ids: Iterable[int]) -> dict[int, CaseProgress]:
    """Progress by case id, oldest event first, in two statements. Needs no viewer: public."""
    wanted = sorted(set(case_ids))
    if not wanted:
        return {}
    events: dict[int, list[PublicEvent]] = {case_id: [] for case_id in wanted}
    for row in db.session.execute(
        select(CaseEvent.case_id, CaseEvent.at, CaseEvent.kind, CaseEvent.public, CaseEvent.text)
        .where(CaseEvent.case_id.in_(wanted))
        .where(CaseEvent.public | CaseEvent.kind.in_(MILESTONES))
        .order_by(CaseEvent.id)
    ):
        text = row.text if row.public else ""
        events[row.case_id].append(PublicEvent(row.at, row.kind, text))
    rows = db.session.execute(
        select(Case.id, Case.status, Case.outcome, Case.outcome_note, Case.due_at).where(
            Case.id.in_(wanted)
        )
    )
    return {
        row.id: CaseProgress(
            row.status, row.outcome, row.outcome_note, row.due_at, tuple(events[row.id])
        )
        for row in rows
    }


__all__ = [
    "CaseClock",
    "CaseProgress",
    "PublicEvent",
    "case_id_of",
    "clock_of",
    "load_case",
    "load_case_by_id",
    "progress_of",
]
