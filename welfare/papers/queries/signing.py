"""The certificates of the municipality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.signing import Identity, identity_from_pem
from welfare.papers.kinds import KeySource
from welfare.papers.models import SigningKey


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A certificate as the administrator sees it."""

    id: int
    source: KeySource
    subject: str
    fingerprint: bytes
    certificate: str
    valid_from: datetime
    valid_until: datetime
    made_at: datetime


_COLUMNS = (
    SigningKey.id, SigningKey.source, SigningKey.subject, SigningKey.fingerprint,
    SigningKey.certificate, SigningKey.valid_from, SigningKey.valid_until, SigningKey.made_at,
)  # fmt: skip


def identities() -> list[IdentityRow]:
    """All, the one that signs first."""
    rows = db.session.execute(select(*_COLUMNS).order_by(SigningKey.id.desc()))
    return [IdentityRow(*row) for row in rows]


def identity_now() -> tuple[int, Identity] | None:
    """What signs now, with the id of its row; ``None`` before the first was made."""
    row = db.session.execute(
        select(SigningKey.id, SigningKey.certificate, SigningKey.private_key)
        .order_by(SigningKey.id.desc())
        .limit(1)
    ).first()
    return (row.id, _opened(row.certificate, row.private_key)) if row else None


def key_now() -> int | None:
    """The id of the row of what signs now."""
    return db.session.scalar(select(SigningKey.id).order_by(SigningKey.id.desc()).limit(1))


@lru_cache(maxsize=4)
def _opened(certificate: str, key: str) -> Identity:
    return identity_from_pem(certificate, key)
