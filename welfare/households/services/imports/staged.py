"""A staged row on its way into the registry: what was approved of it, what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from welfare.core.db import db
from welfare.households.imports.fields import plain
from welfare.households.models import ImportRow
from welfare.households.services.imports.plan import RowPlan, plan_from
from welfare.households.services.imports.planning import Told
from welfare.households.workflow import RowState

_PLANNED_ANEW = frozenset(
    {"alike", "id_other_name", "known_dead", "id_differs", "several_houses", "moves", "second_head"}
)
"""Found by the planner and found again by it."""
PORTION = 1000


class Staged:
    """One row. ``told`` is what is to be planned anew; without it nothing is to be done, and
    ``outcome`` says why."""

    __slots__ = ("_approved", "_person", "_person_id", "id", "outcome", "plan", "row_no",
                 "told")  # fmt: skip

    def __init__(self, row: Any) -> None:
        self.id: int = row.id
        self.row_no: int = row.row_no
        self.plan: RowPlan | None = None
        self.told: Told | None = None
        self.outcome = _left_out(row.state, row.choice)
        if self.outcome:
            return
        shown = plan_from(
            row.sheet, row.row_no, row.person_id, row.household_id, json.loads(row.payload)
        )
        self._approved = {change.key: change.before for change in shown.alterations}
        self._person, self._person_id = shown.person, shown.person_id
        values = shown.values
        values.cells = {}
        values.findings = [found for found in values.findings if found.code not in _PLANNED_ANEW]
        self.told = Told(values, _who(shown, row.choice), accepted=True)

    def settle(self, plan: RowPlan) -> None:
        """Compare what it would do now with what was approved."""
        if plan.values.refused or (
            self.told and self.told.person == "new" and plan.person != "new"
        ):
            self.outcome = "meanwhile"
            return
        if self._person_id is not None and self._person_id == plan.person_id:
            plan.alterations = [
                change
                for change in plan.alterations
                if change.scope == "link" or self._shown(change)
            ]
        elif not self._person:
            plan.alterations = [change for change in plan.alterations if self._shown(change)]
        self.plan, self.outcome = plan, "applied"

    def _shown(self, change: Any) -> bool:
        """Whether the value that it replaces is still the one that was shown."""
        if change.key not in self._approved:
            return False
        return bool(plain({"value": change.before})["value"] == self._approved[change.key])


def _left_out(state: RowState, choice: str) -> str:
    if state == RowState.REFUSED:
        return "refused"
    if state == RowState.SAME:
        return "same"
    if state == RowState.DOUBTFUL and choice in ("", "skip"):
        return "skipped" if choice else "undecided"
    return ""


def _who(shown: RowPlan, choice: str) -> int | str | None:
    """Whom the row is of, as decided or as found."""
    if choice.startswith("person:"):
        chosen = choice.removeprefix("person:")
        return next((one.person_id for one in shown.candidates if one.number == chosen), None)
    if choice == "new" or shown.person == "new":
        return "new"
    return shown.person_id


def staged_rows(import_id: int) -> Iterator[Staged]:
    """The rows of an import, in their order, read in portions."""
    statement = (
        select(
            ImportRow.id, ImportRow.sheet, ImportRow.row_no, ImportRow.state, ImportRow.choice,
            ImportRow.person_id, ImportRow.household_id, ImportRow.payload,
        )
        .where(ImportRow.import_id == import_id)
        .order_by(ImportRow.id)
    )  # fmt: skip
    last = 0
    while rows := db.session.execute(statement.where(ImportRow.id > last).limit(PORTION)).all():
        for row in rows:
            yield Staged(row)
        last = rows[-1].id
