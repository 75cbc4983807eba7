"""Many papers of one kind: begun by somebody, gone on with, stopped. ``making`` makes them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import update

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.papers.facts import LetterFacts
from welfare.papers.kinds import BatchStatus, ItemStatus
from welfare.papers.models import PaperBatch, PaperBatchItem
from welfare.papers.parts import About, kind_of, subject_of
from welfare.papers.queries.batches import load_batch

MOST = 1000


def begin_batch(
    *,
    actor: Viewer,
    kind_code: str,
    case_numbers: Sequence[str],
    common: LetterFacts,
    base_url: str = "",
) -> str:
    """Have a paper of this kind made for each of these cases; its public id. ``common`` says who
    signs; subject, text and recipient come from the text in force, filled in for each.
    ``base_url``: where the actor reached the program, for its papers where nothing is set."""
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
        base_url=base_url, made_by_id=actor.user_id or None, made_at=clock.now(),
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
