"""The worklist in the order of one of its columns.

Names stand in the order of a Thai dictionary, states and urgency in that of their meaning; neither
database has these orders by itself, so what a page is chosen by is read without the rest and put
in order here, the same on both. Whatever is not known, or masked for this viewer, stands last in
either direction: an order betrays no name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, case, or_, select, true

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.cases.policies import sees_names
from welfare.cases.queries.categories import categories
from welfare.cases.queries.filters import HEADS, CaseFilters, Cursor, Sort
from welfare.cases.queries.listing import COLUMNS, PAGE, branches_of, with_names
from welfare.cases.queries.outline import Outline, outline_of, values_of
from welfare.cases.queries.searching import SHORTEST
from welfare.cases.workflow import CaseStatus, Outcome, Priority
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.names import name_sort_key
from welfare.households.models import Person

MOST = 20_000
"""Of more cases than this the list keeps its own order: who has so many narrows them first."""

_sort_key = lru_cache(maxsize=50_000)(name_sort_key)
_STATES = {state: place for place, state in enumerate((*CaseStatus, *Outcome))}
_URGENCY = {level: place for place, level in enumerate(reversed(Priority))}
_NARROW = (
    Case.id, Case.title, Case.category_id, Case.priority, Case.sensitivity, Case.status,
    Case.outcome, Case.village_no, Case.assignee_id, Case.due_at,
)  # fmt: skip

Key = Any
Reading = Callable[[Any, Viewer, dict[int, str]], Key]


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of one page, and the cursors of the pages beside it."""

    rows: Sequence[Any]
    newer: str | None
    older: str | None


def page_by_head(filters: CaseFilters, *, viewer: Viewer, lang: str) -> Cut | None:
    """One page in the order of a column; None when more cases than :data:`MOST` fit the filters."""
    found = _narrow_rows(filters, viewer)
    if len(found) > MOST:
        return None
    ids = _in_order(found, filters.sort, viewer, lang)
    start = _start(ids, filters.cursor)
    chosen = ids[start : start + PAGE]
    end = start + len(chosen)
    return Cut(
        _rows(chosen),
        Cursor(chosen[0], back=True, place=start).as_text() if start and chosen else None,
        Cursor(chosen[-1], place=end).as_text() if end < len(ids) else None,
    )


def _narrow_rows(filters: CaseFilters, viewer: Viewer) -> Sequence[Any]:
    plain = replace(filters, sort=Sort.NEWEST, cursor=None)
    outline = outline_of(
        plain, viewer, dialect=db.session.get_bind().dialect.name, shortest=SHORTEST
    )
    return db.session.connection().execute(_narrow(outline), values_of(plain, viewer)).all()


@lru_cache(maxsize=300)
def _narrow(outline: Outline) -> Select[*tuple[Any, ...]]:
    allowed = or_(*(and_(true(), *branch) for branch in branches_of(outline)))
    return (
        select(*_NARROW, Person.first_name, Person.last_name, User.display_name)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(User, User.id == Case.assignee_id)
        .where(allowed)
        .limit(MOST + 1)
    )


def _in_order(found: Sequence[Any], sort: Sort, viewer: Viewer, lang: str) -> list[int]:
    name, down = HEADS[sort]
    names = {row.id: row.name(lang) for row in categories(active_only=False)}
    read = _READINGS[name]
    known: list[tuple[Key, Any]] = []
    unknown: list[Any] = []
    for row in sorted(found, key=lambda each: (each.due_at, each.id)):
        key = read(row, viewer, names)
        if key is None:
            unknown.append(row)
        else:
            known.append((key, row))
    known.sort(key=lambda pair: pair[0], reverse=down)
    return [row.id for _key, row in known] + [row.id for row in unknown]


def _start(ids: Sequence[int], cursor: Cursor | None) -> int:
    """Where a page begins: beside the case at its edge, or where that stood if it is gone."""
    if cursor is None:
        return 0
    place = min(cursor.place, len(ids))
    if cursor.id in ids:
        place = ids.index(cursor.id) + (0 if cursor.back else 1)
    start = max(0, place - PAGE) if cursor.back else place
    return start if start < len(ids) else max(0, len(ids) - PAGE)


def _rows(ids: Sequence[int]) -> Sequence[Any]:
    if not ids:
        return []
    picked = select(*COLUMNS).where(Case.id.in_(ids)).subquery()
    places = case({number: place for place, number in enumerate(ids)}, value=picked.c.id)
    return db.session.execute(with_names(picked).order_by(places)).all()


def _who(row: Any, viewer: Viewer, _names: dict[int, str]) -> Key:
    if not row.first_name or not sees_names(viewer, row):
        return None
    return _sort_key(f"{row.first_name} {row.last_name}")


def _what(row: Any, viewer: Viewer, names: dict[int, str]) -> Key:
    title = row.title if sees_names(viewer, row) else ""
    return _sort_key(title or names.get(row.category_id, ""))


def _worker(row: Any, _viewer: Viewer, _names: dict[int, str]) -> Key:
    return _sort_key(row.display_name) if row.display_name else None


_READINGS: dict[str, Reading] = {
    "who": _who,
    "what": _what,
    "worker": _worker,
    "status": lambda row, _viewer, _names: _STATES[row.outcome or row.status],
    "category": lambda row, _viewer, names: _sort_key(names.get(row.category_id, "")),
    "village": lambda row, _viewer, _names: row.village_no or None,
    "priority": lambda row, _viewer, _names: _URGENCY[row.priority],
}
