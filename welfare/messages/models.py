"""The table of messages."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, personal, str_enum
from welfare.core.security.crypto import EncryptedText


class MessageStatus(StrEnum):
    """Life of a message."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    NO_ADDRESS = "no_address"


class Message(Base):
    """One message to one citizen (``address``) or one member of staff (``user_id``).

    The text names a reference and says where to read on; never a trouble, a programme or a name.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_user", "user_id", "read_at", "id"),
        Index("ix_messages_status", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("outbox_events.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[str] = mapped_column(String(12))
    """``email`` or ``desk``."""
    address: Mapped[str | None] = mapped_column(
        EncryptedText("messages.address"), info=personal("contact", retention="90d")
    )
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[MessageStatus] = mapped_column(str_enum(MessageStatus))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    put_away_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str] = mapped_column(String(200), default="")
