"""The audit of what was loaded: chained like every other row, with the times of the story."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.core.audit.chain import GENESIS, Link
from welfare.core.audit.models import AuditEntry
from welfare.demo.bulk import Row
from welfare.demo.ground import Ground

CASE_ACTIONS = {
    "opened": "case.opened",
    "joined": "case.joined",
    "assigned": "case.offer",
    "accepted": "case.accept",
    "declined": "case.decline",
    "closed": "case.close",
    "reopened": "case.reopen",
    "note": "case.noted",
    "assistance": "assistance.recorded",
    "task": "task.added",
}


class Happening(NamedTuple):
    """One thing that somebody did, ready for the chain."""

    at: datetime
    actor_id: int
    actor: str
    action: str
    object_type: str
    object_ref: str
    changes: str


def happenings(ground: Ground) -> list[Happening]:
    """Return what was done to complaints and cases, in the order of time."""
    found = [*_of_complaints(ground), *_of_cases(ground)]
    found.sort(key=lambda item: item.at)
    return found


def _of_complaints(ground: Ground) -> Iterator[Happening]:
    for complaint in ground.town.complaints:
        reference = ground.references[complaint.index]
        for event in complaint.events:
            details = {"channel": complaint.channel} if event.kind == "filed" else {}
            yield _one(
                ground,
                event.at,
                event.actor,
                f"complaint.{event.kind}",
                "complaint",
                reference,
                details,
            )


def _of_cases(ground: Ground) -> Iterator[Happening]:
    for case in ground.town.cases:
        number = ground.numbers[case.index]
        for event in case.events:
            action = CASE_ACTIONS.get(event.kind, f"case.{event.detail or event.kind}")
            if event.kind == "visit":
                action = f"visit.{event.detail}"
            if event.kind == "citizen":
                action = "case.citizen_wrote"
            yield _one(ground, event.at, event.actor, action, "case", number, {})


def _one(
    ground: Ground,
    at: datetime,
    actor: str,
    action: str,
    kind: str,
    ref: str,
    details: dict[str, str],
) -> Happening:
    user = ground.user(actor)
    name = actor if user else "public"
    changes = json.dumps({**details, "demo": True}, ensure_ascii=False, sort_keys=True)
    return Happening(at, user or 0, name, action, kind, ref, changes)


def chained(session: Session, items: Iterable[Happening]) -> list[Row]:
    """Return the rows of the audit, each with its hash, going on from the last row there is."""
    last = session.execute(
        select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq, bytes(last.hash)) if last else (0, GENESIS)
    rows: list[Row] = []
    for item in items:
        seq += 1
        digest = Link(seq, *item).hash_after(previous)
        rows.append({"seq": seq, **item._asdict(), "prev_hash": previous, "hash": digest})
        previous = digest
    return rows
