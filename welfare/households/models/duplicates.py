"""Pairs of records that may be one, and what somebody decided about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.households.kinds import FoundBy, PairKind, PairStatus
from welfare.households.models.changes import tracked


@tracked
class DuplicatePair(Versioned, Base):
    """Two people, or two houses, that may be one; the smaller id first, each pair once.

    What was decided is kept, so that nobody is asked twice.
    """

    __tablename__ = "duplicate_pairs"
    __table_args__ = (
        CheckConstraint("a_id < b_id", name="order"),
        Index("uq_duplicate_pairs_records", "kind", "a_id", "b_id", unique=True),
        Index("ix_duplicate_pairs_b", "kind", "b_id"),
        Index("ix_duplicate_pairs_queue", "kind", "status", "weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PairKind] = mapped_column(str_enum(PairKind))
    a_id: Mapped[int]
    b_id: Mapped[int]
    """No foreign keys: two tables are meant. Records are merged, never deleted."""
    status: Mapped[PairStatus] = mapped_column(str_enum(PairStatus), default=PairStatus.OPEN)
    score: Mapped[float]
    """0 to 1, as ``likeness`` gave it when last compared."""
    weight: Mapped[float]
    """The same in bits, to put the best first."""
    reasons: Mapped[str] = mapped_column(String(400), default="")
    """Codes of ``likeness.Sign``, a comma between them."""
    against: Mapped[str] = mapped_column(String(400), default="")
    found_by: Mapped[FoundBy] = mapped_column(str_enum(FoundBy), default=FoundBy.CHECK)
    found_at: Mapped[datetime] = mapped_column(UTCDateTime)
    compared_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None]
    """As in the audit: 0 is the program itself."""
    note: Mapped[str] = mapped_column(
        String(300), default="", info=personal("narrative", retention="registry")
    )
    change_number: Mapped[str | None] = mapped_column(String(20))
    """The change set of the merge."""
