"""What a stranger may learn of a paper by its code: nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from welfare.core.db import db
from welfare.papers.kinds import PaperStatus
from welfare.papers.models import Paper
from welfare.papers.parts import Kind, kind_of

DIGITS = 12


@dataclass(frozen=True, slots=True)
class Verified:
    """A paper that was issued. ``number`` where it comes from a book of numbers, or says nothing
    of anybody; ``pages`` is 0 until it is drawn."""

    code: str
    kind: Kind
    number: str
    dated: date | None
    issued_at: datetime
    withdrawn_at: datetime | None
    replaced: bool
    sha256: bytes | None
    pages: int

    @property
    def holds(self) -> bool:
        """Issued and not taken back."""
        return self.withdrawn_at is None


def verified(code: str) -> Verified | None:
    """The paper of this code; ``None`` when there is none. One statement."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    row = db.session.execute(
        select(
            Paper.kind, Paper.number, Paper.series, Paper.dated, Paper.issued_at,
            Paper.withdrawn_at, Paper.replaced_by_id, Paper.sha256, Paper.pages,
        ).where(Paper.verify_code == code, Paper.status != PaperStatus.DRAFT)
    ).first()  # fmt: skip
    if row is None or row.issued_at is None:
        return None
    kind = kind_of(row.kind)
    told = bool(row.series) or kind.number_told
    return Verified(
        code, kind, row.number if told else "", row.dated, row.issued_at,
        row.withdrawn_at, row.withdrawn_at is not None and row.replaced_by_id is not None,
        row.sha256, row.pages or 0,
    )  # fmt: skip
