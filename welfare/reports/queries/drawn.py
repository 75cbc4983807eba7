"""Lists that are drawn, or were: each for its maker alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.security.crypto import unseal
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile, open_file
from welfare.core.storage.progress import progress_of
from welfare.reports.kinds import ListKind, ListStatus
from welfare.reports.models import DrawnList

SEALED = "drawn_lists.file"
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A list of the viewer's; ``done`` of ``pages`` while it is being drawn."""

    public_id: str
    version: int
    kind: ListKind
    status: ListStatus
    made_at: datetime
    ended_at: datetime | None
    rows: int
    pages: int
    done: int
    failure: str
    asked: dict[str, object]
    paper: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to come."""
        return self.status in (ListStatus.WAITING, ListStatus.WORKING)


def job_of(public_id: str) -> str:
    """What its progress is called."""
    return f"list{public_id}"


def drawn_lists(*, viewer: Viewer) -> list[DrawnRow]:
    """The viewer's own, the newest first."""
    found = db.session.scalars(
        select(DrawnList)
        .where(DrawnList.made_by_id == viewer.user_id)
        .order_by(DrawnList.id.desc())
        .limit(MOST_SHOWN)
    )
    return [_row(one) for one in found]


def drawn_list(public_id: str, *, viewer: Viewer) -> DrawnRow:
    """One of the viewer's own; ``NotFound`` otherwise."""
    return _row(_one(public_id, viewer))


def _one(public_id: str, viewer: Viewer) -> DrawnList:
    found = db.session.scalar(
        select(DrawnList).where(
            DrawnList.public_id == public_id, DrawnList.made_by_id == viewer.user_id
        )
    )
    if found is None:
        raise NotFound
    return found


def load_list(public_id: str, *, viewer: Viewer) -> DrawnList:
    """The record itself, held."""
    return hold(
        select(DrawnList).where(
            DrawnList.public_id == public_id, DrawnList.made_by_id == viewer.user_id
        )
    )


def _row(one: DrawnList) -> DrawnRow:
    progress = progress_of(job_of(one.public_id)) if one.status is ListStatus.WORKING else None
    pages = progress.total if progress else one.pages
    return DrawnRow(
        one.public_id, one.version, one.kind, one.status, one.made_at, one.ended_at, one.rows,
        pages, progress.done if progress else 0, one.failure, dict(one.asked),
        one.paper,
    )  # fmt: skip


def waiting_lists() -> list[str]:
    """Those to be drawn, the oldest first."""
    return list(
        db.session.scalars(
            select(DrawnList.public_id)
            .where(DrawnList.status.in_((ListStatus.WAITING, ListStatus.WORKING)))
            .order_by(DrawnList.id)
            .limit(20)
        )
    )


def drawn_bytes(public_id: str, *, viewer: Viewer) -> bytes:
    """The file; ``NotFound`` where there is none for this viewer."""
    found = _one(public_id, viewer)
    if found.file_id is None:
        raise NotFound
    file = db.session.scalars(
        select(StoredFile.public_id).where(StoredFile.id == found.file_id)
    ).one()
    return unseal(open_file(file), purpose=SEALED)
