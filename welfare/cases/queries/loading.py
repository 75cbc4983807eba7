"""Loading one case for a person who wants to see or change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from welfare.cases.errors import MergedAway
from welfare.cases.models import Case, CaseEvent, CaseMerge, CaseMergeRow
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
    """The case with this number; ``NotFound`` when there is none that the viewer may see,
    ``MergedAway`` when it has become part of another."""
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
    if case.status == CaseStatus.MERGED:
        raise merged_away(case.number, viewer=viewer)
    return case


def merged_away(number: str, *, viewer: Viewer) -> MergedAway:
    """Where a case that became part of another leads this viewer."""
    pointer = aliased(Case)
    survivor = db.session.scalar(
        select(Case.number)
        .join(CaseMerge, CaseMerge.into_id == Case.id)
        .join(pointer, pointer.id == CaseMerge.merged_id)
        .where(pointer.number == number, CaseMerge.undone_at.is_(None), visible_to(viewer))
    )
    return MergedAway(number, survivor or "")


def lock_case(case_id: int) -> Case | None:
    """The case, locked, whoever asks: who is to take it over does not see it yet. The rights are
    the caller's to check."""
    return db.session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def parts_of(case_id: Any) -> Select[int]:
    """The ids of the cases that became part of one and still are."""
    return select(CaseMerge.merged_id).where(
        CaseMerge.into_id == case_id, CaseMerge.undone_at.is_(None)
    )


def case_id_of(number: str, *, viewer: Viewer) -> int:
    """The id behind a number, for parts and pictures; ``NotFound`` as in :func:`load_case`."""
    found = db.session.execute(
        select(Case.id, Case.status).where(Case.number == number, visible_to(viewer))
    ).first()
    if found is None:
        raise NotFound
    if found.status == CaseStatus.MERGED:
        raise merged_away(number, viewer=viewer)
    return int(found.id)


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


def progress_of(
    case_ids: Iterable[int], *, complaint_id: int | None = None
) -> dict[int, CaseProgress]:
    """Progress by case id, oldest event first, in two statements. Needs no viewer: public.

    With a complaint: what its filer was told in the case it lay in before that became part of
    this one, and of this one only what came since; one statement more.
    """
    wanted = sorted(set(case_ids))
    spans = _spans(complaint_id, wanted[0]) if complaint_id and len(wanted) == 1 else []
    if not wanted:
        return {}
    events: dict[int, list[PublicEvent]] = {case_id: [] for case_id in wanted}
    for row in db.session.execute(
        select(CaseEvent.case_id, CaseEvent.at, CaseEvent.kind, CaseEvent.public, CaseEvent.text)
        .where(or_(*spans) if spans else CaseEvent.case_id.in_(wanted))
        .where(CaseEvent.public | CaseEvent.kind.in_(MILESTONES))
        .order_by(CaseEvent.id)
    ):
        text = row.text if row.public else ""
        events[wanted[0] if spans else row.case_id].append(PublicEvent(row.at, row.kind, text))
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


def _spans(complaint_id: int, case_id: int) -> list[ColumnElement[bool]]:
    """From when to when a complaint lay in which case, where it came along with a merge."""
    moves = db.session.execute(
        select(CaseMerge.merged_id, CaseMerge.survivor_id, CaseMerge.made_at)
        .join(CaseMergeRow, CaseMergeRow.merge_id == CaseMerge.id)
        .where(CaseMergeRow.table_name == "complaints", CaseMergeRow.row_id == complaint_id)
        .where(CaseMergeRow.before.is_(None), CaseMerge.undone_at.is_(None))
        .order_by(CaseMerge.id)
    ).all()
    spans: list[ColumnElement[bool]] = []
    since: datetime | None = None
    for move in moves:
        spans.append(_within(move.merged_id, since, move.made_at))
        since = move.made_at
    return [*spans, _within(case_id, since, None)] if spans else []


def _within(case_id: int, since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    bounds = [CaseEvent.case_id == case_id]
    if since is not None:
        bounds.append(CaseEvent.at >= since)
    if until is not None:
        bounds.append(CaseEvent.at <= until)
    return and_(*bounds)


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
