"""Long lists on paper, drawn in the background and kept for a few days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, str_enum
from welfare.reports.kinds import ListKind, ListStatus


class DrawnList(Versioned, Base):
    """What somebody asked to have drawn, and what came of it. The file is sealed, and for its
    maker alone."""

    __tablename__ = "drawn_lists"
    __table_args__ = (
        Index("ix_drawn_lists_status", "status", "id"),
        Index("ix_drawn_lists_maker", "made_by_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[ListKind] = mapped_column(str_enum(ListKind))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The filters, as they were chosen: codes, days and numbers of ours, nothing of a person."""
    status: Mapped[ListStatus] = mapped_column(str_enum(ListStatus), default=ListStatus.WAITING)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rows: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    paper: Mapped[str] = mapped_column(String(20), default="")
    """The public id of the paper that it became, where it was issued; then it has no file here."""
    failure: Mapped[str] = mapped_column(String(20), default="")
    """Why there is none: ``rights``, ``large`` or ``error``."""
