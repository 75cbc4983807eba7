"""How long papers are kept, and the lists by which those whose time is over are destroyed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.papers.kinds import Archives, Fate, Keep, ListStatus

_OPEN = text("fate = 'waiting'")


class PaperKeeping(Base):
    """From a day on, papers of a kind are kept so long. Appended, never changed; of several that
    have begun the one that began last holds, of the same day the last one written."""

    __tablename__ = "paper_keepings"
    __table_args__ = (
        Index("ix_paper_keepings_kind", "kind", "since", "id"),
        CheckConstraint("basis <> ''", name="basis"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    since: Mapped[date] = mapped_column(Date)
    keep: Mapped[Keep] = mapped_column(str_enum(Keep))
    basis: Mapped[str] = mapped_column(String(300))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class DestructionList(Versioned, Base):
    """บัญชีหนังสือขอทำลาย: papers whose time is over, what the committee says of each, who approved,
    and what the National Archives said (Regulation on Records 2526, items 66 to 70)."""

    __tablename__ = "destruction_lists"
    __table_args__ = (
        CheckConstraint(
            "status IN ('drawn', 'dropped') OR (approved_by_id IS NOT NULL AND order_no <> '')",
            name="approved",
        ),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> made_by_id", name="two"),
        CheckConstraint("status <> 'destroyed' OR destroyed_at IS NOT NULL", name="destroyed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[ListStatus] = mapped_column(str_enum(ListStatus), default=ListStatus.DRAWN)
    year: Mapped[int]
    """The calendar year, พ.ศ., at whose end the time of its papers was over."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    committee: Mapped[str | None] = mapped_column(
        EncryptedText("destruction_lists.committee"), info=personal("staff", retention="forever")
    )
    """Chair and members, one a line."""
    order_no: Mapped[str] = mapped_column(String(60), default="")
    """The order that approves it, as it stands on that."""
    archives: Mapped[Archives | None] = mapped_column(str_enum(Archives))
    archives_on: Mapped[date | None] = mapped_column(Date)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    drop_reason: Mapped[str] = mapped_column(Text, default="")
    destroyed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    destroyed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DestructionItem(Base):
    """One paper of a list, and what becomes of it. No paper waits on two lists."""

    __tablename__ = "destruction_items"
    __table_args__ = (
        UniqueConstraint("list_id", "place"),
        Index(
            "uq_destruction_items_waiting",
            "paper_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        CheckConstraint("fate <> 'kept' OR keep_until IS NOT NULL", name="kept"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("destruction_lists.id"))
    place: Mapped[int]
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), index=True)
    fate: Mapped[Fate] = mapped_column(str_enum(Fate), default=Fate.WAITING)
    keep_until: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(300), default="")
