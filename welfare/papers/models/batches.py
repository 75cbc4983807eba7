"""Many papers of one kind, made one after the other in the background."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.papers.kinds import BatchStatus, ItemStatus, PackageForm, PackageStatus

_OPEN = text("status IN ('waiting', 'working')")


class PaperBatch(Versioned, Base):
    """A deed: this kind of paper to all of these."""

    __tablename__ = "paper_batches"
    __table_args__ = (Index("ix_paper_batches_status", "status", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    status: Mapped[BatchStatus] = mapped_column(str_enum(BatchStatus), default=BatchStatus.WAITING)
    words: Mapped[str | None] = mapped_column(
        EncryptedText("paper_batches.words"), info=personal("narrative")
    )
    """JSON of what all its papers have in common."""
    base_url: Mapped[str] = mapped_column(String(200), default="")
    """Where whoever began it reached the program: its papers lead there, unless another is set."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PaperBatchItem(Base):
    """One of them; ``failure`` is a code or a refusal in words."""

    __tablename__ = "paper_batch_items"
    __table_args__ = (
        UniqueConstraint("batch_id", "place"),
        Index("ix_paper_batch_items_status", "batch_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("paper_batches.id"))
    place: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    status: Mapped[ItemStatus] = mapped_column(str_enum(ItemStatus), default=ItemStatus.WAITING)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id"))
    failure: Mapped[str] = mapped_column(String(300), default="", info=personal("narrative"))


class PaperPackage(Base):
    """All papers of a batch in one file, made in the background, kept for some days. Of one form
    of one batch there is one at a time that is still to come."""

    __tablename__ = "paper_packages"
    __table_args__ = (
        Index("ix_paper_packages_batch", "batch_id", "id"),
        Index("ix_paper_packages_status", "status", "id"),
        Index(
            "uq_paper_packages_open",
            "batch_id",
            "form",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("paper_batches.id"))
    form: Mapped[PackageForm] = mapped_column(str_enum(PackageForm))
    status: Mapped[PackageStatus] = mapped_column(
        str_enum(PackageStatus), default=PackageStatus.WAITING
    )
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    papers: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    """Sealed, for whoever began the batch alone."""
