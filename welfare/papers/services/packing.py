"""All papers of a batch in one file: asked for by whoever began it, made by the worker.

A package writes nothing but itself: a worker that dies makes it again from the beginning. It is
written to its place piece by piece, encrypted on the way: a thousand papers are never held at once.
"""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

import structlog
from sqlalchemy import select

from welfare.accounts.queries.people import viewer_by_id
from welfare.core import audit, clock
from welfare.core.db import begin_writing, db, expect_writes
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.security.streams import SealingWriter
from welfare.core.storage import StoredFile, keep_file, new_file
from welfare.core.storage.files import NewFile, remove_file
from welfare.core.storage.progress import alone, forget_progress, note_progress
from welfare.papers.facts import MarkTakenBack
from welfare.papers.kinds import PACKAGE_OPEN, ItemStatus, PackageForm, PackageStatus
from welfare.papers.models import PaperBatchItem, PaperPackage
from welfare.papers.queries.batches import load_batch
from welfare.papers.queries.packages import (
    SEALED_PACKAGE,
    job_of,
    papers_to_pack,
    waiting_packages,
)
from welfare.papers.services.issuing import SEALED_TYPE

log = structlog.get_logger()

KEPT = timedelta(days=7)
"""How long a package lies there."""
_EVERY = 10
"""Papers between two words about how far it is."""


def pack_batch(*, actor: Viewer, public_id: str, form: PackageForm) -> str:
    """Have all papers of one's own batch put into one file; its public id. One that is being made
    already is not made twice."""
    batch = load_batch(public_id, viewer=actor)
    if not actor.can(Permission.ISSUE_PAPERS):
        raise Forbidden
    coming = db.session.scalar(
        select(PaperPackage.public_id).where(
            PaperPackage.batch_id == batch.id,
            PaperPackage.form == form,
            PaperPackage.status.in_(PACKAGE_OPEN),
        )
    )
    if coming is not None:
        return coming
    issued = db.session.scalar(
        select(PaperBatchItem.id)
        .where(PaperBatchItem.batch_id == batch.id, PaperBatchItem.status == ItemStatus.ISSUED)
        .limit(1)
    )
    if issued is None:
        raise Refused(_("No paper of this is made yet."))
    made = PaperPackage(
        public_id=secrets.token_hex(10), batch_id=batch.id, form=form,
        made_by_id=actor.user_id or None, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    audit.record(actor, "paper.batch_packed", "paper_batch", public_id, {"form": form.value})
    db.session.flush()
    return made.public_id


def work_on_packages(mark: MarkTakenBack) -> int:
    """Make what waits, one after the other; how many were made. One worker a package. ``mark``
    puts the mark on papers that were taken back."""
    made = 0
    waiting = waiting_packages()
    db.session.rollback()
    for public_id in waiting:
        with alone(job_of(public_id)) as mine:
            if mine:
                made += _work(public_id, mark)
    return made


def _work(public_id: str, mark: MarkTakenBack) -> int:
    begin_writing(db.session)
    found = _one(public_id)
    if found is None or found.status not in PACKAGE_OPEN:
        db.session.rollback()
        return 0
    found.status = PackageStatus.WORKING
    batch_id, form, maker = found.batch_id, found.form, found.made_by_id
    db.session.commit()
    try:
        with new_file() as file:
            out = SealingWriter(file, purpose=SEALED_PACKAGE)
            count = _write(public_id, batch_id, form, maker, out, mark)
            out.finish()
            _keep(public_id, count, out.size, file)
    except Exception as error:
        log.error("package failed", kind=type(error).__name__)
        _fail(public_id)
        return 0
    finally:
        forget_progress(job_of(public_id))
    return 1


def _write(
    public_id: str,
    batch_id: int,
    form: PackageForm,
    maker: int | None,
    out: SealingWriter,
    mark: MarkTakenBack,
) -> int:
    """Write the file, a paper at a time; how many papers. With the rights that whoever asked for
    it has now."""
    expect_writes(False)
    actor = viewer_by_id(maker)
    if actor is None or not actor.can(Permission.ISSUE_PAPERS):
        raise Forbidden
    papers = papers_to_pack(batch_id, actor)
    db.session.rollback()
    total = len(papers)

    def contents() -> Iterator[tuple[str, bytes]]:
        note_progress(job_of(public_id), "papers", 0, total)
        for done, paper in enumerate(papers, start=1):
            content = paper.content()
            if paper.withdrawn_at is not None:
                content = mark(content, paper.number, paper.withdrawn_at, actor)
            yield paper.name, content
            if done % _EVERY == 0 or done == total:
                note_progress(job_of(public_id), "papers", done, total)

    if form is PackageForm.ZIP:
        _zip(contents(), out)
    else:
        _join(contents(), out)
    return total


def _zip(contents: Iterable[tuple[str, bytes]], out: SealingWriter) -> None:
    # What is written forward only has its sizes after each file, which is understood everywhere
    # only where the file is deflated.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in contents:
            archive.writestr(name, content)


def _join(contents: Iterable[tuple[str, bytes]], out: SealingWriter) -> None:
    from welfare.core.pdf.marking import joined

    joined((content for _name, content in contents), out)


def _keep(public_id: str, count: int, size: int, file: NewFile) -> None:
    begin_writing(db.session)
    found = _one(public_id)
    if found is None:
        db.session.rollback()
        return
    found.file_id = keep_file(file, SEALED_TYPE, claimed=True).id
    found.status, found.ended_at = PackageStatus.DONE, clock.now()
    found.papers, found.size = count, size
    db.session.commit()


def _fail(public_id: str) -> None:
    begin_writing(db.session)
    found = _one(public_id)
    if found is not None:
        found.status, found.ended_at = PackageStatus.FAILED, clock.now()
    db.session.commit()


def _one(public_id: str) -> PaperPackage | None:
    return db.session.scalar(select(PaperPackage).where(PaperPackage.public_id == public_id))


def clear_old_packages() -> int:
    """Remove packages past their time, files and rows; how many. The caller commits."""
    old = db.session.execute(
        select(PaperPackage, StoredFile.public_id)
        .outerjoin(StoredFile, StoredFile.id == PaperPackage.file_id)
        .where(PaperPackage.made_at < clock.now() - KEPT)
        .limit(500)
    ).all()
    for package, _file in old:
        db.session.delete(package)
    db.session.flush()
    for _package, file in old:
        if file is not None:
            remove_file(file)
    return len(old)


def drop_packages_with(paper_ids: Collection[int]) -> list[str]:
    """Forget the packages that hold one of these papers, which are being destroyed; their files,
    to be removed after the commit."""
    batches = select(PaperBatchItem.batch_id).where(PaperBatchItem.paper_id.in_(paper_ids))
    packages = db.session.scalars(
        select(PaperPackage).where(PaperPackage.batch_id.in_(batches))
    ).all()
    kept = [package.file_id for package in packages if package.file_id is not None]
    files = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(kept))).all()
    for package in packages:
        db.session.delete(package)
    for file in files:
        file.claimed = False
    db.session.flush()
    return [file.public_id for file in files]
