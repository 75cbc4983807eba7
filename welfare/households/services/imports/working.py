"""What the worker does for imports: dry runs, applying, undoing; each once, however often it is
called or killed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy import select

from welfare.accounts.queries import viewer_of
from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Refused, WelfareError
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage.progress import alone, forget_progress, note_progress
from welfare.households.imports.guards import BadFile
from welfare.households.models import Household, Person, RegistryImport
from welfare.households.services.freezing import table
from welfare.households.services.imports.applying import ATTEMPTS, run_apply
from welfare.households.services.imports.checking import run_check
from welfare.households.services.imports.keeping import clear
from welfare.households.services.imports.spool import Raced
from welfare.households.services.imports.taking_back import look, take_back
from welfare.households.services.recording import chunks, rows_by_id
from welfare.households.services.undoing import Kept, Key, Undone
from welfare.households.workflow import AT_WORK, ImportStatus

log = structlog.get_logger()

MOST_ATTEMPTS = 3
MOST_TOLD = 200
"""Records that stayed after an undo, by number, in its report."""
P = Permission
REGISTRY_RIGHTS = frozenset({P.VIEW_REGISTRY, P.EDIT_REGISTRY, P.VIEW_RESTRICTED})

PROGRAM = Viewer(
    user_id=0,
    username="system",
    display_name="ระบบ",
    roles=frozenset(),
    permissions=REGISTRY_RIGHTS | {P.APPROVE_IMPORTS, P.APPROVE_OWN},
)
"""Who imports by command: whoever may run commands on the machine."""


def work_on_imports() -> int:
    """Everything that waits, one import after the other; how many. Commits after each."""
    expect_writes(False)
    rows = db.session.execute(
        select(RegistryImport.id, RegistryImport.number)
        .where(RegistryImport.status.in_(sorted(AT_WORK)))
        .order_by(RegistryImport.id)
    ).all()
    db.session.rollback()
    for row in rows:
        with alone(row.number) as mine:
            if mine:
                work_on(row.id)
    expect_writes(True)
    return len(rows)


def work_on(import_id: int) -> None:
    """Do what this import waits for. A fault is written down with it; nothing is half-applied."""
    begin_writing(db.session)
    held = _claim(import_id)
    if held is None:
        return
    status, number = held
    try:
        _do(import_id, status)
    except BadFile as bad:
        _fail(import_id, bad.fault.value)
    except Refused:
        _fail(import_id, "gone")
    except WelfareError:
        _fail(import_id, "account")
    except Exception as error:
        db.session.rollback()
        log.error("import failed", number=number, kind=type(error).__name__)
        if status == ImportStatus.CHECKING:
            _fail(import_id, "unexpected")
        else:
            _fail_if_worn(import_id)
    finally:
        forget_progress(number)


def _claim(import_id: int) -> tuple[ImportStatus, str] | None:
    """Count the attempt, durably, before it begins: what kills the worker again and again is given
    up after the third time."""
    held = db.session.scalar(
        select(RegistryImport)
        .where(RegistryImport.id == import_id, RegistryImport.status.in_(sorted(AT_WORK)))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if held is None:
        db.session.rollback()
        return None
    if held.attempts >= MOST_ATTEMPTS:
        _give_up(held, "stopped")
        db.session.commit()
        return None
    held.attempts += 1
    found = held.status, held.number
    db.session.commit()
    return found


def _do(import_id: int, status: ImportStatus) -> None:
    held = db.session.get_one(RegistryImport, import_id)
    uploader, undoer = _actor(held.uploaded_by_id, held.uploaded_by), held.undone_by
    db.session.rollback()
    if status == ImportStatus.CHECKING:
        run_check(import_id, uploader)
    elif status == ImportStatus.APPLYING:
        run_apply(import_id, replace(uploader, permissions=uploader.permissions | REGISTRY_RIGHTS))
    else:
        run_undo(import_id, _actor(1, undoer))


def _actor(user_id: int, username: str) -> Viewer:
    """Who asked for it, with the rights of today; an account that is closed gets nothing done."""
    if user_id == 0 or username == PROGRAM.username:
        return PROGRAM
    found = viewer_of(username)
    if found is None:
        raise WelfareError
    return found


def run_undo(import_id: int, actor: Viewer) -> None:
    """Take an applied import back, as far as nobody has built on it, and commit.

    Looked at beside the lock and written in one short transaction; where others were faster it is
    looked at anew, the last time behind the lock.
    """
    allowed = replace(actor, permissions=actor.permissions | REGISTRY_RIGHTS, villages=None)
    for attempt in range(ATTEMPTS + 1):
        behind = attempt == ATTEMPTS
        if behind:
            begin_writing(db.session)
        else:
            expect_writes(False)
        held = db.session.get_one(RegistryImport, import_id)
        if held.status != ImportStatus.UNDOING or held.change_set is None:
            db.session.rollback()
            return
        number, change_set, reason = held.number, held.change_set, held.undo_reason

        def tell(done: int, total: int, number: str = number) -> None:
            note_progress(number, "undoing", done, total)

        tell(0, 1)
        looked = look(change_set, tell)
        try:
            if not behind:
                begin_writing(db.session)
            undone = take_back(looked, actor=allowed, number=change_set, reason=reason)
            _settle_undo(import_id, actor, undone)
            return
        except Raced:
            db.session.rollback()
        finally:
            looked.close()
    raise Raced


def _settle_undo(import_id: int, actor: Viewer, undone: Undone | None) -> None:
    """Say with the import what was taken back, and commit."""
    held = db.session.execute(
        select(RegistryImport)
        .where(RegistryImport.id == import_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if undone is None or held.status != ImportStatus.UNDOING:
        db.session.rollback()
        return
    held.report = {
        **held.report, "undone_rows": undone.restored, "undone_kept": len(undone.kept),
        "stayed": whose(undone.kept),
    }  # fmt: skip
    held.status, held.undone_at = ImportStatus.UNDONE, clock.now()
    held.attempts = 0
    clear(held)
    audit.record(
        actor, "import.undone", "import", held.number,
        {"restored": undone.restored, "kept": len(undone.kept), "change_set": undone.number},
    )  # fmt: skip
    db.session.commit()


def whose(kept: Sequence[Kept]) -> list[list[str]]:
    """Of what stayed: kind of record, number of the person or household it belongs to, and why:
    ``edited``, or ``leant`` when something else refers to it. Each once, no personal data."""
    people, houses = _owners(kept)
    numbers = {
        "person": dict(_numbers(Person, people.values())),
        "household": dict(_numbers(Household, houses.values())),
    }
    found: dict[tuple[str, str, str], None] = {}
    for one in kept:
        key = one.table_name, one.row_id
        for kind, owners in (("person", people), ("household", houses)):
            number = numbers[kind].get(owners.get(key, 0))
            if number:
                found[kind, number, one.column or one.table_name] = None
                break
    return [list(one) for one in found][:MOST_TOLD]


def _owners(kept: Sequence[Kept]) -> tuple[dict[Key, int], dict[Key, int]]:
    people: dict[Key, int] = {}
    houses: dict[Key, int] = {}
    by_table: dict[str, set[int]] = {}
    for one in kept:
        by_table.setdefault(one.table_name, set()).add(one.row_id)
    for name, ids in by_table.items():
        for row_id, row in rows_by_id(table(name), sorted(ids)).items():
            person = row_id if name == "people" else row.get("person_id")
            house = row_id if name == "households" else row.get("household_id")
            if person:
                people[name, row_id] = person
            elif house:
                houses[name, row_id] = house
    return people, houses


def _numbers(model: Any, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    for chunk in chunks(sorted(set(ids))):
        rows = select(model.id, model.number).where(model.id.in_(chunk))
        yield from ((row.id, row.number) for row in db.session.execute(rows))


def _fail(import_id: int, fault: str) -> None:
    db.session.rollback()
    begin_writing(db.session)
    held = db.session.get_one(RegistryImport, import_id, with_for_update=True)
    _give_up(held, fault)
    db.session.commit()


def _fail_if_worn(import_id: int) -> None:
    begin_writing(db.session)
    held = db.session.get_one(RegistryImport, import_id, with_for_update=True)
    if held.attempts >= MOST_ATTEMPTS:
        _give_up(held, "unexpected")
    db.session.commit()


def _give_up(held: RegistryImport, fault: str) -> None:
    before = held.status
    undoing = before == ImportStatus.UNDOING
    held.status = ImportStatus.APPLIED if undoing else ImportStatus.FAILED
    held.fault = fault
    audit.record(
        PROGRAM,
        "import.failed",
        "import",
        held.number,
        {"status": (before, held.status), "why": fault},
    )
