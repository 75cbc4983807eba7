"""A few drawn photographs, so that requests and visits have something to show."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from welfare.cases.models import Category
from welfare.core.images import reencode
from welfare.core.storage import save_file
from welfare.demo.bulk import insert_all
from welfare.dispatch.models import Visit, VisitPhoto
from welfare.dispatch.workflow import VisitStatus
from welfare.intake.models import Complaint, ComplaintPhoto
from welfare.intake.workflow import ComplaintStatus

SIZE = 960, 720
MOST_BYTES = 2_000_000
SKIES = ("#8fb7d3", "#b9c4c9", "#d9c7a3")
WALLS = ("#a9764a", "#8d8f86", "#c9a06a")
ABOUT_HOUSES = ("housing", "disaster", "livelihood", "emergency_aid")
ON_REQUESTS, ON_VISITS = 3, 2


def hang_up(session: Session) -> int:
    """Put drawn photographs on the newest requests about houses and the newest visits.

    Returns how many; the caller commits.
    """
    about = select(Category.id).where(Category.code.in_(ABOUT_HOUSES))
    requests = session.execute(
        select(Complaint.id, Complaint.filed_at)
        .where(
            Complaint.category_id.in_(about),
            Complaint.status.in_([ComplaintStatus.SUBMITTED, ComplaintStatus.ACCEPTED]),
        )
        .order_by(Complaint.id.desc())
        .limit(ON_REQUESTS)
    ).all()
    visits = session.scalars(
        select(Visit.id)
        .where(Visit.status == VisitStatus.DONE)
        .order_by(Visit.visited_at.desc())
        .limit(ON_VISITS)
    ).all()
    insert_all(
        session,
        ComplaintPhoto,
        [
            {"complaint_id": row.id, "file_id": _kept(place), "position": 0, "added_at": row[1]}
            for place, row in enumerate(requests)
        ],
    )
    insert_all(
        session,
        VisitPhoto,
        [
            {"visit_id": visit, "file_id": _kept(place + 1), "caption": ""}
            for place, visit in enumerate(visits)
        ],
    )
    return len(requests) + len(visits)


def _kept(place: int) -> int:
    drawn = reencode(drawing(place), max_bytes=MOST_BYTES)
    small = save_file(drawn.thumbnail, "image/jpeg", claimed=True)
    file = save_file(
        drawn.data,
        "image/jpeg",
        width=drawn.width,
        height=drawn.height,
        thumbnail=small,
        claimed=True,
    )
    return file.id


def drawing(place: int) -> bytes:
    """Return a house on posts with a torn roof as PNG; ``place`` varies sky, walls and tear."""
    picture = Image.new("RGB", SIZE, SKIES[place % len(SKIES)])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 520, 960, 720), fill="#6f8a4e")
    pen.rectangle((250, 300, 710, 560), fill=WALLS[place % len(WALLS)])
    for left in range(250, 710, 46):
        pen.line((left, 300, left, 560), fill="#5c4028", width=3)
    pen.polygon(((200, 310), (480, 120), (760, 310)), fill="#9aa0a3")
    hole = 360 + 70 * (place % 3)
    pen.polygon(((hole, 240), (hole + 60, 205), (hole + 95, 265), (hole + 40, 285)), fill="#2b2723")
    pen.rectangle((420, 420, 520, 560), fill="#3d2b1c")
    pen.rectangle((580, 380, 660, 450), fill="#dfe7ea")
    for post in (260, 440, 690):
        pen.rectangle((post, 560, post + 16, 640), fill="#4d3a28")
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    return stored.getvalue()
