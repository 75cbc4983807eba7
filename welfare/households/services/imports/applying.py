"""Letting an approved import into the registry: all of it in one transaction, or nothing.

Nearly all of the work is done before that transaction: rows are planned anew, encrypted and put
together while everybody goes on writing. The transaction then makes sure that the registry is
still the one that was looked at, and writes; on SQLite others wait for seconds only. Where
somebody was faster it is all put together once more; the last time behind the lock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.audit import last_entry, written_since
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.security.permissions import Viewer
from welfare.core.storage.progress import note_progress
from welfare.households.models import RegistryImport
from welfare.households.models.changes import ChangeKind
from welfare.households.services.imports.composing import Composing
from welfare.households.services.imports.noting import Notes
from welfare.households.services.imports.planning import Planner
from welfare.households.services.imports.spool import Raced, Spool
from welfare.households.services.imports.staged import staged_rows
from welfare.households.services.imports.writing import note_outcomes, write
from welfare.households.services.recording import recorded
from welfare.households.workflow import ImportStatus

APPLYING, WRITING = "applying", "writing"
ATTEMPTS = 4
"""How often it is put together beside the lock before it is done behind it."""
REGISTRY = frozenset({"household", "person", "registry", "village"})
"""What the audit calls the things that an import is held against."""

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be written, and the last line of the audit when the looking began."""

    composed: Composing
    outcomes: dict[str, list[int]]
    seen: int


def run_apply(import_id: int, actor: Viewer) -> None:
    """Apply what was approved, and commit. A second run finds nothing left to do.

    The registry may have changed since the dry run: rows are planned anew against it, and a fact
    that somebody has written meanwhile stays as they wrote it.
    """
    expect_writes(False)
    number = db.session.get_one(RegistryImport, import_id).number

    def tell(stage: str, done: int, total: int) -> None:
        note_progress(number, stage, done, total)

    tell(APPLYING, 0, 1)
    for _attempt in range(ATTEMPTS):
        expect_writes(False)
        prepared = prepare(import_id, actor, tell)
        try:
            begin_writing(db.session)
            if _locked(import_id) is None:
                return
            _confirm(prepared)
            _write(import_id, actor, prepared, tell)
            return
        except Raced:
            db.session.rollback()
        finally:
            prepared.composed.notes.spool.close()
    _behind_the_lock(import_id, actor, tell)


def _behind_the_lock(import_id: int, actor: Viewer, tell: Tell) -> None:
    """Nobody else writes from here on (SQLite): what is put together now is true."""
    begin_writing(db.session)
    if _locked(import_id) is None:
        return
    prepared = prepare(import_id, actor, tell)
    try:
        _write(import_id, actor, prepared, tell)
    finally:
        prepared.composed.notes.spool.close()


def prepare(import_id: int, actor: Viewer, tell: Tell) -> Prepared:
    """Plan the approved rows anew and put together what they come to. Writes nothing."""
    held = db.session.get_one(RegistryImport, import_id)
    number, file_name = held.number, held.file_name
    seen = last_entry()
    rows = list(staged_rows(import_id))
    wanted = [row for row in rows if row.told is not None]
    total = len(wanted) * 2
    planner = Planner(actor, search=False, tell=lambda done: tell(APPLYING, done, total))
    plans = planner.plan([row.told for row in wanted if row.told])
    for row, plan in zip(wanted, plans, strict=True):
        row.settle(plan)
        row.told = None
    outcomes: dict[str, list[int]] = {}
    for row in rows:
        outcomes.setdefault(row.outcome, []).append(row.id)
    applied = [(row.id, row.plan) for row in wanted if row.outcome == "applied" and row.plan]
    del rows, wanted, plans, planner
    notes = Notes(db.session.connection(), Spool())
    composed = Composing(
        actor, number, file_name, notes, lambda done: tell(APPLYING, total // 2 + done, total)
    )
    composed.compose([plan for _id, plan in applied])
    composed.note_applied(applied)
    return Prepared(composed, outcomes, seen)


def _confirm(prepared: Prepared) -> None:
    """``Raced`` when somebody has written into the registry since it was looked at."""
    if written_since(prepared.seen, REGISTRY):
        raise Raced


def _locked(import_id: int) -> RegistryImport | None:
    """The import, locked; nothing, and no transaction, when it no longer waits to be applied."""
    held = db.session.execute(
        select(RegistryImport)
        .where(RegistryImport.id == import_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if held.status != ImportStatus.APPLYING:
        db.session.rollback()
        return None
    return held


def _write(import_id: int, actor: Viewer, prepared: Prepared, tell: Tell) -> None:
    composed, report = prepared.composed, prepared.composed.report
    held = db.session.get_one(RegistryImport, import_id)
    tell(WRITING, 0, 1)
    with recorded(actor, ChangeKind.IMPORT, day=clock.today(), reason=held.file_name) as changes:
        write(composed, changes, actor)
    held.change_set = changes.number
    held.report = {
        **{outcome: len(ids) for outcome, ids in prepared.outcomes.items()},
        **report,
    }
    held.status, held.applied_at = ImportStatus.APPLIED, clock.now()
    held.attempts, held.fault = 0, ""
    note_outcomes(prepared.outcomes)
    audit.record(
        actor, "import.applied", "import", held.number,
        {"approved_by": held.approved_by, "change_set": changes.number, **report},
    )  # fmt: skip
    db.session.commit()
