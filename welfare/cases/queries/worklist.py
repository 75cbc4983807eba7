"""The worklist: one page of cases in one statement, whatever is asked of however many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from welfare.cases.kinds import RiskLevel
from welfare.cases.policies import sees_names
from welfare.cases.queries.by_heads import page_by_head
from welfare.cases.queries.filters import HEADS, CaseFilters, Cursor, usual_order
from welfare.cases.queries.listing import PAGE, moment_of, statement_of, trigrams
from welfare.cases.queries.outline import Outline, outline_of, values_of
from welfare.cases.queries.searching import (
    SHORTEST,
    further,
    is_for_index,
    prefer_indexes,
    sought_parts,
    trigram_values,
    whole_if_short,
)
from welfare.cases.workflow import CaseStatus, Outcome, Priority, Sensitivity
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.names import display_name


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the worklist. ``masked``: title and name are kept from this viewer (empty)."""

    number: str
    title: str
    who: str
    house_no: str
    village_no: int | None
    category_id: int
    priority: Priority
    sensitivity: Sensitivity
    status: CaseStatus
    outcome: Outcome | None
    opened_at: datetime
    due_at: datetime
    waiting: bool
    closed_at: datetime | None
    worker: str
    masked: bool
    risk: RiskLevel | None = None
    is_part: bool = False
    has_parts: bool = False


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some lines of the worklist and the way to those before (``newer``) and after (``older``)."""

    rows: Sequence[CaseRow]
    newer: str | None = None
    older: str | None = None
    too_many: bool = False
    """More cases than can be put in the order asked for; they stand in the usual one."""


def worklist(filters: CaseFilters, *, viewer: Viewer, lang: str = "th") -> CasePage:
    """One page of the cases that the viewer may see, as asked; ``lang``: of names put in order."""
    if not _may_ask(filters, viewer):
        return CasePage([])
    if filters.sort in HEADS:
        cut = page_by_head(filters, viewer=viewer, lang=lang)
        if cut is not None:
            return CasePage([_row(row, viewer) for row in cut.rows], cut.newer, cut.older)
        order = usual_order(filters)
        edge = filters.cursor if filters.cursor and filters.cursor.fits(order) else None
        return replace(_usual(replace(filters, sort=order, cursor=edge), viewer), too_many=True)
    return _usual(filters, viewer)


def _usual(filters: CaseFilters, viewer: Viewer) -> CasePage:
    dialect = db.session.get_bind().dialect.name
    outline = outline_of(filters, viewer, dialect=dialect, shortest=SHORTEST)
    values = values_of(filters, viewer)
    return _page(_found(outline, values, filters), filters, viewer)


def _found(outline: Outline, values: dict[str, Any], filters: CaseFilters) -> Sequence[Any]:
    """A page and one row more; of searches by the plan that is likely to cost least."""
    parts = sought_parts(filters.words)
    if is_for_index(parts):
        return _by_index(parts, outline, values, filters)
    found = _run(outline, values)
    if len(found) > PAGE or not parts:
        return found
    if outline.dialect == "postgresql":
        newest_id = max((row.id for row in found), default=0)
        reach = further(len(found), newest_id, PAGE)
        if reach:
            found = _run(replace(outline, reach=reach), values)
            if len(found) > PAGE:
                return found
    return _by_index(parts, outline, values, filters)


def _by_index(
    parts: Sequence[str], outline: Outline, values: dict[str, Any], filters: CaseFilters
) -> Sequence[Any]:
    if outline.dialect == "postgresql":
        prefer_indexes()
        parts = whole_if_short(parts, filters.words)
    return _run(trigrams(outline, len(parts)), values | trigram_values(parts, outline.dialect))


def _may_ask(filters: CaseFilters, viewer: Viewer) -> bool:
    """Whether there can be an answer: a right to cases at all, a village inside the area."""
    holds = viewer.can(Permission.VIEW_CASES) or viewer.can(Permission.VIEW_ALL_CASES)
    return holds and (filters.village is None or viewer.covers(filters.village or None))


def _run(outline: Outline, values: dict[str, Any]) -> Sequence[Any]:
    return db.session.connection().execute(statement_of(outline), values).all()


def _page(found: Sequence[Any], filters: CaseFilters, viewer: Viewer) -> CasePage:
    more, back = len(found) > PAGE, filters.cursor is not None and filters.cursor.back
    rows = list(found[:PAGE])
    if back:
        rows.reverse()
    if not rows:
        return CasePage([])
    newer = more if back else filters.cursor is not None
    older = back or more
    return CasePage(
        rows=[_row(row, viewer) for row in rows],
        newer=_edge(rows[0], filters, back=True) if newer else None,
        older=_edge(rows[-1], filters, back=False) if older else None,
    )


def _edge(row: Any, filters: CaseFilters, *, back: bool) -> str:
    moment = moment_of(filters.sort)
    at = getattr(row, moment.key) if moment is not None else None
    return Cursor(row.id, at, back).as_text()


def _row(row: Any, viewer: Viewer) -> CaseRow:
    shown = sees_names(viewer, row)
    who = ""
    if shown and row.first_name:
        who = display_name(row.person_title, row.first_name, row.last_name)
    return CaseRow(
        number=row.number,
        title=row.title if shown else "",
        who=who,
        house_no=(row.house_no or "") if shown else "",
        village_no=row.village_no,
        category_id=row.category_id,
        priority=row.priority,
        sensitivity=row.sensitivity,
        status=row.status,
        outcome=row.outcome,
        opened_at=row.opened_at,
        due_at=row.due_at,
        waiting=row.paused_at is not None,
        closed_at=row.closed_at,
        worker=row.display_name or "",
        masked=not shown,
        risk=row.risk,
        is_part=bool(row.is_part),
        has_parts=bool(row.has_parts),
    )
