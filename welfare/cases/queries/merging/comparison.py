"""Two cases side by side: where they differ, what would come along, what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.joining import moving_columns
from welfare.cases.models import Case, CaseEvent
from welfare.cases.policies import stricter, visible_to
from welfare.cases.workflow import CaseStatus, EventKind, Priority, Sensitivity
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.core.thai.names import display_name
from welfare.households.models import Household, Person


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two."""

    id: int
    number: str
    version: int
    title: str
    summary: str
    category_id: int
    priority: Priority
    sensitivity: Sensitivity
    status: CaseStatus
    household_id: int | None
    person_id: int | None
    village_no: int | None
    assignee_id: int | None
    opened_by_id: int | None
    opened_at: datetime
    due_at: datetime
    who: str
    house: str
    worker: str
    has: dict[str, int]
    """How many of what hang on it, by table; notes too."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The one that stays and the one that becomes part of it."""

    ours: Compared
    theirs: Compared

    @property
    def differs(self) -> frozenset[str]:
        """The names of what somebody has to choose."""
        one, two = self.ours, self.theirs
        pairs = {
            "title": (one.title, two.title),
            "summary": (one.summary, two.summary),
            "category": (one.category_id, two.category_id),
            "priority": (one.priority, two.priority),
            "subject": (
                (one.household_id, one.person_id, one.village_no),
                (two.household_id, two.person_id, two.village_no),
            ),
        }
        found = {name for name, (left, right) in pairs.items() if left != right}
        if one.assignee_id and two.assignee_id and one.assignee_id != two.assignee_id:
            found.add("worker")
        return frozenset(found)

    @property
    def sensitivity(self) -> Sensitivity:
        """Who may know afterwards."""
        return stricter(self.ours.sensitivity, self.theirs.sensitivity)

    @property
    def due_at(self) -> datetime:
        """The earlier deadline stands."""
        return min(self.ours.due_at, self.theirs.due_at)


def compare(survivor: str, other: str, *, viewer: Viewer) -> Comparison:
    """Two cases that the viewer may see; ``NotFound`` without either of them."""
    worker = aliased(User)
    rows = db.session.execute(
        select(
            Case.id, Case.number, Case.version, Case.title, Case.summary, Case.category_id,
            Case.priority, Case.sensitivity, Case.status, Case.household_id, Case.person_id,
            Case.village_no, Case.assignee_id, Case.opened_by_id, Case.opened_at, Case.due_at,
            Person.title.label("person_title"), Person.first_name, Person.last_name,
            Household.house_no, Household.number.label("house_number"), worker.display_name,
        )
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(worker, worker.id == Case.assignee_id)
        .where(Case.number.in_((survivor, other)), visible_to(viewer))
    ).all()  # fmt: skip
    if len(rows) != 2:
        raise NotFound
    has = _has([row.id for row in rows])
    found = {row.number: _compared(row, has.get(row.id, {})) for row in rows}
    return Comparison(found[survivor], found[other])


def _has(case_ids: list[int]) -> dict[int, dict[str, int]]:
    parts = [
        select(literal(table.name).label("what"), column.label("case_id"), func.count().label("n"))
        .where(column.in_(case_ids))
        .group_by(column)
        for table, column in moving_columns()
    ]
    parts.append(
        select(literal("notes"), CaseEvent.case_id, func.count())
        .where(CaseEvent.case_id.in_(case_ids), CaseEvent.kind == EventKind.NOTE)
        .group_by(CaseEvent.case_id)
    )
    found: dict[int, dict[str, int]] = {}
    for row in db.session.execute(union_all(*parts)):
        found.setdefault(row.case_id, {})[row.what] = row.n
    return found


def _compared(row: Any, has: dict[str, int]) -> Compared:
    names = (row.person_title or "", row.first_name or "", row.last_name or "")
    facts = {
        name: value
        for name, value in row._mapping.items()
        if name
        not in {"person_title", "first_name", "last_name", "house_no", "house_number",
                "display_name"}
    }  # fmt: skip
    return Compared(
        **facts,
        who=display_name(*names) if row.first_name else "",
        house=row.house_no or row.house_number or "",
        worker=row.display_name or "",
        has=has,
    )
