"""Whether the books are in order: nothing lost, nothing twice, nothing half, no gap."""

import json
from collections import Counter
from collections.abc import Collection

from flask import Flask
from sqlalchemy import func, select, text

from welfare.core.audit import verify
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.numbers import RunningNumber
from welfare.core.outbox import OutboxEvent
from welfare.core.security.models import OneTimeKey
from welfare.core.thai.references import COMPLAINT, format_reference
from welfare.intake.models import Complaint, ComplaintEvent, Reporter
from welfare.papers.models import Paper


def faults(app: Flask, acknowledged: Collection[str]) -> list[str]:
    """What is wrong after these were acknowledged, each by its own words."""
    with app.app_context():
        found = [*_lost_or_doubled(acknowledged), *_halves(), *_gaps(), *_damage()]
        db.session.rollback()
    return found


def _lost_or_doubled(acknowledged: Collection[str]) -> list[str]:
    kept = Counter(db.session.scalars(select(Complaint.description)))
    lost = [f"lost: {words}" for words in acknowledged if not kept[words]]
    doubled = [f"{count} times: {words}" for words, count in kept.items() if count > 1]
    return lost + doubled


def _halves() -> list[str]:
    """Every filing is whole: complaint, reporter, event, audit row, outbox row, key,
    receipt."""
    references = set(db.session.scalars(select(Complaint.reference)))
    audited = list(
        db.session.scalars(
            select(AuditEntry.object_ref).where(AuditEntry.action == "complaint.filed")
        )
    )
    told = [
        json.loads(payload)["reference"]
        for payload in db.session.scalars(
            select(OutboxEvent.payload).where(OutboxEvent.name == "complaint.filed")
        )
    ]
    found = []
    for name, others in (("audit", audited), ("outbox", told)):
        if sorted(others) != sorted(references):
            found.append(f"{name}: {len(others)} rows for {len(references)} complaints")
    for table in (Reporter, ComplaintEvent, OneTimeKey, Paper):
        count = db.session.scalar(select(func.count()).select_from(table))
        if count != len(references):
            found.append(f"{table.__tablename__}: {count} rows for {len(references)} complaints")
    return found


def _gaps() -> list[str]:
    references = set(db.session.scalars(select(Complaint.reference)))
    found = []
    for row in db.session.scalars(select(RunningNumber).where(RunningNumber.kind == "complaint")):
        expected = {
            format_reference(COMPLAINT, fiscal_year=row.fiscal_year, running=number)
            for number in range(1, row.last + 1)
        }
        if expected != references:
            found.append(f"numbers: {sorted(expected ^ references)}")
    return found


def _damage() -> list[str]:
    found = []
    if db.engine.dialect.name == "sqlite":
        said = db.session.scalar(text("PRAGMA integrity_check"))
        if said != "ok":
            found.append(f"integrity: {said}")
    chain = verify()
    if not chain.sound:
        found.append(f"audit: {chain.reason} at {chain.broken_at}")
    return found
