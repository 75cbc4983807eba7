"""Papers drawn and signed before they are issued, so that nobody waits for the drawing.

SQLite has one writer, and a book of numbers one line: whoever draws inside the transaction holds
both for as long as it takes. So a paper is drawn beforehand, with the number that its book would
give now, and issued in a short transaction that takes the number. Was that number taken meanwhile,
the transaction is given up and the paper drawn anew; a drawing that is never used leaves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from welfare.core import clock
from welfare.core.db import begin_writing, db, expect_writes
from welfare.core.numbers import next_number
from welfare.core.signing import Identity
from welfare.core.thai.dates import fiscal_year
from welfare.papers.facts import Draw, Stamp
from welfare.papers.parts import Kind, kind_of
from welfare.papers.queries.numbers import kept_as, number_words, prefix_of
from welfare.papers.services.identity import identity_in_force
from welfare.papers.services.signatures import fresh_code, signed

Result = TypeVar("Result")

TRIES = 3
"""How often a paper is drawn ahead; whoever was overtaken so often draws while others wait."""


class Overtaken(Exception):
    """The book, the day or the certificate moved on since the paper was drawn."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A paper drawn and signed for the stamp that it would be given."""

    stamp: Stamp
    content: bytes
    key_id: int


def next_stamp(kind: Kind, *, own_number: str = "", code: str = "", after: int = 0) -> Stamp:
    """What a paper of this kind would be given now, were so many others issued before it."""
    today = clock.today()
    number = own_number
    if kind.series:
        year = fiscal_year(today)
        running = next_number(kept_as(kind.series), year) + after
        number = number_words(prefix_of(kind.series), running, year)
    return Stamp(number, today, code or fresh_code())


def sign_ahead(kind: Kind, stamp: Stamp, content: bytes, key: tuple[int, Identity]) -> Ahead:
    """The drawing with the municipality's signature."""
    return Ahead(stamp, signed(content, key[1], kind), key[0])


def issue_ahead(
    *,
    kind_code: str,
    draw: Draw,
    act: Callable[[Draw | Ahead], Result],
    own_number: str = "",
    code: str = "",
    hold: bool = True,
) -> Result:
    """Do ``act``, which issues a paper of this kind, with the paper drawn beforehand.

    Ends the transaction that is open; ``act`` is done in one that writes, and the caller commits.
    ``draw`` may read, and is called without any lock. ``own_number`` and ``code``: as in
    ``NewPaper``, where ``act`` issues one with them. Who is overtaken too often draws while others
    wait; without ``hold`` it is left at ``Overtaken`` instead, for what takes long to draw.
    """
    kind = kind_of(kind_code)
    for _turn in range(TRIES):
        ahead = _drawn(kind, draw, own_number, code)
        try:
            return act(ahead)
        except Overtaken:
            begin_writing(db.session)
    if not hold:
        raise Overtaken
    return act(draw)


def _drawn(kind: Kind, draw: Draw, own_number: str, code: str) -> Ahead:
    key = identity_in_force()
    expect_writes(False)
    try:
        stamp = next_stamp(kind, own_number=own_number, code=code)
        return sign_ahead(kind, stamp, draw(stamp), key)
    finally:
        begin_writing(db.session)
