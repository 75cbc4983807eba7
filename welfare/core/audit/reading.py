"""Reading the audit, newest first, a page at a time, along an index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from welfare.core import clock
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission, Viewer

PAGE = 50
SLACK = timedelta(minutes=15)
"""Rows are numbered at the commit, a moment after what they tell of; never this much later."""


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """What of the audit is asked for. ``actor_id`` 0 with ``actor``: the public or the program.

    ``before``: rows older than this one (its number).
    """

    actor_id: int | None = None
    actor: str = ""
    action: str = ""
    object_ref: str = ""
    day: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry as plain values; ``changes`` as recorded: personal values are keyed hashes."""

    seq: int
    at: datetime
    actor_id: int
    actor: str
    action: str
    object_type: str
    object_ref: str
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of entries; ``older`` is what to ask for next, if there is more."""

    rows: tuple[AuditRow, ...]
    older: int | None


def audit_page(question: AuditQuestion, *, viewer: Viewer) -> AuditPage:
    """The newest entries that answer the question. ``Forbidden`` without the right to the audit."""
    if not viewer.can(Permission.VIEW_AUDIT):
        raise Forbidden
    entry = AuditEntry
    rows = db.session.execute(
        select(
            entry.seq, entry.at, entry.actor_id, entry.actor, entry.action, entry.object_type,
            entry.object_ref, entry.changes,
        )
        .where(*_conditions(question))
        .order_by(entry.seq.desc())
        .limit(PAGE + 1)
    ).all()  # fmt: skip
    shown = tuple(AuditRow(*row[:-1], changes=json.loads(row.changes)) for row in rows[:PAGE])
    return AuditPage(shown, shown[-1].seq if len(rows) > PAGE else None)


def _conditions(question: AuditQuestion) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if question.actor_id is not None:
        found.append(AuditEntry.actor_id == question.actor_id)
        if question.actor_id == 0:
            found.append(AuditEntry.actor == question.actor)
    if question.action:
        found.append(AuditEntry.action == question.action)
    if question.object_ref:
        found.append(AuditEntry.object_ref == question.object_ref)
    if question.before is not None:
        found.append(AuditEntry.seq < question.before)
    if question.day is not None:
        found += _on(question.day)
    return found


def _on(day: date) -> list[ColumnElement[bool]]:
    """The entries of a day in Thailand; the bounds on ``seq`` keep the database on its key."""
    begin = datetime.combine(day, time(), clock.BANGKOK).astimezone(UTC)
    end = begin + timedelta(days=1)
    first = _first_since(begin - SLACK)
    beyond = _first_since(end + SLACK)
    bounds = [AuditEntry.at >= begin, AuditEntry.at < end]
    bounds.append(AuditEntry.seq >= (first if first is not None else 0))
    if beyond is not None:
        bounds.append(AuditEntry.seq < beyond)
    return bounds


def _first_since(moment: datetime) -> int | None:
    return db.session.scalar(
        select(AuditEntry.seq).where(AuditEntry.at >= moment).order_by(AuditEntry.at).limit(1)
    )


def known_actions() -> list[str]:
    """Every kind of entry there is, by hopping along the index from one to the next."""
    table = AuditEntry.__table__
    first = select(func.min(table.c.action).label("action")).cte("kinds", recursive=True)
    following = (
        select(func.min(table.c.action))
        .where(table.c.action > first.c.action)
        .correlate(first)
        .scalar_subquery()
    )
    kinds = first.union_all(select(following).where(first.c.action.is_not(None)))
    return list(db.session.scalars(select(kinds.c.action).where(kinds.c.action.is_not(None))))
