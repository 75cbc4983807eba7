"""Photos taken at a visit: drawn anew, kept unclaimed, then made part of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from welfare.core.db import begin_writing, db
from welfare.core.images import Picture, PictureFault, reencode
from welfare.core.storage import StoredFile, save_file
from welfare.dispatch.models import Visit, VisitPhoto

MOST_PHOTOS = 20
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 48_000_000
MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of some uploads: ids of those kept, ``(file name, code)`` of the others."""

    kept: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    too_many: int = 0


def take_photos(uploads: Iterable[tuple[str, bytes]], *, already: int = 0) -> Taken:
    """Keep the good ones of ``(file name, content)`` as unclaimed files; the caller commits.

    The transaction at hand is ended first: nobody waits for a lock while pictures are decoded.
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


def attach_photos(visit: Visit, public_ids: Sequence[str]) -> int:
    """Make unclaimed files part of a visit; returns how many there were."""
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
    sorted_rows = sorted(rows, key=lambda row: order[row.public_id])
    db.session.execute(
        insert(VisitPhoto),
        [{"visit_id": visit.id, "file_id": row.id, "caption": ""} for row in sorted_rows],
    )
    return len(rows)
