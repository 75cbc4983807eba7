"""A meeting of a fund's committee: who was there, what stood on its agenda."""

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
from welfare.meetings.kinds import ItemState, MeetingStatus, Presence

_OPEN = text("state = 'open'")
_MINUTES = "papers"
"""What minutes say is kept as long as they are; words on a request follow its case."""


class Meeting(Versioned, Base):
    """A meeting (การประชุมครั้งที่ …) of the committee of one fund.

    What it resolved on each request stands with the request: its votes, its grounds, its day.
    """

    __tablename__ = "committee_meetings"
    __table_args__ = (
        UniqueConstraint("fund_id", "fiscal_year", "number"),
        Index("ix_committee_meetings_begins", "begins_at", "id"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("status <> 'called_off' OR called_off_reason <> ''", name="called_off"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    """What stands in addresses: the code of the fund, the year and the number."""
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    fiscal_year: Mapped[int]
    number: Mapped[int]
    status: Mapped[MeetingStatus] = mapped_column(
        str_enum(MeetingStatus), default=MeetingStatus.CALLED
    )
    begins_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    place: Mapped[str] = mapped_column(String(160), default="")
    chair: Mapped[str] = mapped_column(
        String(160), default="", info=personal("staff", retention=_MINUTES)
    )
    secretary: Mapped[str] = mapped_column(
        String(160), default="", info=personal("staff", retention=_MINUTES)
    )
    attending: Mapped[str] = mapped_column(
        Text, default="", info=personal("identity", retention=_MINUTES)
    )
    """Who came besides the members, one a line."""
    announced: Mapped[str] = mapped_column(
        Text, default="", info=personal("narrative", retention=_MINUTES)
    )
    """เรื่องประธานแจ้งให้ที่ประชุมทราบ."""
    earlier_minutes: Mapped[str] = mapped_column(Text, default="")
    """What was resolved on the minutes of the meeting before."""
    other: Mapped[str] = mapped_column(
        Text, default="", info=personal("narrative", retention=_MINUTES)
    )
    """เรื่องอื่น ๆ."""
    called_off_reason: Mapped[str] = mapped_column(String(300), default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    """On what day the committee approved the minutes."""
    approved_note: Mapped[str] = mapped_column(String(300), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MeetingSeat(Base):
    """A member at a meeting; those of the day it was called, or of the day attendance was noted."""

    __tablename__ = "meeting_seats"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meetings.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_members.id"), index=True)
    presence: Mapped[Presence | None] = mapped_column(str_enum(Presence))
    """Not noted yet where empty."""


class MeetingItem(Base):
    """A request on the agenda; on one open agenda at most."""

    __tablename__ = "meeting_items"
    __table_args__ = (
        UniqueConstraint("meeting_id", "request_id"),
        Index(
            "uq_meeting_items_open",
            "request_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meetings.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    place: Mapped[int]
    state: Mapped[ItemState] = mapped_column(str_enum(ItemState), default=ItemState.OPEN)
    words: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """Grounds of the resolution, or why it was put off."""
    failure: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """Why it could not be carried out when that was tried last."""
