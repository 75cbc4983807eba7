"""Checking the chain from its first row to its last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import select

from welfare.core.audit.chain import GENESIS, Link
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db


@dataclass(frozen=True, slots=True)
class Verification:
    """How many rows hold, where the first break is, and the head to keep elsewhere.

    A chain alone cannot show that its tail was cut off: compare ``head`` and ``entries`` with
    what was printed or mailed earlier (``anchor``).
    """

    entries: int
    head: str
    broken_at: int | None
    reason: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return self.broken_at is None


REPORT_EVERY = 20_000


def verify(anchor: str | None = None) -> Verification:
    """Walk the whole chain. ``anchor`` is ``seq:hash`` of an earlier head that must stand in it."""
    *_progress, found = verify_steps(anchor)
    return found


def verify_steps(anchor: str | None = None) -> Iterator[Verification]:
    """Like :func:`verify`, telling now and then how far it is; the last one is the finding."""
    anchor_seq, anchor_hash = _parse(anchor)
    previous, seq, anchored = GENESIS, 0, anchor is None
    statement = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=2000)
    with closing(db.session.scalars(statement)) as entries:
        for entry in entries:
            if entry.seq != seq + 1:
                yield Verification(seq, previous.hex(), seq + 1, "a row is missing")
                return
            link = Link(
                entry.seq,
                entry.at,
                entry.actor_id,
                entry.actor,
                entry.action,
                entry.object_type,
                entry.object_ref,
                entry.changes,
            )
            expected = link.hash_after(previous)
            if bytes(entry.prev_hash) != previous or bytes(entry.hash) != expected:
                yield Verification(seq, previous.hex(), entry.seq, "a row was changed")
                return
            previous, seq = expected, entry.seq
            if seq == anchor_seq:
                if previous.hex() != anchor_hash:
                    yield Verification(seq, previous.hex(), seq, "the chain was written anew")
                    return
                anchored = True
            db.session.expunge(entry)
            if seq % REPORT_EVERY == 0:
                yield Verification(seq, previous.hex(), None)
    if not anchored:
        yield Verification(seq, previous.hex(), seq + 1, "the tail was cut off")
        return
    yield Verification(seq, previous.hex(), None)


def _parse(anchor: str | None) -> tuple[int, str]:
    if anchor is None:
        return 0, ""
    seq, _, digest = anchor.partition(":")
    return int(seq), digest
