"""What an administrator sets: texts, seal and emblem, the certificate that signs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from welfare.core.db import Base, UTCDateTime, personal, str_enum
from welfare.core.security.crypto import EncryptedText
from welfare.papers.kinds import AssetKind, KeySource


class PaperText(Base):
    """A version of the text of a kind of paper; the last one is in force. Never changed.

    ``body`` is empty in a version by which ours was taken again.
    """

    __tablename__ = "paper_texts"
    __table_args__ = (UniqueConstraint("kind", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    edition: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PaperAsset(Base):
    """A picture that stands in the place of ours; the last of its kind holds, none: ours again."""

    __tablename__ = "paper_assets"
    __table_args__ = (Index("ix_paper_assets_kind", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AssetKind] = mapped_column(str_enum(AssetKind))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SigningKey(Base):
    """A certificate of the municipality and its key; the last one signs, all go on to verify."""

    __tablename__ = "signing_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[KeySource] = mapped_column(str_enum(KeySource))
    subject: Mapped[str] = mapped_column(String(300))
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    certificate: Mapped[str] = mapped_column(Text)
    """PEM; of an uploaded one with the certificates above it."""
    private_key: Mapped[str] = mapped_column(
        EncryptedText("signing_keys.private_key"), info=personal("staff", retention="forever")
    )
    """PEM (PKCS #8), under the data key; nowhere else."""
    valid_from: Mapped[datetime] = mapped_column(UTCDateTime)
    valid_until: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
