"""The outline of a question to the worklist: which conditions it has, without their values.

Statements are built and compiled once an outline; building one takes longer than running it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from welfare.cases.policies import hidden_levels, sees_restricted
from welfare.cases.queries.filters import ANY_STAGE, NOBODY, CaseFilters, Scope, Sort, month_bounds
from welfare.cases.workflow import CaseStatus, Sensitivity
from welfare.core import clock
from welfare.core.security.permissions import Permission, Viewer

UNKNOWN = "unknown"
GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Outline:
    """What a statement of the worklist depends on, but for values.

    ``village`` and ``assignee``: given, unknown (IS NULL) or not asked. ``area``: the number of
    villages the viewer is limited to. ``own``: only what the viewer works on or opened.
    ``words``: how long each word is to trigrams (long enough or not).
    """

    dialect: str
    status: CaseStatus | Scope
    sort: Sort
    category: bool
    village: str
    assignee: str
    priority: bool
    risk: bool
    overdue: bool
    stage: str
    opened: bool
    closed: bool
    unhappy: bool
    family: str
    page: str
    area: int | None
    own: bool
    restricted: bool
    hidden: tuple[Sensitivity, ...]
    words: tuple[bool, ...]
    parts: int = 0
    """By how many parts of the words an index brings up the candidates; 0: they are looked for
    from case to case."""
    reach: int = 0
    """How many cases a search looks through, where not as many as usual."""

    @property
    def back(self) -> bool:
        """Whether the page lies towards the beginning of the list."""
        return self.page == "b"

    @property
    def descending(self) -> bool:
        """Whether the statement goes down: newest first, or back in a list that goes up."""
        return (self.sort in (Sort.NEWEST, Sort.OPENED, Sort.CLOSED, Sort.LAST_DUE)) != self.back


def outline_of(filters: CaseFilters, viewer: Viewer, *, dialect: str, shortest: int) -> Outline:
    """The outline of a question by somebody who may see cases at all."""
    cursor = filters.cursor
    own = not viewer.can(Permission.VIEW_ALL_CASES)
    limited = viewer.villages is not None and (own or filters.village is None)
    return Outline(
        dialect=dialect,
        status=filters.status,
        sort=filters.sort,
        category=filters.category is not None,
        village=_asked(filters.village),
        assignee=_asked(filters.assignee),
        priority=filters.priority is not None,
        risk=filters.risk is not None,
        overdue=filters.overdue,
        stage=filters.stage and (GIVEN if filters.stage != ANY_STAGE else ANY_STAGE),
        opened=filters.opened is not None,
        closed=filters.closed is not None,
        unhappy=filters.unhappy,
        family=filters.family,
        page="" if cursor is None else "b" if cursor.back else "a",
        area=len(viewer.villages or ()) if limited else None,
        own=own,
        restricted=sees_restricted(viewer),
        hidden=hidden_levels(viewer),
        words=tuple(len(word) >= shortest for word in filters.words),
    )


def _asked(value: int | None) -> str:
    return "" if value is None else UNKNOWN if value == NOBODY else GIVEN


def values_of(filters: CaseFilters, viewer: Viewer) -> dict[str, Any]:
    """The values that go with an outline, by the names of its parameters."""
    values: dict[str, Any] = {
        "me": viewer.user_id,
        "now": clock.now(),
        "category": filters.category,
        "village": filters.village,
        "assignee": filters.assignee,
        "priority": filters.priority,
        "risk": filters.risk,
        "stage": filters.stage,
    }
    for name, month in (("opened", filters.opened), ("closed", filters.closed)):
        if month is not None:
            values[f"{name}_from"], values[f"{name}_to"] = month_bounds(month)
    if filters.cursor is not None:
        values |= {"edge_id": filters.cursor.id, "edge_at": filters.cursor.at}
    for position, number in enumerate(sorted(viewer.villages or ())):
        values[f"area_{position}"] = number
    for position, word in enumerate(filters.words):
        values[f"word_{position}"] = word
    return values
