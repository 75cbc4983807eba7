"""The table of stored files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime


class StoredFile(Base):
    """One file in the data directory. ``public_id`` is random; ``claimed`` once it belongs to a
    record (an unclaimed upload of an unfinished form is removed after a day)."""

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    thumbnail_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    claimed: Mapped[bool] = mapped_column(default=False, index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
