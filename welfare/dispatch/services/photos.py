"""Photos taken at a visit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from welfare.core.db import db
from welfare.core.storage.uploads import claim_photos
from welfare.dispatch.models import Visit, VisitPhoto


def attach_photos(visit: Visit, public_ids: Sequence[str]) -> int:
    """Make unclaimed files part of a visit; returns how many there were."""
    files = claim_photos(public_ids)
    if files:
        db.session.execute(
            insert(VisitPhoto),
            [{"visit_id": visit.id, "file_id": file_id, "caption": ""} for file_id in files],
        )
    return len(files)
