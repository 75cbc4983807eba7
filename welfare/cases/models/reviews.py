"""Closings that a manager looks at first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import Outcome
from welfare.core.db import Base, UTCDateTime, personal, str_enum

__all__ = ["ClosingReview"]

_WAITING = text("decided_at IS NULL")


class ClosingReview(Base):
    """A worker asks to close with this outcome; a manager approves or sends it back.

    One at a time waits for a case; those decided stay as they were.
    """

    __tablename__ = "closing_reviews"
    __table_args__ = (
        Index("ix_closing_reviews_case", "case_id", "id"),
        Index(
            "uq_closing_reviews_waiting",
            "case_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    outcome: Mapped[Outcome] = mapped_column(str_enum(Outcome))
    outcome_note: Mapped[str] = mapped_column(Text, info=personal("narrative"))
    left_open: Mapped[list[str]] = mapped_column(JSON, default=list)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved: Mapped[bool | None]
    """``None`` while it waits, or where it fell away (the case was closed or given away)."""
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
