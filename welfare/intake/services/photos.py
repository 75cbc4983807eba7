"""Photos handed in with a complaint."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.storage.uploads import claim_photos
from welfare.intake.models import ComplaintPhoto

MAX_PIXELS = 36_000_000
"""What one photo of the public may have; a phone's usual picture has 12 million pixels."""


def attach_photos(complaint_id: int, public_ids: Sequence[str]) -> int:
    """Make unclaimed files part of a complaint; returns how many there were."""
    files = claim_photos(public_ids)
    if not files:
        return 0
    start = _photos_of(complaint_id)
    db.session.execute(
        insert(ComplaintPhoto),
        [
            {
                "complaint_id": complaint_id,
                "file_id": file_id,
                "position": start + place,
                "added_at": clock.now(),
            }
            for place, file_id in enumerate(files)
        ],
    )
    return len(files)


def _photos_of(complaint_id: int) -> int:
    """How many photos a complaint has."""
    count = db.session.scalar(
        select(func.count()).where(ComplaintPhoto.complaint_id == complaint_id)
    )
    return int(count or 0)
