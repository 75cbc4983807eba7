"""One-time keys: a form that is sent twice does its work once.

The key is written in the same transaction as what it made. A second sending finds it, or waits
for the first to commit and then finds it, and is given the first one's result.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.models import OneTimeKey


def new_key() -> str:
    """A key for a form that is about to be shown (128 bits)."""
    return secrets.token_urlsafe(16)


def _hash(key: str, purpose: str) -> bytes:
    return keyed_hash(f"{purpose}\0{key}", purpose="one-time")


def _earlier(key: str, purpose: str) -> OneTimeKey | None:
    return db.session.scalar(select(OneTimeKey).where(OneTimeKey.key_hash == _hash(key, purpose)))


def result_of(key: str, *, purpose: str) -> str | None:
    """What the form with this key led to, if it was sent and kept no longer than a day ago."""
    row = _earlier(key, purpose)
    return row.result if row is not None else None


def once(key: str, *, purpose: str, content: str, act: Callable[[], str]) -> str:
    """Do ``act`` once for this key, commit, and return its result; on a retry, the first result.

    ``content`` is what the form says: the same key with another content is ``Refused``, and so
    is an empty or malformed key.
    """
    if not 16 <= len(key) <= 64:
        raise Refused(_("This form is incomplete. Please open it again and send it once more."))
    fingerprint = hashlib.sha256(content.encode()).digest()
    row = _earlier(key, purpose)
    if row is not None:
        return _answer(row, fingerprint)
    row = OneTimeKey(
        key_hash=_hash(key, purpose),
        purpose=purpose,
        fingerprint=fingerprint,
        created_at=clock.now(),
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        row = _earlier(key, purpose)
        if row is None:
            raise
        return _answer(row, fingerprint)
    row.result = act()
    result = row.result
    db.session.commit()
    return result


def _answer(row: OneTimeKey, fingerprint: bytes) -> str:
    if row.fingerprint != fingerprint or row.result is None:
        raise Refused(_("This form was already sent with other content. Please open a new form."))
    return row.result


def purge(older_than: timedelta = timedelta(days=2)) -> int:
    """Remove keys that no retry can come back for; returns how many."""
    result = db.session.execute(
        delete(OneTimeKey).where(OneTimeKey.created_at < clock.now() - older_than)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
