"""Further telephone numbers of people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, Versioned, personal
from welfare.core.security.crypto import EncryptedText
from welfare.households.models.changes import tracked


@tracked
class PersonPhone(Versioned, Base):
    """A telephone number besides the main one, ``Person.phone``; two records of one person often
    bring one each."""

    __tablename__ = "person_phones"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    phone: Mapped[str] = mapped_column(
        EncryptedText("person_phones.phone"), info=personal("contact", retention="registry")
    )
    phone_index: Mapped[bytes] = mapped_column(
        LargeBinary(16), index=True, info=personal("contact", retention="registry")
    )
    note: Mapped[str] = mapped_column(
        String(200), default="", info=personal("narrative", retention="registry")
    )
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
