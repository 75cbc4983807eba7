"""Who changed a record of the registry, when, and which of its facts (never the values)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db

SHOWN = 20
_QUIET = ("%.read", "%.revealed")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change: ``action`` is ``thing.verb``, ``fields`` the names of the columns changed."""

    at: datetime
    who: str
    action: str
    fields: tuple[str, ...]


def history(kind: str, number: str, limit: int = SHOWN) -> tuple[HistoryLine, ...]:
    """The latest changes of a household or person, newest first. Reads are not changes."""
    rows = db.session.execute(
        select(
            AuditEntry.at, AuditEntry.actor, AuditEntry.action, AuditEntry.changes,
            User.display_name,
        )
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.object_ref == number,
            AuditEntry.object_type == kind,
            *(AuditEntry.action.not_like(action) for action in _QUIET),
        )
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )  # fmt: skip
    return tuple(
        HistoryLine(
            row.at,
            row.display_name or row.actor,
            row.action,
            tuple(sorted(json.loads(row.changes))),
        )
        for row in rows
    )
