"""All papers of a batch in one file: how far it is, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.crypto import unseal
from welfare.core.security.permissions import Viewer
from welfare.core.security.streams import opened
from welfare.core.storage import StoredFile, open_file, open_stream
from welfare.core.storage.progress import progress_of
from welfare.papers.kinds import PACKAGE_OPEN, PackageForm, PackageStatus, PaperStatus
from welfare.papers.models import Paper, PaperBatch, PaperBatchItem, PaperPackage
from welfare.papers.queries.papers import SEALED
from welfare.papers.queries.rights import visible_papers

SEALED_PACKAGE = "paper_packages.file"


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package; ``done`` of ``papers`` while it is being made."""

    public_id: str
    form: PackageForm
    status: PackageStatus
    made_at: datetime
    papers: int
    size: int
    done: int
    outdated: bool = False
    """Whether a paper in it was taken back since it was asked for."""

    @property
    def open(self) -> bool:
        """Whether it is still to come."""
        return self.status in PACKAGE_OPEN


def job_of(public_id: str) -> str:
    """What its progress is called."""
    return f"package{public_id}"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A paper of a batch that holds no more."""

    public_id: str
    number: str
    at: datetime


def taken_back(batch_id: int, viewer: Viewer) -> list[TakenBack]:
    """Those that were taken back, of those that the viewer may see, in the order of the batch."""
    found = db.session.execute(
        select(Paper.public_id, Paper.number, Paper.withdrawn_at)
        .join(PaperBatchItem, PaperBatchItem.paper_id == Paper.id)
        .where(PaperBatchItem.batch_id == batch_id, visible_papers(viewer), *_withdrawn())
        .order_by(PaperBatchItem.place)
    )
    return [
        TakenBack(row.public_id, row.number, row.withdrawn_at)
        for row in found
        if row.withdrawn_at is not None
    ]


def _withdrawn() -> tuple[ColumnElement[bool], ...]:
    return Paper.status == PaperStatus.WITHDRAWN, Paper.withdrawn_at.is_not(None)


def packages_of(
    batch_id: int, last_taken_back: datetime | None = None
) -> dict[PackageForm, PackageRow]:
    """The last of each form. One statement."""
    found: dict[PackageForm, PackageRow] = {}
    rows = db.session.scalars(
        select(PaperPackage).where(PaperPackage.batch_id == batch_id).order_by(PaperPackage.id)
    )
    for one in rows:
        said = progress_of(job_of(one.public_id)) if one.status in PACKAGE_OPEN else None
        found[one.form] = PackageRow(
            one.public_id, one.form, one.status, one.made_at,
            said.total if said else one.papers, one.size, said.done if said else 0,
            outdated=last_taken_back is not None and last_taken_back >= one.made_at,
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A package that is made, as it goes out: how large, and its content piece by piece."""

    size: int
    content: Iterator[bytes]


def package_file(batch_public_id: str, form: PackageForm, *, viewer: Viewer) -> PackageFile | None:
    """The last package of a form of one of the viewer's own batches; ``NotFound`` where there is
    none that is made. ``None`` where one of its papers was taken back since."""
    last = (
        select(func.max(Paper.withdrawn_at))
        .join(PaperBatchItem, and_(PaperBatchItem.paper_id == Paper.id, *_withdrawn()))
        .where(PaperBatchItem.batch_id == PaperBatch.id)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(StoredFile.public_id, PaperPackage.size, PaperPackage.made_at, last.label("last"))
        .join(PaperPackage, PaperPackage.file_id == StoredFile.id)
        .join(PaperBatch, PaperBatch.id == PaperPackage.batch_id)
        .where(
            PaperBatch.public_id == batch_public_id,
            PaperBatch.made_by_id == viewer.user_id,
            PaperPackage.form == form,
            PaperPackage.status == PackageStatus.DONE,
        )
        .order_by(PaperPackage.id.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound
    if found.last is not None and found.last >= found.made_at:
        return None
    return PackageFile(found.size, opened(open_stream(found.public_id), purpose=SEALED_PACKAGE))


def waiting_packages() -> list[str]:
    """Those that are to be made, the oldest first."""
    waiting = select(PaperPackage.public_id).where(PaperPackage.status.in_(PACKAGE_OPEN))
    return list(db.session.scalars(waiting.order_by(PaperPackage.id).limit(20)))


@dataclass(frozen=True, slots=True)
class PackedPaper:
    """A paper of a batch: what its file is called there, where it lies, and whether it was taken
    back."""

    name: str
    file: str
    number: str
    withdrawn_at: datetime | None

    def content(self) -> bytes:
        """The file as it was issued."""
        return unseal(open_file(self.file), purpose=SEALED)


def papers_to_pack(batch_id: int, viewer: Viewer) -> list[PackedPaper]:
    """Those with a file that the viewer may still see, in the order of the batch."""
    return list(_packed(batch_id, viewer))


def _packed(batch_id: int, viewer: Viewer) -> Iterator[PackedPaper]:
    rows = db.session.execute(
        select(
            Paper.kind, Paper.fiscal_year, Paper.running, Paper.number, Paper.status,
            Paper.withdrawn_at, StoredFile.public_id,
        )
        .join(PaperBatchItem, PaperBatchItem.paper_id == Paper.id)
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .where(PaperBatchItem.batch_id == batch_id, visible_papers(viewer))
        .order_by(PaperBatchItem.place)
    )  # fmt: skip
    for row in rows:
        undone = row.withdrawn_at if row.status is PaperStatus.WITHDRAWN else None
        name = f"{row.kind}-{row.fiscal_year}-{row.running or 0:05d}"
        name += "-cancelled.pdf" if undone else ".pdf"
        yield PackedPaper(name, row.public_id, row.number, undone)
