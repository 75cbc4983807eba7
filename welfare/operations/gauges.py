"""What `/metrics` tells: the state of the office and of the machinery, read from the database.

Every process answers the same, so that it does not matter which of them is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ScalarSelect, func, select

from welfare.cases.models import Case, RuleHealth
from welfare.core import clock
from welfare.core.db import db
from welfare.core.outbox import OutboxEvent
from welfare.intake.models import Complaint
from welfare.intake.workflow import ComplaintStatus
from welfare.messages.models import Message, MessageStatus


@dataclass(frozen=True, slots=True)
class Gauge:
    """One number with its name and what it means; seconds where the name says so."""

    name: str
    about: str
    value: float


def gauges(data_path: Path) -> Iterator[Gauge]:
    """All numbers, in one statement and a look at the worker's file."""
    from welfare.worker import HEARTBEAT  # brings the queue, which pages do not need

    columns = {name: number.label(name) for name, (_about, number) in _counted().items()}
    oldest = select(func.min(OutboxEvent.at)).where(OutboxEvent.done_at.is_(None))
    row = db.session.execute(
        select(*columns.values(), oldest.scalar_subquery().label("oldest"))
    ).one()
    for name, (about, _number) in _counted().items():
        yield Gauge(f"welfare_{name}", about, getattr(row, name))
    waited = (clock.now() - row.oldest).total_seconds() if row.oldest else 0
    yield Gauge("welfare_outbox_oldest_seconds", "Age of the oldest event that waits.", waited)
    seen = _seconds_since(data_path / HEARTBEAT)
    if seen is not None:
        about = "Seconds since the background worker last ran; absent if it never did."
        yield Gauge("welfare_worker_seen_seconds", about, seen)


def _counted() -> dict[str, tuple[str, ScalarSelect[int]]]:
    is_open = Case.closed_at.is_(None)
    late = (is_open, Case.paused_at.is_(None), Case.due_at <= clock.now())
    waits = OutboxEvent.done_at.is_(None)
    return {
        "cases_open": ("Cases that are open.", _count(Case.id, is_open)),
        "cases_overdue": ("Open cases past their deadline.", _count(Case.id, *late)),
        "cases_unhappy": (
            "Closed cases of which a citizen says that it did not help.",
            _count(Case.id, Case.unhappy_at.is_not(None)),
        ),
        "complaints_unread": (
            "Requests that nobody has decided on yet.",
            _count(Complaint.id, Complaint.status == ComplaintStatus.SUBMITTED),
        ),
        "outbox_waiting": ("Events that wait to be told.", _count(OutboxEvent.id, waits)),
        "outbox_failed": (
            "Waiting events that failed at least once.",
            _count(OutboxEvent.id, waits, OutboxEvent.attempts > 0),
        ),
        "rules_red": (
            "Rules that cannot run, as the worker last saw them.",
            _count(RuleHealth.rule_key),
        ),
        "mails_failed": (
            "E-mails that could not be sent.",
            _count(Message.id, Message.status == MessageStatus.FAILED),
        ),
    }


def _count(column: object, *conditions: object) -> ScalarSelect[int]:
    counted = select(func.count(column)).where(*conditions)  # type: ignore[arg-type]
    return counted.scalar_subquery()


def _seconds_since(path: Path) -> float | None:
    try:
        touched = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
    return max(0.0, (datetime.now(UTC) - touched).total_seconds())


def exposition(found: Iterator[Gauge]) -> str:
    """The numbers in Prometheus' text format, version 0.0.4."""
    lines = []
    for gauge in found:
        lines += [
            f"# HELP {gauge.name} {gauge.about}",
            f"# TYPE {gauge.name} gauge",
            f"{gauge.name} {gauge.value:g}",
        ]
    return "\n".join(lines) + "\n"
