"""Tables of complaints."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus, Relationship

_UNDECIDED = text("decided_at IS NULL")


def _waiting_index(name: str, *columns: str) -> Index:
    """An index of the undecided complaints alone, the most pressing first."""
    return Index(
        f"ix_complaints_waiting_{name}",
        *columns,
        "urgency",
        "due_at",
        "id",
        sqlite_where=_UNDECIDED,
        postgresql_where=_UNDECIDED,
    )


class Complaint(Versioned, Base):
    """What somebody said to the office. Its words are never edited, only annotated.

    ``secret_hash`` is keyed; the secret itself is shown once. ``case_id`` is the case it was
    accepted into. ``paused_at`` is set while the filer is asked for more.
    """

    __tablename__ = "complaints"
    __table_args__ = (
        Index("ix_complaints_status", "status", "id"),
        Index("ix_complaints_village", "village_no", "id"),
        Index("ix_complaints_category", "category_id", "id"),
        Index("ix_complaints_priority", "priority", "id"),
        Index("ix_complaints_house", "village_no", "house_no", "id"),
        _waiting_index("all"),
        _waiting_index("status", "status"),
        _waiting_index("village", "village_no"),
        _waiting_index("category", "category_id"),
        CheckConstraint("lat IS NULL OR (lat BETWEEN -90 AND 90)", name="lat"),
        CheckConstraint("lng IS NULL OR (lng BETWEEN -180 AND 180)", name="lng"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    kind: Mapped[ComplaintKind] = mapped_column(str_enum(ComplaintKind))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    description: Mapped[str] = mapped_column(Text, info=personal("narrative"))
    subject_name: Mapped[str] = mapped_column(String(200), default="", info=personal("identity"))
    subject_phone: Mapped[str | None] = mapped_column(
        EncryptedText("complaints.subject_phone"), info=personal("contact")
    )
    subject_phone_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), index=True, info=personal("contact")
    )
    house_no: Mapped[str] = mapped_column(String(60), default="", info=personal("address"))
    village_no: Mapped[int | None] = mapped_column(ForeignKey("villages.village_no"))
    landmark: Mapped[str] = mapped_column(String(300), default="", info=personal("address"))
    lat: Mapped[float | None] = mapped_column(info=personal("address"))
    lng: Mapped[float | None] = mapped_column(info=personal("address"))
    anonymous: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[bool] = mapped_column(default=False)
    """The filer agrees to be contacted and that the facts are checked with other agencies."""
    channel: Mapped[Channel] = mapped_column(str_enum(Channel), default=Channel.WEB)
    language: Mapped[str] = mapped_column(String(2), default="th")
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    """The member of staff or volunteer who filed it for somebody."""
    filed_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    status: Mapped[ComplaintStatus] = mapped_column(
        str_enum(ComplaintStatus), default=ComplaintStatus.SUBMITTED
    )
    priority: Mapped[Priority] = mapped_column(str_enum(Priority), default=Priority.NORMAL)
    urgency: Mapped[int] = mapped_column(
        SmallInteger,
        Computed(
            "CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END",
            persisted=True,
        ),
    )
    """The priority as a number by which the queue is sorted: 0 is the most urgent."""
    sensitivity: Mapped[Sensitivity] = mapped_column(
        str_enum(Sensitivity), default=Sensitivity.NORMAL
    )
    acknowledge_by: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision_text: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    """The reason or the agency, in words that the citizen reads."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    search_text: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))


class Reporter(Base):
    """Who filed a complaint; apart from it. An anonymous complaint has no row here at all."""

    __tablename__ = "reporters"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    name: Mapped[str | None] = mapped_column(
        EncryptedText("reporters.name"), info=personal("identity")
    )
    phone: Mapped[str | None] = mapped_column(
        EncryptedText("reporters.phone"), info=personal("contact")
    )
    phone_index: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), index=True, info=personal("contact")
    )
    email: Mapped[str | None] = mapped_column(
        EncryptedText("reporters.email"), info=personal("contact")
    )
    relationship: Mapped[Relationship] = mapped_column(
        str_enum(Relationship), default=Relationship.SELF
    )


class ComplaintEventKind(StrEnum):
    """What a line of a complaint's history tells."""

    FILED = "filed"
    ASKED = "asked"
    ANSWERED = "answered"
    ADDED = "added"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    NOTE = "note"
    LINKED = "linked"
    FEEDBACK = "feedback"


class ComplaintEvent(Base):
    """A line of a complaint's history: appended, never changed. ``public``: its filer reads it."""

    __tablename__ = "complaint_events"
    __table_args__ = (Index("ix_complaint_events_complaint", "complaint_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[ComplaintEventKind] = mapped_column(str_enum(ComplaintEventKind))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    public: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="", info=personal("narrative"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ComplaintPhoto(Base):
    """A picture handed in with a complaint; never shown to the public again."""

    __tablename__ = "complaint_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
