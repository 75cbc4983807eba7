"""Throttling in the database, so that it holds over all processes and restarts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Throttled
from welfare.core.security.crypto import blind_index
from welfare.core.security.models import AttemptWindow


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` in each window of ``minutes`` for one subject of one bucket."""

    bucket: str
    tries: int
    minutes: int


SIGN_IN_ACCOUNT = Limit("sign-in:account", 10, 15)
SIGN_IN_ADDRESS = Limit("sign-in:address", 60, 15)
TRACK_REFERENCE = Limit("track:reference", 10, 15)
TRACK_ADDRESS = Limit("track:address", 40, 15)
FILE_ADDRESS = Limit("file:address", 240, 60)
UPLOAD_ADDRESS = Limit("upload:address", 400, 60)


def _window(limit: Limit) -> tuple[datetime, int]:
    now = clock.now()
    length = limit.minutes * 60
    start = int(now.timestamp()) // length * length
    return datetime.fromtimestamp(start, UTC), start + length - int(now.timestamp())


def _hash(limit: Limit, subject: str) -> bytes:
    return blind_index(subject or "-", purpose=f"throttle:{limit.bucket}") or b""


def check(limit: Limit, subject: str) -> None:
    """Raise ``Throttled`` when the subject has used up its tries in this window."""
    start, left = _window(limit)
    used = db.session.scalar(
        select(AttemptWindow.tries).where(
            AttemptWindow.bucket == limit.bucket,
            AttemptWindow.subject_hash == _hash(limit, subject),
            AttemptWindow.window_start == start,
        )
    )
    if used is not None and used >= limit.tries:
        raise Throttled(max(left, 1))


def take(limit: Limit, subject: str) -> None:
    """Count one try and raise ``Throttled`` when it is one too many; one statement. The count
    stays only if the caller commits, so a refused try costs nothing more."""
    _, left = _window(limit)
    if count(limit, subject) > limit.tries:
        raise Throttled(max(left, 1))


def count(limit: Limit, subject: str) -> int:
    """Count one try, and return how many that makes in this window; the caller commits."""
    start, _ = _window(limit)
    if db.session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    statement = insert(AttemptWindow).values(
        bucket=limit.bucket, subject_hash=_hash(limit, subject), window_start=start, tries=1
    )
    tries = db.session.scalar(
        statement.on_conflict_do_update(
            index_elements=["bucket", "subject_hash", "window_start"],
            set_={"tries": AttemptWindow.tries + 1},
        ).returning(AttemptWindow.tries),
        execution_options={"synchronize_session": False},
    )
    return int(tries or 0)


def forget(limit: Limit, subject: str) -> None:
    """Forget the tries of a subject, after a success."""
    db.session.execute(
        delete(AttemptWindow).where(
            AttemptWindow.bucket == limit.bucket,
            AttemptWindow.subject_hash == _hash(limit, subject),
        )
    )


def purge(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove windows that are over; returns how many."""
    result = db.session.execute(
        delete(AttemptWindow).where(AttemptWindow.window_start < clock.now() - older_than)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
