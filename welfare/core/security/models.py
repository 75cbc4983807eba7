"""Tables of the safety net: attempts, one-time keys, held forms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, personal
from welfare.core.security.crypto import EncryptedText


class AttemptWindow(Base):
    """How often something was tried in one window of time (sign-in, tracking, filing)."""

    __tablename__ = "attempt_windows"

    bucket: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_hash: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(UTCDateTime, primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)


class OneTimeKey(Base):
    """The key of one form as it was handed out; written with the record that it made.

    ``result`` says where the answer is, for the retry of the same form.
    """

    __tablename__ = "one_time_keys"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(60))
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    result: Mapped[str | None] = mapped_column(
        EncryptedText("one_time_keys.result"), info=personal("identity", retention="1d")
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class HeldForm(Base):
    """What somebody typed when their session had ended: kept until they have signed in again."""

    __tablename__ = "held_forms"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    body: Mapped[str] = mapped_column(
        EncryptedText("held_forms.body"), info=personal("narrative", retention="1d")
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
