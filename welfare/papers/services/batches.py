"""Many papers of one kind: begun by somebody, made by the worker, each in a transaction of its own.

What is made stays made: a worker that dies goes on where it stopped.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog
from sqlalchemy import select, update

from welfare.accounts.queries.people import viewer_by_id
from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord, WelfareError
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.storage.progress import alone
from welfare.papers.facts import LetterFacts, Stamp
from welfare.papers.kinds import BatchStatus, ItemStatus
from welfare.papers.models import PaperBatch, PaperBatchItem
from welfare.papers.parts import About, Kind, kind_of, subject_of
from welfare.papers.policies import can_issue
from welfare.papers.queries.batches import common_of, load_batch, waiting_batches
from welfare.papers.queries.texts import begun
from welfare.papers.services.issuing import NewPaper, issue_paper

log = structlog.get_logger()

MOST = 1000
Draw = Callable[[Kind, LetterFacts, Stamp], bytes]


def begin_batch(
    *, actor: Viewer, kind_code: str, case_numbers: Sequence[str], common: LetterFacts
) -> str:
    """Have a paper of this kind made for each of these cases; its public id. ``common`` says who
    signs; subject, text and recipient come from the text in force, filled in for each."""
    kind = kind_of(kind_code)
    wanted = list(dict.fromkeys(case_numbers))
    if not kind.composed or "case" not in kind.about or not kind.issues & actor.permissions:
        raise Forbidden
    if not 1 <= len(wanted) <= MOST:
        raise Refused(_("Please name 1 to %(n)s cases.", n=MOST), field="cases")
    abouts = [_found(number, actor) for number in wanted]
    missing = [number for number, about in zip(wanted, abouts, strict=True) if about is None]
    if missing:
        words = ", ".join(missing[:10])
        raise Refused(
            _("There are no such cases that you may see: %(words)s", words=words), field="cases"
        )
    batch = PaperBatch(
        public_id=secrets.token_hex(10), kind=kind.code, words=common.as_text(),
        made_by_id=actor.user_id or None, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    db.session.add_all(
        PaperBatchItem(batch_id=batch.id, place=place, case_id=about.id)
        for place, about in enumerate(abouts, start=1)
        if about is not None
    )
    details = {"kind": kind.code, "papers": len(wanted)}
    audit.record(actor, "paper.batch_begun", "paper_batch", batch.public_id, details)
    db.session.flush()
    return batch.public_id


def _found(number: str, actor: Viewer) -> About | None:
    try:
        return subject_of("case").by_number(number, actor)
    except NotFound:
        return None


def stop_batch(*, actor: Viewer, public_id: str, version: int) -> None:
    """Make no more of it; what is made stays."""
    batch = _held(actor, public_id, version)
    if batch.status not in (BatchStatus.WAITING, BatchStatus.WORKING):
        raise Refused(_("Nothing of this is being made any more."))
    batch.status = BatchStatus.STOPPED
    audit.record(actor, "paper.batch_stopped", "paper_batch", public_id)
    db.session.flush()


def go_on_with_batch(*, actor: Viewer, public_id: str, version: int) -> None:
    """Go on with what was stopped, and try again what failed."""
    batch = _held(actor, public_id, version)
    if batch.status in (BatchStatus.WAITING, BatchStatus.WORKING):
        raise Refused(_("This is being made already."))
    db.session.execute(
        update(PaperBatchItem)
        .where(PaperBatchItem.batch_id == batch.id, PaperBatchItem.status == ItemStatus.FAILED)
        .values(status=ItemStatus.WAITING, failure=""),
        execution_options={"synchronize_session": False},
    )
    batch.status, batch.ended_at = BatchStatus.WAITING, None
    audit.record(actor, "paper.batch_again", "paper_batch", public_id)
    db.session.flush()


def _held(actor: Viewer, public_id: str, version: int) -> PaperBatch:
    batch = load_batch(public_id, viewer=actor)
    if batch.version != version:
        raise StaleRecord(version=batch.version, current={})
    return batch


def work_on_batches(draw: Draw) -> int:
    """Make what waits; how many papers were made. One worker a batch."""
    made = 0
    waiting = waiting_batches()
    db.session.rollback()
    for public_id in waiting:
        with alone(f"papers{public_id}") as mine:
            if mine:
                made += _work(public_id, draw)
    return made


def _work(public_id: str, draw: Draw) -> int:
    made = 0
    while True:
        begin_writing(db.session)
        batch = db.session.scalar(select(PaperBatch).where(PaperBatch.public_id == public_id))
        if batch is None or batch.status not in (BatchStatus.WAITING, BatchStatus.WORKING):
            db.session.rollback()
            return made
        item_id = db.session.scalar(
            select(PaperBatchItem.id)
            .where(PaperBatchItem.batch_id == batch.id)
            .where(PaperBatchItem.status == ItemStatus.WAITING)
            .order_by(PaperBatchItem.place)
            .limit(1)
        )
        batch.status = BatchStatus.DONE if item_id is None else BatchStatus.WORKING
        batch.ended_at = clock.now() if item_id is None else None
        db.session.commit()
        if item_id is None:
            return made
        made += _make(batch.id, item_id, draw)


def _make(batch_id: int, item_id: int, draw: Draw) -> int:
    begin_writing(db.session)
    try:
        batch = db.session.get_one(PaperBatch, batch_id)
        item = db.session.get_one(PaperBatchItem, item_id)
        actor = viewer_by_id(batch.made_by_id)
        item.paper_id = _paper(batch, item, actor, draw)
        item.status = ItemStatus.ISSUED
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        _fail(item_id, _why(error))
        return 0
    return 1


def _paper(batch: PaperBatch, item: PaperBatchItem, actor: Viewer | None, draw: Draw) -> int:
    if actor is None:
        raise Forbidden
    kind = kind_of(batch.kind)
    about = subject_of("case").by_id(item.case_id, actor)
    if not can_issue(actor, kind, about):
        raise Forbidden
    start = begun(kind, about, actor)
    if not start.recipient:
        raise Refused(_("Nobody is known whom the letter could go to."))
    facts = replace(common_of(batch), title=start.title, body=start.body, recipient=start.recipient)
    new = NewPaper(
        kind.code, "case", about.number, facts.title, facts.recipient, facts.as_text(),
        text_id=start.text_id,
    )  # fmt: skip
    return issue_paper(actor=actor, new=new, draw=lambda stamp: draw(kind, facts, stamp)).id


def _why(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.message[:300]
    if isinstance(error, NotFound | Forbidden):
        return _("Whoever began it may not issue a paper about this case any more.")
    if not isinstance(error, WelfareError):
        log.error("paper failed", kind=type(error).__name__)
    return _("The paper could not be made. Please try it alone on the page of the case.")


def _fail(item_id: int, why: str) -> None:
    begin_writing(db.session)
    item = db.session.get_one(PaperBatchItem, item_id)
    item.status, item.failure = ItemStatus.FAILED, why
    db.session.commit()
