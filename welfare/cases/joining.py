"""What hangs on a case, and what becomes of it when the case becomes part of another.

Every table that refers to ``cases`` moves along by itself: it is found in the tables' own
description, so that none of tomorrow's is forgotten. What is said here are the exceptions, and the
domains that have more to do than moving rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Column, Table

from welfare.cases.workflow import CaseStatus
from welfare.core.db import Base

if TYPE_CHECKING:
    from welfare.cases.models import Case
    from welfare.core.security.permissions import Viewer

STAYS = frozenset(
    {
        "cases",
        "case_merges",
        "case_merge_rows",
        "case_parents",
        "case_links",
        "cases_apart",
        "case_events",
        "case_stages",
        "escalations",
        "deadline_notices",
        "delay_questions",
        "case_wishes",
        "case_risks",
        "case_transfers",
        "checklist_ticks",
        "rule_firings",
    }
)
"""Rows of these stay with the case they were written for. Its timeline is read together with the
survivor's; its clocks stop; a wish is united by dispatch; what was asked of it lapses, and is asked
again when the merge is undone; the higher
of two risks is set anew; the survivor has a checklist of its own; what rules did was done to the
case as it was."""


def moving_columns() -> list[tuple[Table, Column[Any]]]:
    """The columns by which rows belong to a case and move along with it."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        if table.name not in STAYS
        for column in table.columns
        if any(key.target_fullname == "cases.id" for key in column.foreign_keys)
    ]


def once_a_case(table: Table, column: Column[Any]) -> list[list[Column[Any]]]:
    """What a case may have once only, by the table's unique indexes: a tick of an item, say. Where
    both cases have it, the other's stays with it."""
    return [
        [one for one in index.columns if one.name != column.name]
        for index in table.indexes
        if index.unique and column.name in index.columns and len(index.columns) > 1
    ]


class Notes(Protocol):
    """The journal of a merge, to those who take part."""

    def put(self, thing: Any, **values: Any) -> None:
        """Set columns of a record, so that the undo can set them back."""

    def was(self, table: str) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
        """What was set in a table, by row: as it was, as the merge left it."""


@dataclass(slots=True)
class Hands:
    """Who has a case and in what state it stands, as a merge or its undo leaves it."""

    worker_id: int | None
    status: CaseStatus
    lost: str = ""
    """Words on what could not be put back."""


class TakesPart(Protocol):
    """A domain that has to do with who works on a case."""

    def join(
        self, *, actor: Viewer, survivor: Case, merged: Case, theirs: bool, notes: Notes
    ) -> Hands:
        """Before the rows move: settle who works on the survivor; ``theirs``: the merged one's."""

    def part(
        self, *, actor: Viewer, survivor: Case, merged: Case, was: CaseStatus, notes: Notes
    ) -> tuple[Hands, Hands]:
        """After the rows moved back: who has the survivor, who the other."""


_takes_part: list[TakesPart] = []


def register_taking_part(domain: TakesPart) -> None:
    """Say who keeps the workers of cases; the application does so once at its start."""
    _takes_part[:] = [domain]


def who_takes_part() -> TakesPart:
    """The domain that keeps the workers of cases."""
    return _takes_part[0]
