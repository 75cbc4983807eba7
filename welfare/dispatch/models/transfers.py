"""A case that passes from one worker to another: asked and answered, or handed over with others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.dispatch.workflow import TransferStatus


class Handover(Versioned, Base):
    """Cases of one worker that were handed over in one step; may be undone once."""

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Transfer(Versioned, Base):
    """One case on its way to another worker. Until it is agreed the old worker has the case.

    ``assignment_id`` is the assignment it stood by when it was asked: when another has taken its
    place, there is nothing left to agree to. ``given_id`` is the one that came of it.
    """

    __tablename__ = "case_transfers"
    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="two_workers"),
        Index("ix_case_transfers_case", "case_id", "id"),
        Index("ix_case_transfers_to", "to_id", "status"),
        Index(
            "uq_case_transfers_asked",
            "case_id",
            unique=True,
            sqlite_where=text("status = 'asked'"),
            postgresql_where=text("status = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    status: Mapped[TransferStatus] = mapped_column(str_enum(TransferStatus))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"))
    given_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"))
    tasks: Mapped[bool] = mapped_column(default=True)
    """Open tasks go along."""
    handover_id: Mapped[int | None] = mapped_column(ForeignKey("handovers.id"), index=True)
