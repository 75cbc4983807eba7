"""Writing and reading the files themselves."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import delete, select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.storage.models import StoredFile

_root: Path | None = None


def keep_files_in(root: Path) -> None:
    """Set the directory of this process; the application does it at its start."""
    global _root
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    _root = root


def root() -> Path:
    """The directory of this process."""
    if _root is None:
        raise RuntimeError("no directory for files has been set")
    return _root


def path_of(public_id: str) -> Path:
    """Where the file with this id lies."""
    if not public_id.isalnum():
        raise NotFound
    return root() / public_id[:2] / public_id


def remove_file(public_id: str) -> None:
    """Remove a file and its row; the caller commits. Gone already is gone."""
    db.session.execute(delete(StoredFile).where(StoredFile.public_id == public_id))
    path_of(public_id).unlink(missing_ok=True)


def save_file(
    data: bytes,
    media_type: str,
    *,
    width: int | None = None,
    height: int | None = None,
    thumbnail: StoredFile | None = None,
    claimed: bool = False,
) -> StoredFile:
    """Write a file durably (file and directory synced), then its row; the caller commits."""
    with new_file() as written:
        written.write(data)
        return keep_file(
            written, media_type, width=width, height=height, thumbnail=thumbnail, claimed=claimed
        )


class NewFile:
    """A file that is being written, piece by piece."""

    def __init__(self, public_id: str) -> None:
        self.public_id = public_id
        self.size = 0
        self.digest = hashlib.sha256()
        self.path = path_of(public_id).with_suffix(".part")
        self.path.parent.mkdir(exist_ok=True, mode=0o700)
        self.file = self.path.open("wb")

    def write(self, data: bytes) -> int:
        """Write some more of it."""
        self.size += len(data)
        self.digest.update(data)
        return self.file.write(data)


@contextmanager
def new_file() -> Iterator[NewFile]:
    """A file to be written and then kept (``keep_file``); what is not kept is gone at the end."""
    made = NewFile(secrets.token_hex(16))
    try:
        yield made
    finally:
        made.file.close()
        made.path.unlink(missing_ok=True)


def keep_file(
    new: NewFile,
    media_type: str,
    *,
    width: int | None = None,
    height: int | None = None,
    thumbnail: StoredFile | None = None,
    claimed: bool = False,
) -> StoredFile:
    """Keep a file that is written: durably (file and directory synced), then its row; the caller
    commits."""
    new.file.flush()
    os.fsync(new.file.fileno())
    path = path_of(new.public_id)
    os.replace(new.path, path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    row = StoredFile(
        public_id=new.public_id,
        media_type=media_type,
        size=new.size,
        width=width,
        height=height,
        sha256=new.digest.digest(),
        thumbnail_id=thumbnail.id if thumbnail else None,
        claimed=claimed,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def open_file(public_id: str) -> bytes:
    """The content of a stored file; ``NotFound`` when it is gone."""
    try:
        return path_of(public_id).read_bytes()
    except FileNotFoundError as error:
        raise NotFound from error


def open_stream(public_id: str) -> BinaryIO:
    """A stored file to be read piece by piece; ``NotFound`` when it is gone."""
    try:
        return path_of(public_id).open("rb")
    except FileNotFoundError as error:
        raise NotFound from error


def remove_unclaimed(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove uploads that no record claimed; returns how many. The caller commits. What a killed
    process left half written goes as well."""
    for path in root().glob("*/*.part"):
        if time.time() - path.stat().st_mtime > older_than.total_seconds():
            path.unlink(missing_ok=True)
    rows = db.session.execute(
        select(StoredFile.id, StoredFile.public_id, StoredFile.thumbnail_id)
        .where(StoredFile.claimed.is_(False), StoredFile.created_at < clock.now() - older_than)
        .order_by(StoredFile.thumbnail_id.is_(None), StoredFile.id)
    ).all()
    for row in rows:
        db.session.execute(delete(StoredFile).where(StoredFile.id == row.id))
        path_of(row.public_id).unlink(missing_ok=True)
    return len(rows)
