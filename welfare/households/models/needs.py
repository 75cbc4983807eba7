"""Problems and strengths of a household, and pictures of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.households.kinds import Dimension, FactSource, NeedKind
from welfare.households.models.changes import tracked


@tracked
class HouseholdNeed(Versioned, Base):
    """A problem or a strength, since when and until when."""

    __tablename__ = "household_needs"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    kind: Mapped[NeedKind] = mapped_column(str_enum(NeedKind))
    dimension: Mapped[Dimension] = mapped_column(str_enum(Dimension))
    text: Mapped[str] = mapped_column(
        EncryptedText("household_needs.text"), info=personal("narrative", retention="registry")
    )
    """Encrypted: those of the dimension of health speak of somebody's health."""
    from_day: Mapped[date | None] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)
    source: Mapped[FactSource] = mapped_column(str_enum(FactSource))
    source_note: Mapped[str] = mapped_column(
        String(200), default="", info=personal("narrative", retention="registry")
    )
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(
        String(200), default="", info=personal("narrative", retention="registry")
    )


@tracked
class HouseholdPhoto(Base):
    """A picture of a house; the file is shown by right only."""

    __tablename__ = "household_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    caption: Mapped[str] = mapped_column(
        String(200), default="", info=personal("narrative", retention="registry")
    )
    taken_on: Mapped[date | None] = mapped_column(Date)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by_id: Mapped[int | None]
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
