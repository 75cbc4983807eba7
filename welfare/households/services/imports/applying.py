"""Letting an approved import into the registry: all of it in one transaction, or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, update

from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.security.permissions import Viewer
from welfare.core.storage.progress import note_progress
from welfare.households.models import ImportRow, RegistryImport
from welfare.households.models.changes import ChangeKind
from welfare.households.services.imports.plan import RowPlan, plan_from
from welfare.households.services.imports.planning import Planner, Told
from welfare.households.services.imports.writing import Writing
from welfare.households.services.recording import recorded
from welfare.households.workflow import ImportStatus, RowState

APPLYING = "applying"
CHUNK = 1000


def run_apply(import_id: int, actor: Viewer) -> None:
    """Apply what was approved, and commit. A second run finds nothing left to do.

    The registry may have changed since the dry run: rows are planned anew against it, and a fact
    that somebody has written meanwhile stays as they wrote it.
    """
    expect_writes(False)
    held = db.session.get_one(RegistryImport, import_id)
    number = held.number
    note_progress(number, APPLYING, 0, 1)
    begin_writing(db.session)
    held = db.session.execute(
        select(RegistryImport)
        .where(RegistryImport.id == import_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if held.status != ImportStatus.APPLYING:
        db.session.rollback()
        return
    rows = list(_staged(import_id))
    wanted = [row for row in rows if row.told is not None]

    def tell(done: int) -> None:
        note_progress(number, APPLYING, done, len(wanted) * 2)

    tell(0)
    plans = Planner(actor, search=False).plan([row.told for row in wanted if row.told])
    for row, plan in zip(wanted, plans, strict=True):
        row.settle(plan)
    tell(len(wanted) // 2)
    going = [row for row in wanted if row.outcome == "applied"]
    with recorded(actor, ChangeKind.IMPORT, day=clock.today(), reason=held.file_name) as changes:
        writing = Writing(actor, held, changes, lambda done: tell(len(wanted) + done))
        writing.write([(row.plan, row.row_no) for row in going if row.plan is not None])
    held.change_set = changes.number
    held.report = {**Counter(row.outcome for row in rows), **writing.report}
    held.status, held.applied_at = ImportStatus.APPLIED, clock.now()
    held.attempts, held.fault = 0, ""
    _note_outcomes(rows)
    audit.record(
        actor, "import.applied", "import", held.number,
        {"approved_by": held.approved_by, "change_set": changes.number, **writing.report},
    )  # fmt: skip
    db.session.commit()


class _Staged:
    """A staged row on its way: what was shown of it, what it does now, what became of it."""

    def __init__(self, row: Any) -> None:
        self.id: int = row.id
        self.row_no: int = row.row_no
        self.shown = plan_from(
            row.sheet, row.row_no, row.person_id, row.household_id, json.loads(row.payload)
        )
        self.plan: RowPlan | None = None
        self.told: Told | None = None
        self.outcome = self._begin(row.state, row.choice)

    def _begin(self, state: RowState, choice: str) -> str:
        if state == RowState.REFUSED:
            return "refused"
        if state == RowState.SAME:
            return "same"
        if state == RowState.DOUBTFUL and choice in ("", "skip"):
            return "skipped" if choice else "undecided"
        person: int | str | None = self.shown.person_id
        if self.shown.person == "new":
            person = "new"
        if choice.startswith("person:"):
            chosen = choice.removeprefix("person:")
            person = next(
                (one.person_id for one in self.shown.candidates if one.number == chosen), None
            )
        elif choice == "new":
            person = "new"
        values = self.shown.values
        values.findings = [found for found in values.findings if found.code not in _PLANNED_ANEW]
        self.told = Told(values, person, accepted=True)
        return ""

    def settle(self, plan: RowPlan) -> None:
        """Compare what it would do now with what was approved."""
        if plan.values.refused or (
            self.told and self.told.person == "new" and plan.person != "new"
        ):
            self.outcome = "meanwhile"
            return
        approved = {change.key: change.before for change in self.shown.alterations}
        if self.shown.person_id is not None and self.shown.person_id == plan.person_id:
            plan.alterations = [
                change
                for change in plan.alterations
                if change.scope == "link"
                or (change.key in approved and _plain(change.before) == approved[change.key])
            ]
        elif not self.shown.person:
            plan.alterations = [
                change
                for change in plan.alterations
                if change.key in approved and _plain(change.before) == approved[change.key]
            ]
        self.plan, self.outcome = plan, "applied"


_PLANNED_ANEW = frozenset(
    {"alike", "id_other_name", "known_dead", "id_differs", "several_houses", "moves", "second_head"}
)
"""Found by the planner and found again by it."""


def _plain(value: object) -> object:
    from welfare.households.imports.fields import plain

    return plain({"value": value})["value"]


def _staged(import_id: int) -> Iterator[_Staged]:
    statement = (
        select(
            ImportRow.id, ImportRow.sheet, ImportRow.row_no, ImportRow.state, ImportRow.choice,
            ImportRow.person_id, ImportRow.household_id, ImportRow.payload,
        )
        .where(ImportRow.import_id == import_id)
        .order_by(ImportRow.id)
    )  # fmt: skip
    for row in db.session.execute(statement):
        yield _Staged(row)


def _note_outcomes(rows: list[_Staged]) -> None:
    by_outcome: dict[str, list[int]] = {}
    for row in rows:
        by_outcome.setdefault(row.outcome, []).append(row.id)
    for outcome, ids in by_outcome.items():
        for start in range(0, len(ids), CHUNK):
            db.session.execute(
                update(ImportRow)
                .where(ImportRow.id.in_(ids[start : start + CHUNK]))
                .values(outcome=outcome)
            )
