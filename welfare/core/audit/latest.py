"""Who wrote last."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from welfare.core.audit.models import AuditEntry
from welfare.core.db import db


class LastWrite(NamedTuple):
    """Somebody's last change; ``actor_id`` 0 is the public or the program itself."""

    actor_id: int
    actor: str
    at: datetime


LOOKED = (".read", ".revealed", ".printed", ".exported")
"""How the actions end that change nothing."""


def last_write(references: Collection[str]) -> LastWrite | None:
    """The latest change of any of the things of these references."""
    entry = AuditEntry
    row = db.session.execute(
        select(entry.actor_id, entry.actor, entry.at)
        .where(
            entry.object_ref.in_(sorted(references)),
            *(entry.action.not_like(f"%{ending}") for ending in LOOKED),
        )
        .order_by(entry.seq.desc())
        .limit(1)
    ).first()
    return LastWrite(row.actor_id, row.actor, row.at) if row else None


class Noted(NamedTuple):
    """Who did something, when, and what was noted with it."""

    actor_id: int
    actor: str
    at: datetime
    details: dict[str, Any]


def noted(action: str, reference: str) -> Noted | None:
    """The last time that this was done to the thing of this reference."""
    entry = AuditEntry
    row = db.session.execute(
        select(entry.actor_id, entry.actor, entry.at, entry.changes)
        .where(entry.object_ref == reference, entry.action == action)
        .order_by(entry.seq.desc())
        .limit(1)
    ).first()
    return Noted(row.actor_id, row.actor, row.at, json.loads(row.changes)) if row else None


def last_entry() -> int:
    """The number of the newest entry; 0 before the first."""
    return db.session.scalar(select(func.max(AuditEntry.seq))) or 0


def written_since(seq: int, kinds: Collection[str]) -> bool:
    """Whether anything of these kinds has been changed after that entry."""
    entry = AuditEntry
    row = db.session.execute(
        select(entry.seq)
        .where(
            entry.seq > seq,
            entry.object_type.in_(sorted(kinds)),
            *(entry.action.not_like(f"%{ending}") for ending in LOOKED),
        )
        .limit(1)
    ).first()
    return row is not None
