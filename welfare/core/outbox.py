"""The outbox: what others must hear of is written in the transaction that made it true."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core import clock
from welfare.core.db import Base, UTCDateTime, db


class OutboxEvent(Base):
    """Something that happened. ``payload`` holds references, never personal data."""

    __tablename__ = "outbox_events"
    __table_args__ = (Index("ix_outbox_events_waiting", "done_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    name: Mapped[str] = mapped_column(String(60))
    payload: Mapped[str] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(200))


def publish(name: str, payload: Mapping[str, Any]) -> None:
    """Append an event (``complaint.filed``) with the public references it is about."""
    db.session.add(
        OutboxEvent(at=clock.now(), name=name, payload=json.dumps(dict(payload), sort_keys=True))
    )
