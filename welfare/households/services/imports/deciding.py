"""Deciding of doubtful rows, approving, sending back, and asking for the undo."""

from __future__ import annotations

import json

from sqlalchemy import update

from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.models import ImportRow, RegistryImport
from welfare.households.services.imports.loading import load, prepared, step
from welfare.households.workflow import ImportStatus, RowState

ASKED_SINGLY = ("alike", "id_other_name")
"""Doubts about who somebody is: decided row by row, never all at once."""


def decide(*, actor: Viewer, number: str, row_id: int, choice: str) -> None:
    """What becomes of a doubtful row: ``new``, ``accept``, ``skip``, ``person:<number>`` of those
    offered, or nothing (undecided again)."""
    held = _open(number, actor)
    row = db.session.get(ImportRow, row_id)
    if row is None or row.import_id != held.id:
        raise NotFound
    if row.state != RowState.DOUBTFUL or choice not in choices_of(row):
        raise Refused(_("Please choose one of the list."))
    row.choice = choice
    audit.record(
        actor, "import.decided", "import", held.number,
        {"row": row.row_no, "choice": choice.partition(":")[0]},
    )  # fmt: skip
    db.session.flush()


def choices_of(row: ImportRow) -> set[str]:
    """What may be decided of a row."""
    kept = json.loads(row.payload)
    numbers = {f"person:{one[1]}" for one in kept["candidates"]}
    if kept["candidates"]:
        sure = ",id_other_name," in row.doubts
        return {"", "skip", *numbers, *(() if sure else ("new",))}
    return {"", "skip", "accept"}


def decide_all(*, actor: Viewer, number: str, doubt: str, choice: str) -> int:
    """The same decision for every undecided row with this doubt and no doubt about who it is."""
    held = _open(number, actor)
    if choice not in ("accept", "skip") or not doubt.isidentifier() or doubt in ASKED_SINGLY:
        raise Refused(_("Please choose one of the list."))
    statement = (
        update(ImportRow)
        .where(
            ImportRow.import_id == held.id,
            ImportRow.state == RowState.DOUBTFUL,
            ImportRow.choice == "",
            ImportRow.doubts.contains(f",{doubt},"),
            *(~ImportRow.doubts.contains(f",{code},") for code in ASKED_SINGLY),
        )
        .values(choice=choice)
        .execution_options(synchronize_session=False)
    )
    count = int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]
    audit.record(
        actor, "import.decided", "import", held.number,
        {"doubt": doubt, "choice": choice, "rows": count},
    )  # fmt: skip
    return count


def _open(number: str, actor: Viewer) -> RegistryImport:
    held = prepared(number, actor=actor)
    if held.status != ImportStatus.CHECKED:
        raise Refused(_("This import has moved on meanwhile. Please open it again."))
    return held


def approve(*, actor: Viewer, number: str, version: int) -> RegistryImport:
    """Let it in. ``Forbidden`` for who prepared it, unless they hold the named right to approve
    what is their own; that they used it is noted."""
    held = load(number, actor=actor, version=version)
    preparers = (held.uploaded_by_id, held.asked_by_id)
    if not policies.can_approve_import(actor, *preparers):
        raise Forbidden
    held.approved_by_id, held.approved_by = actor.user_id, actor.username
    held.approved_at = clock.now()
    held.attempts, held.fault = 0, ""
    step(held, ImportStatus.APPLYING, actor, {"own_work": actor.user_id in preparers})
    return held


def send_back(*, actor: Viewer, number: str, version: int, reason: str) -> RegistryImport:
    """Not approved: back to who prepared it, who reads why."""
    held = load(number, actor=actor, version=version)
    if not policies.can_approve_import(actor):
        raise Forbidden
    if not reason:
        raise Refused(_("Please say why."), field="reason")
    held.sent_back_reason, held.sent_back_by_id = reason[:300], actor.user_id
    held.sent_back_at = clock.now()
    step(held, ImportStatus.CHECKED, actor, {"sent_back": True})
    outbox.publish("import.sent_back", {"import": held.number})
    return held


def ask_undo(*, actor: Viewer, number: str, version: int, reason: str) -> RegistryImport:
    """Take the whole import back; the worker does it."""
    held = load(number, actor=actor, version=version)
    if not policies.can_undo_import(actor, held.uploaded_by_id):
        raise Forbidden
    if not reason:
        raise Refused(_("Please say why."), field="reason")
    held.undo_reason, held.undone_by = reason[:300], actor.username
    held.attempts, held.fault = 0, ""
    step(held, ImportStatus.UNDOING, actor)
    return held
