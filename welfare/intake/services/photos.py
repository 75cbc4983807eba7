"""Photos handed in with a complaint: drawn anew, kept unclaimed, then made part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update

from welfare.core import clock
from welfare.core.db import begin_writing, db
from welfare.core.images import Picture, PictureFault, reencode
from welfare.core.storage import save_file
from welfare.core.storage.models import StoredFile
from welfare.intake.models import ComplaintPhoto

MOST_PHOTOS = 20
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 36_000_000
"""What one photo may have; a phone's usual picture has 12 million pixels and 4 MB."""
MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of some uploads: the ids of those kept, and by name the code of the
    ``PictureFault`` of those that were not."""

    kept: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    too_many: int = 0


def take_photos(uploads: Iterable[tuple[str, bytes]], *, already: int = 0) -> Taken:
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
            drawn.append(reencode(content, max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS))
        except PictureFault as fault:
            refused.append((name, fault.code))
    return Taken(tuple(_keep(picture) for picture in drawn), tuple(refused), too_many)


def _keep(picture: Picture) -> str:
    thumbnail = save_file(picture.thumbnail, MEDIA_TYPE)
    kept = save_file(
        picture.data,
        MEDIA_TYPE,
        width=picture.width,
        height=picture.height,
        thumbnail=thumbnail,
    )
    return kept.public_id


def attach_photos(complaint_id: int, public_ids: Sequence[str]) -> int:
    """Make unclaimed files part of a complaint; returns how many there were."""
    wanted = list(dict.fromkeys(public_ids))[:MOST_PHOTOS]
    if not wanted:
        return 0
    rows = db.session.execute(
        select(StoredFile.id, StoredFile.public_id, StoredFile.thumbnail_id).where(
            StoredFile.public_id.in_(wanted), StoredFile.claimed.is_(False)
        )
    ).all()
    if not rows:
        return 0
    order = {public_id: place for place, public_id in enumerate(wanted)}
    files = [row.id for row in rows] + [row.thumbnail_id for row in rows if row.thumbnail_id]
    db.session.execute(update(StoredFile).where(StoredFile.id.in_(files)).values(claimed=True))
    start = _photos_of(complaint_id)
    db.session.execute(
        insert(ComplaintPhoto),
        [
            {
                "complaint_id": complaint_id,
                "file_id": row.id,
                "position": start + place,
                "added_at": clock.now(),
            }
            for place, row in enumerate(sorted(rows, key=lambda row: order[row.public_id]))
        ],
    )
    return len(rows)


def _photos_of(complaint_id: int) -> int:
    """How many photos a complaint has."""
    count = db.session.scalar(
        select(func.count()).where(ComplaintPhoto.complaint_id == complaint_id)
    )
    return int(count or 0)
