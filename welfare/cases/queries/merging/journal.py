"""Merges that were made: what they moved, what came since, whether they were undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.joining import moving_columns
from welfare.cases.models import Case, CaseEvent, CaseMerge
from welfare.cases.policies import visible_to
from welfare.cases.workflow import EventKind
from welfare.core.db import db
from welfare.core.security.permissions import Viewer


@dataclass(frozen=True, slots=True)
class MergeReport:
    """One merge of a case. ``since``: what would stay, as kinds of things and how many."""

    id: int
    version: int
    survivor: str
    other: str
    reason: str
    who: str
    at: datetime
    undone_at: datetime | None
    undone_by: str
    undone_reason: str
    stayed: tuple[tuple[str, Any], ...]
    since: tuple[tuple[str, Any], ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the two are still one."""
        return self.undone_at is None


def id_behind(number: str) -> int | None:
    """The id of a case, whoever asks: rights are the caller's."""
    return db.session.scalar(select(Case.id).where(Case.number == number))


def later_merge(case_id: int) -> str:
    """The number of the case that this one became part of."""
    found = db.session.scalar(
        select(Case.number)
        .join(CaseMerge, CaseMerge.survivor_id == Case.id)
        .where(CaseMerge.merged_id == case_id, CaseMerge.undone_at.is_(None))
    )
    return found or ""


def marks(case_id: int) -> dict[str, int]:
    """The newest row of each kind that hangs on any case: what comes later came after the merge."""
    newest = [
        select(literal(table.name).label("what"), func.coalesce(func.max(table.c.id), 0).label("n"))
        for table, _column in moving_columns()
    ]
    events = select(literal("case_events"), func.coalesce(func.max(CaseEvent.id), 0)).where(
        CaseEvent.case_id == case_id
    )
    return {row.what: row.n for row in db.session.execute(union_all(*newest, events))}


def made_since(merge: CaseMerge) -> list[list[Any]]:
    """What was put on the survivor after the merge, by kind; notes are counted too."""
    known = merge.was.get("marks", {})
    parts = [
        select(literal(table.name).label("what"), func.count().label("n"))
        .select_from(table)
        .where(column == merge.survivor_id, table.c.id > known.get(table.name, 0))
        for table, column in moving_columns()
    ]
    parts.append(
        select(literal("notes"), func.count())
        .select_from(CaseEvent)
        .where(CaseEvent.case_id == merge.survivor_id, CaseEvent.kind == EventKind.NOTE)
        .where(CaseEvent.id > known.get("case_events", 0))
    )
    return [[row.what, row.n] for row in db.session.execute(union_all(*parts)) if row.n]


def merges_of(number: str, *, viewer: Viewer) -> list[MergeReport]:
    """The merges in which a visible case took part, the newest first."""
    ours, theirs = aliased(Case), aliased(Case)
    undoer = aliased(User)
    rows = db.session.execute(
        select(CaseMerge, ours.number, theirs.number, User.display_name, undoer.display_name)
        .join(ours, ours.id == CaseMerge.survivor_id)
        .join(theirs, theirs.id == CaseMerge.merged_id)
        .join(Case, or_(Case.id == CaseMerge.survivor_id, Case.id == CaseMerge.merged_id))
        .outerjoin(User, User.id == CaseMerge.made_by_id)
        .outerjoin(undoer, undoer.id == CaseMerge.undone_by_id)
        .where(Case.number == number, visible_to(viewer))
        .order_by(CaseMerge.id.desc())
    ).all()
    return [_report(*row) for row in rows]


def _report(merge: CaseMerge, ours: str, theirs: str, who: str, undoer: str) -> MergeReport:
    return MergeReport(
        id=merge.id,
        version=merge.version,
        survivor=ours,
        other=theirs,
        reason=merge.reason,
        who=who or "",
        at=merge.made_at,
        undone_at=merge.undone_at,
        undone_by=undoer or "",
        undone_reason=merge.undone_reason,
        stayed=tuple((one[0], one[1]) for one in merge.stayed),
        since=tuple((one[0], one[1]) for one in made_since(merge)) if not merge.undone_at else (),
    )
