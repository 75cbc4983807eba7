"""A paper from its draft on, and the books of numbers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, SearchText, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.papers.kinds import PaperStatus, Secrecy

_HOLDS = text("status = 'issued' AND source <> ''")
_UNDRAWN = text("file_id IS NULL AND status <> 'draft'")


class Paper(Versioned, Base):
    """One paper. Once issued its words and its file never change; it can be taken back.

    It is about one thing at most: a case, a request, a household, a person or a meeting.
    """

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("series", "fiscal_year", "running"),
        Index("ix_papers_case", "case_id", "id"),
        Index("ix_papers_complaint", "complaint_id"),
        Index("ix_papers_household", "household_id"),
        Index("ix_papers_person", "person_id"),
        Index("ix_papers_meeting", "meeting_id"),
        Index("ix_papers_issued", "issued_at", "id"),
        Index("ix_papers_replaced", "replaced_by_id"),
        Index(
            "uq_papers_source",
            "kind",
            "source",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        Index("ix_papers_undrawn", "kind", "id", sqlite_where=_UNDRAWN, postgresql_where=_UNDRAWN),
        CheckConstraint("status = 'draft' OR issued_at IS NOT NULL", name="issued"),
        CheckConstraint(
            "(series IS NULL) = (running IS NULL) AND (running IS NULL) = (fiscal_year IS NULL)",
            name="numbered",
        ),
        CheckConstraint("status <> 'withdrawn' OR withdraw_reason <> ''", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    """What stands in addresses at the desk; random."""
    kind: Mapped[str] = mapped_column(String(30))
    status: Mapped[PaperStatus] = mapped_column(str_enum(PaperStatus), default=PaperStatus.DRAFT)
    secrecy: Mapped[Secrecy] = mapped_column(str_enum(Secrecy), default=Secrecy.NORMAL)
    language: Mapped[str] = mapped_column(String(2), default="th")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("committee_meetings.id"))
    source: Mapped[str] = mapped_column(String(40), default="")
    """What it came from in its own domain, such as the number of a referral."""
    title: Mapped[str] = mapped_column(String(200), info=personal("narrative"))
    recipient: Mapped[str] = mapped_column(String(200), default="", info=personal("identity"))
    search: Mapped[str] = mapped_column(SearchText, default="", info=personal("identity"))
    words: Mapped[str | None] = mapped_column(
        EncryptedText("papers.words"), info=personal("narrative")
    )
    """JSON of all that stands in it, as plain values."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    series: Mapped[str | None] = mapped_column(String(20))
    fiscal_year: Mapped[int | None]
    running: Mapped[int | None]
    number: Mapped[str] = mapped_column(String(60), default="")
    """As it stands on the paper."""
    dated: Mapped[date | None] = mapped_column(Date)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    verify_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    """The bytes as issued, sealed under the data key."""
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    """Of the bytes before they were sealed: of the very file that is handed out."""
    size: Mapped[int | None]
    pages: Mapped[int | None]
    key_id: Mapped[int | None] = mapped_column(ForeignKey("signing_keys.id"))
    text_id: Mapped[int | None] = mapped_column(ForeignKey("paper_texts.id"))
    """The version of the text that it began with, where it was not ours."""
    prints: Mapped[int] = mapped_column(default=0)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdraw_reason: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id"))


class PaperSeries(Versioned, Base):
    """A book of running numbers and what stands before them; no row: as the municipality says."""

    __tablename__ = "paper_series"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    prefix: Mapped[str] = mapped_column(String(30), default="")


class PaperGap(Base):
    """Numbers that no paper of this program carries, and why. Appended, never changed."""

    __tablename__ = "paper_gaps"
    __table_args__ = (
        Index("ix_paper_gaps_book", "series", "fiscal_year", "first"),
        CheckConstraint("first >= 1 AND last >= first", name="range"),
        CheckConstraint("reason <> ''", name="explained"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(String(20))
    fiscal_year: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
