"""All papers of a batch in one file: how far it is, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.crypto import unseal
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile, open_file
from welfare.core.storage.progress import progress_of
from welfare.papers.kinds import PACKAGE_OPEN, PackageForm, PackageStatus
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

    @property
    def open(self) -> bool:
        """Whether it is still to come."""
        return self.status in PACKAGE_OPEN


def job_of(public_id: str) -> str:
    """What its progress is called."""
    return f"package{public_id}"


def packages_of(batch_id: int) -> dict[PackageForm, PackageRow]:
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
        )  # fmt: skip
    return found


def package_bytes(batch_public_id: str, form: PackageForm, *, viewer: Viewer) -> bytes:
    """The last package of a form of one of the viewer's own batches; ``NotFound`` where there is
    none that is made."""
    file = db.session.scalar(
        select(StoredFile.public_id)
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
    )
    if file is None:
        raise NotFound
    return unseal(open_file(file), purpose=SEALED_PACKAGE)


def waiting_packages() -> list[str]:
    """Those that are to be made, the oldest first."""
    waiting = select(PaperPackage.public_id).where(PaperPackage.status.in_(PACKAGE_OPEN))
    return list(db.session.scalars(waiting.order_by(PaperPackage.id).limit(20)))


@dataclass(frozen=True, slots=True)
class PackedPaper:
    """A paper of a batch: what its file is called there, and where it lies."""

    name: str
    file: str

    def content(self) -> bytes:
        """The file as it was issued."""
        return unseal(open_file(self.file), purpose=SEALED)


def papers_to_pack(batch_id: int, viewer: Viewer) -> list[PackedPaper]:
    """Those with a file that the viewer may still see, in the order of the batch."""
    return list(_packed(batch_id, viewer))


def _packed(batch_id: int, viewer: Viewer) -> Iterator[PackedPaper]:
    rows = db.session.execute(
        select(Paper.kind, Paper.fiscal_year, Paper.running, StoredFile.public_id)
        .join(PaperBatchItem, PaperBatchItem.paper_id == Paper.id)
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .where(PaperBatchItem.batch_id == batch_id, visible_papers(viewer))
        .order_by(PaperBatchItem.place)
    )
    for row in rows:
        name = f"{row.kind}-{row.fiscal_year}-{row.running or 0:05d}.pdf"
        yield PackedPaper(name, row.public_id)
