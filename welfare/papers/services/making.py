"""Making the papers of a batch: drawn side by side, each issued in a transaction of its own.

They are drawn with the numbers that the book would give them one after the other. Who issues a
letter meanwhile moves the book on: then what was drawn ahead is drawn anew. What is made stays
made; a worker that dies goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

import structlog
from flask_babel import force_locale
from sqlalchemy import func, select, update

from welfare.accounts.queries.people import viewer_by_id
from welfare.core import clock
from welfare.core.db import begin_writing, db, expect_writes
from welfare.core.errors import Forbidden, NotFound, Refused, WelfareError
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Viewer
from welfare.core.storage.progress import alone
from welfare.papers.facts import DrawMany, NoAddress, Stamp, ToDraw
from welfare.papers.kinds import BatchStatus, ItemStatus
from welfare.papers.models import PaperBatch, PaperBatchItem
from welfare.papers.parts import Kind, Words, hindrance_of, kind_of, subject_of, warning_of
from welfare.papers.policies import can_issue
from welfare.papers.queries.batches import common_of, waiting_batches
from welfare.papers.queries.texts import begun, text_now
from welfare.papers.services.ahead import Overtaken, next_stamp, sign_ahead
from welfare.papers.services.identity import identity_in_force
from welfare.papers.services.issuing import NewPaper, issue_paper
from welfare.papers.texts import BLANK

log = structlog.get_logger()

NOBODY = _l("Nobody is known whom the letter could go to.")
UNREADY = _l(
    "The text in force for this kind has no subject, or blanks to be filled in by hand. Please "
    "write subject and text when you begin."
)
NO_ADDRESS = _l("The public address of the program is not set; an administrator sets it.")
NOT_ALLOWED = _l("Whoever began it may not issue a paper about this case any more.")
BROKEN = _l("The paper could not be made. Please try it alone on the page of the case.")
_OPEN = (BatchStatus.WAITING, BatchStatus.WORKING)


def letters_waiting() -> int:
    """How many papers of batches are still to be made."""
    waiting = db.session.scalar(
        select(func.count())
        .select_from(PaperBatchItem)
        .join(PaperBatch, PaperBatch.id == PaperBatchItem.batch_id)
        .where(PaperBatch.status.in_(_OPEN), PaperBatchItem.status == ItemStatus.WAITING)
    )
    return waiting or 0


def work_on_batches(draw: DrawMany) -> int:
    """Make what waits; how many papers were made. One worker a batch."""
    made = 0
    waiting = waiting_batches()
    db.session.rollback()
    for public_id in waiting:
        with alone(f"papers{public_id}") as mine:
            if mine:
                made += _work(public_id, draw)
    return made


def _work(public_id: str, draw: DrawMany) -> int:
    made = 0
    while (batch_id := _begun(public_id)) is not None:
        making = _Making(batch_id)
        try:
            making.work(draw)
        except NoAddress as error:
            _fail_all(batch_id, _why(error))
        finally:
            made += making.issued
    return made


def _begun(public_id: str) -> int | None:
    """The batch, being worked on; ``None`` when nothing of it is left to be made, or it stopped."""
    begin_writing(db.session)
    batch = db.session.scalar(select(PaperBatch).where(PaperBatch.public_id == public_id))
    if batch is None or batch.status not in _OPEN:
        db.session.rollback()
        return None
    left = db.session.scalar(
        select(PaperBatchItem.id)
        .where(PaperBatchItem.batch_id == batch.id, PaperBatchItem.status == ItemStatus.WAITING)
        .limit(1)
    )
    batch.status = BatchStatus.DONE if left is None else BatchStatus.WORKING
    batch.ended_at = clock.now() if left is None else None
    found = batch.id
    db.session.commit()
    return None if left is None else found


@dataclass(frozen=True, slots=True)
class _Planned:
    """A paper that is being drawn, and what it will be issued as."""

    item_id: int
    kind: Kind
    stamp: Stamp
    new: NewPaper


class _Making:
    """One turn at a batch: it ends with the batch, or where what was drawn ahead fits no more."""

    def __init__(self, batch_id: int) -> None:
        self._batch_id = batch_id
        self._planned: list[_Planned] = []
        self._key = identity_in_force()
        self.issued = 0

    def work(self, draw: DrawMany) -> None:
        """Draw and issue, in the order of the batch."""
        letters = self._letters()
        drawings = draw(letters)
        for drawn in drawings:
            planned = self._planned[drawn.place]
            if drawn.error is not None:
                _fail(planned.item_id, _why(drawn.error))
                break  # the number that it was drawn for goes to the next
            if not self._issue(planned, drawn.pdf):
                break
            self.issued += 1
        letters.close()
        if isinstance(drawings, Generator):
            drawings.close()

    def _letters(self) -> Generator[ToDraw]:
        waiting = db.session.execute(
            select(PaperBatchItem.id, PaperBatchItem.case_id)
            .where(PaperBatchItem.batch_id == self._batch_id)
            .where(PaperBatchItem.status == ItemStatus.WAITING)
            .order_by(PaperBatchItem.place)
        ).all()
        for item_id, case_id in waiting:
            letter = self._plan(item_id, case_id)
            if letter is not None:
                yield letter

    def _plan(self, item_id: int, case_id: int) -> ToDraw | None:
        """What is to be drawn; ``None`` where it cannot be made, and it is written down why."""
        _read()
        try:
            return self._letter(item_id, case_id)
        except Exception as error:
            _fail(item_id, _why(error))
            return None
        finally:
            begin_writing(db.session)

    def _letter(self, item_id: int, case_id: int) -> ToDraw:
        batch = db.session.get_one(PaperBatch, self._batch_id)
        actor, kind = _whoever_began(batch), kind_of(batch.kind)
        about = subject_of("case").by_id(case_id, actor)
        if not can_issue(actor, kind, about):
            raise Forbidden
        start = begun(kind, about, actor, to_person=True)
        if not start.recipient:
            raise Unmade(NOBODY)
        common = common_of(batch)
        facts = replace(
            common,
            title=common.title or start.title,
            body=common.body or start.body,
            recipient=start.recipient,
        )
        if not facts.title or (not common.body and BLANK in text_now(kind).body):
            raise Unmade(UNREADY)
        asked = kind, about, facts.written, actor
        if against := hindrance_of(*asked) or warning_of(*asked):
            raise Unmade(against)
        stamp = next_stamp(kind, after=len(self._planned) - self.issued)
        new = NewPaper(
            kind.code, "case", about.number, facts.title, facts.recipient, facts.as_text(),
            text_id=start.text_id,
        )  # fmt: skip
        self._planned.append(_Planned(item_id, kind, stamp, new))
        return ToDraw(kind, facts, stamp, batch.base_url)

    def _issue(self, planned: _Planned, content: bytes) -> bool:
        """Whether it was issued, and what was drawn after it still fits."""
        _read()
        ahead = sign_ahead(planned.kind, planned.stamp, content, self._key)
        begin_writing(db.session)
        try:
            batch = db.session.get_one(PaperBatch, self._batch_id)
            if batch.status not in _OPEN:
                return False
            item = db.session.get_one(PaperBatchItem, planned.item_id)
            actor = _whoever_began(batch)
            item.paper_id = issue_paper(actor=actor, new=planned.new, draw=ahead).id
            item.status = ItemStatus.ISSUED
            db.session.commit()
        except Overtaken:
            return False
        except Exception as error:
            _fail(planned.item_id, _why(error))
            return False
        finally:
            db.session.rollback()
        return True


def _read() -> None:
    """What follows only reads: no lock is held while papers are put together and signed."""
    db.session.rollback()
    expect_writes(False)


def _whoever_began(batch: PaperBatch) -> Viewer:
    actor = viewer_by_id(batch.made_by_id)
    if actor is None:
        raise Forbidden
    return actor


class Unmade(WelfareError):
    """A paper of a batch cannot be made, and it is known why."""

    def __init__(self, words: Words) -> None:
        super().__init__("a paper of a batch")
        self.words = words


def _why(error: Exception) -> str:
    """As it is kept: in the language of the texts, put into the reader's as it is shown."""
    if isinstance(error, Refused):
        return error.message[:300]
    with force_locale("en"):
        return str(_words_of(error))[:300]


def _words_of(error: Exception) -> Words:
    if isinstance(error, Unmade):
        return error.words
    if isinstance(error, NoAddress):
        return NO_ADDRESS
    if isinstance(error, NotFound | Forbidden):
        return NOT_ALLOWED
    if not isinstance(error, WelfareError):
        log.error("paper failed", kind=type(error).__name__)
    return BROKEN


def _fail(item_id: int, why: str) -> None:
    begin_writing(db.session)
    item = db.session.get_one(PaperBatchItem, item_id)
    item.status, item.failure = ItemStatus.FAILED, why
    db.session.commit()


def _fail_all(batch_id: int, why: str) -> None:
    begin_writing(db.session)
    db.session.execute(
        update(PaperBatchItem)
        .where(PaperBatchItem.batch_id == batch_id, PaperBatchItem.status == ItemStatus.WAITING)
        .values(status=ItemStatus.FAILED, failure=why),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
