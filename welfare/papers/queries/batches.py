"""Batches: how far each is, what failed and why, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from welfare.accounts.models import User
from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.papers.facts import LetterFacts, letter_from
from welfare.papers.kinds import BatchStatus, ItemStatus, PackageForm
from welfare.papers.models import PaperBatch, PaperBatchItem
from welfare.papers.parts import Kind, kind_of, subject_of
from welfare.papers.queries.packages import PackageRow, TakenBack, packages_of, taken_back

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in a list."""

    public_id: str
    kind: Kind
    status: BatchStatus
    made_by: str
    made_at: datetime
    counts: dict[ItemStatus, int]

    @property
    def total(self) -> int:
        """How many papers it was to be."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many are made."""
        return self.counts.get(ItemStatus.ISSUED, 0)

    @property
    def failed(self) -> int:
        """How many could not be made."""
        return self.counts.get(ItemStatus.FAILED, 0)

    @property
    def open(self) -> bool:
        """Whether the worker is not through yet."""
        return self.status in (BatchStatus.WAITING, BatchStatus.WORKING)


@dataclass(frozen=True, slots=True)
class FailedItem:
    """One that could not be made."""

    number: str
    failure: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One batch."""

    id: int
    version: int
    row: BatchRow
    failed: tuple[FailedItem, ...]
    packages: dict[PackageForm, PackageRow]
    """The last that was asked for, by its form."""
    taken_back: list[TakenBack]

    @property
    def failed_by_reason(self) -> dict[str, list[FailedItem]]:
        """Those that could not be made, by why, the commonest first."""
        found: dict[str, list[FailedItem]] = {}
        for one in self.failed:
            found.setdefault(one.failure, []).append(one)
        return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))

    @property
    def packing(self) -> bool:
        """Whether one is still to come."""
        return any(one.open for one in self.packages.values())


def batches(*, viewer: Viewer) -> list[BatchRow]:
    """The viewer's own, the newest first."""
    mine = PaperBatch.made_by_id == viewer.user_id
    found = db.session.execute(
        select(PaperBatch, User.display_name)
        .outerjoin(User, User.id == PaperBatch.made_by_id)
        .where(mine)
        .order_by(PaperBatch.id.desc())
        .limit(50)
    ).all()
    counts = _counts([row.PaperBatch.id for row in found])
    return [_row(row.PaperBatch, row.display_name or "", counts) for row in found]


def _row(one: PaperBatch, made_by: str, counts: dict[int, dict[ItemStatus, int]]) -> BatchRow:
    return BatchRow(
        one.public_id, kind_of(one.kind), one.status, made_by, one.made_at, counts.get(one.id, {})
    )


def _counts(ids: list[int]) -> dict[int, dict[ItemStatus, int]]:
    found: dict[int, dict[ItemStatus, int]] = {}
    rows = db.session.execute(
        select(PaperBatchItem.batch_id, PaperBatchItem.status, func.count())
        .where(PaperBatchItem.batch_id.in_(ids))
        .group_by(PaperBatchItem.batch_id, PaperBatchItem.status)
    )
    for batch_id, status, n in rows:
        found.setdefault(batch_id, {})[status] = n
    return found


def batch_page(public_id: str, *, viewer: Viewer) -> BatchPage:
    """One of the viewer's own; ``NotFound`` otherwise."""
    found = db.session.execute(
        select(PaperBatch, User.display_name)
        .outerjoin(User, User.id == PaperBatch.made_by_id)
        .where(PaperBatch.public_id == public_id, PaperBatch.made_by_id == viewer.user_id)
    ).first()
    if found is None:
        raise NotFound
    one: PaperBatch = found.PaperBatch
    failed = db.session.execute(
        select(PaperBatchItem.case_id, PaperBatchItem.failure)
        .where(PaperBatchItem.batch_id == one.id, PaperBatchItem.status == ItemStatus.FAILED)
        .order_by(PaperBatchItem.place)
        .limit(MOST_SHOWN)
    ).all()
    numbers = subject_of("case").numbers([row.case_id for row in failed], viewer)
    told = tuple(
        FailedItem(numbers.get(row.case_id, "–"), _(row.failure) if row.failure else "")
        for row in failed
    )
    row = _row(one, found.display_name or "", _counts([one.id]))
    undone = taken_back(one.id, viewer)
    last = max((paper.at for paper in undone), default=None)
    return BatchPage(one.id, one.version, row, told, packages_of(one.id, last), undone)


def load_batch(public_id: str, *, viewer: Viewer) -> PaperBatch:
    """The record itself, held."""
    return hold(
        select(PaperBatch).where(
            PaperBatch.public_id == public_id, PaperBatch.made_by_id == viewer.user_id
        )
    )


def common_of(batch: PaperBatch) -> LetterFacts:
    """What all papers of a batch have in common."""
    return letter_from(batch.words)


def waiting_batches() -> list[str]:
    """Those with something to make, the oldest first."""
    return list(
        db.session.scalars(
            select(PaperBatch.public_id)
            .where(PaperBatch.status.in_((BatchStatus.WAITING, BatchStatus.WORKING)))
            .order_by(PaperBatch.id)
            .limit(20)
        )
    )
