"""One-time keys: a form that is sent twice does its work once.

The key is written in the same transaction as what it made. A second sending finds it, or waits
for the first to commit and then finds it, and is given the first one's result.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.models import OneTimeKey

_NOTHING_LOADED = {"synchronize_session": False}


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
    key_hash = _hash(key, purpose)
    if not _take(key_hash, purpose, fingerprint):
        return _answer(_earlier(key, purpose), fingerprint)
    result = act()
    mine = OneTimeKey.key_hash == key_hash
    db.session.execute(
        update(OneTimeKey).where(mine).values(result=result), execution_options=_NOTHING_LOADED
    )
    db.session.commit()
    return result


def _take(key_hash: bytes, purpose: str, fingerprint: bytes) -> bool:
    """Write the key; False if it is there. Waits for another who is just writing it."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(OneTimeKey).values(
        key_hash=key_hash, purpose=purpose, fingerprint=fingerprint, created_at=clock.now()
    )
    taken = db.session.scalar(
        statement.on_conflict_do_nothing().returning(OneTimeKey.key_hash),
        execution_options=_NOTHING_LOADED,
    )
    return taken is not None


def _answer(row: OneTimeKey | None, fingerprint: bytes) -> str:
    if row is None or row.fingerprint != fingerprint or row.result is None:
        raise Refused(_("This form was already sent with other content. Please open a new form."))
    return row.result


def purge(older_than: timedelta = timedelta(days=2)) -> int:
    """Remove keys that no retry can come back for; returns how many."""
    result = db.session.execute(
        delete(OneTimeKey).where(OneTimeKey.created_at < clock.now() - older_than)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
