"""Photos on their way into a record: drawn anew, kept unclaimed, then made part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from welfare.core.db import begin_writing, db
from welfare.core.images import Picture, PictureFault, reencode
from welfare.core.storage.files import save_file
from welfare.core.storage.models import StoredFile

MOST_PHOTOS = 20
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 48_000_000
"""What a photo of staff may have; a phone's usual picture has 12 million pixels and 4 MB."""
PICTURE_TYPE = "image/jpeg"

_Small = aliased(StoredFile)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of some uploads: the ids of those kept, and by name the code of the
    ``PictureFault`` of those that were not."""

    kept: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    too_many: int = 0


def take_photos(
    uploads: Iterable[tuple[str, bytes]], *, already: int = 0, max_pixels: int = MAX_PIXELS
) -> Taken:
    """Keep the good ones of ``(file name, content)`` as unclaimed files; the caller commits.

    At most twenty with those ``already`` kept. The transaction at hand is ended first, so that
    nobody waits for a lock while pictures are decoded.
    """
    begin_writing(db.session)
    drawn: list[Picture] = []
    refused: list[tuple[str, str]] = []
    too_many = 0
    for name, content in uploads:
        if already + len(drawn) >= MOST_PHOTOS:
            too_many += 1
            continue
        try:
            drawn.append(reencode(content, max_bytes=MAX_BYTES, max_pixels=max_pixels))
        except PictureFault as fault:
            refused.append((name, fault.code))
    kept = tuple(save_picture(picture).public_id for picture in drawn)
    return Taken(kept, tuple(refused), too_many)


def save_picture(picture: Picture, *, claimed: bool = False) -> StoredFile:
    """Write a picture that was drawn anew, with its thumbnail; the caller commits."""
    return save_file(
        picture.data,
        PICTURE_TYPE,
        width=picture.width,
        height=picture.height,
        thumbnail=save_file(picture.thumbnail, PICTURE_TYPE, claimed=claimed),
        claimed=claimed,
    )


def claim_photos(public_ids: Sequence[str]) -> list[int]:
    """Claim unclaimed uploads and their thumbnails for a record; the ids of their files in the
    order given. Those that are gone or belong to another record are left out."""
    wanted = list(dict.fromkeys(public_ids))[:MOST_PHOTOS]
    if not wanted:
        return []
    rows = db.session.execute(
        select(StoredFile.id, StoredFile.public_id, StoredFile.thumbnail_id).where(
            StoredFile.public_id.in_(wanted), StoredFile.claimed.is_(False)
        )
    ).all()
    files = [row.id for row in rows] + [row.thumbnail_id for row in rows if row.thumbnail_id]
    if files:
        db.session.execute(update(StoredFile).where(StoredFile.id.in_(files)).values(claimed=True))
    return [row.id for row in sorted(rows, key=lambda row: wanted.index(row.public_id))]


def still_waiting(public_ids: Sequence[str]) -> list[str]:
    """Those of these uploads that still exist and belong to no record, in the order given."""
    if not public_ids:
        return []
    found = set(
        db.session.scalars(
            select(StoredFile.public_id).where(
                StoredFile.public_id.in_(public_ids), StoredFile.claimed.is_(False)
            )
        )
    )
    return [public_id for public_id in dict.fromkeys(public_ids) if public_id in found]


def waiting_thumbnail(public_id: str) -> str | None:
    """The thumbnail of an upload that belongs to no record yet."""
    return db.session.scalar(
        select(_Small.public_id)
        .join(StoredFile, StoredFile.thumbnail_id == _Small.id)
        .where(StoredFile.public_id == public_id, StoredFile.claimed.is_(False))
    )
