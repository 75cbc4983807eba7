"""Plain values of papers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from welfare.core.pdf.errors import PaperError
from welfare.core.pdf.presses import Drawn
from welfare.core.security.permissions import Permission, Viewer
from welfare.papers.parts import Kind, Needs, Sheet, Written


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a paper is given as it is issued."""

    number: str
    dated: date
    code: str


Draw = Callable[[Stamp], bytes]
"""Makes the PDF of a paper once its number, day and code are known."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What somebody writes in a letter or memo. Lists stand one a line."""

    title: str
    recipient: str
    body: str
    refers: str = ""
    enclosures: str = ""
    closing: str = ""
    signer: str = ""
    signer_position: str = ""

    def as_text(self) -> str:
        """How it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def written(self) -> Written:
        """What rules ask for."""
        return Written(self.recipient, self.body)


class NoAddress(PaperError):
    """Nobody said where the public reaches the program: a paper would lead nowhere."""


@dataclass(frozen=True, slots=True)
class ToDraw:
    """A letter or memo of a batch, to be drawn; ``base_url``: where whoever began it was."""

    kind: Kind
    facts: LetterFacts
    stamp: Stamp
    base_url: str = ""


DrawMany = Callable[[Iterable[ToDraw]], Iterator[Drawn]]
"""Draws many, in the order given; takes them a few ahead only."""


MarkTakenBack = Callable[[bytes, str, datetime, Viewer], bytes]
"""Puts the mark on a paper that was taken back: its pages, number, when, for whom."""


def letter_from(text: str | None) -> LetterFacts:
    """What ``as_text`` wrote; what it lacks is empty."""
    kept: Mapping[str, str] = json.loads(text or "{}")
    known = {field.name: str(kept.get(field.name, "")) for field in fields(LetterFacts)}
    return LetterFacts(**known)


def sheet_words(sheet: Sheet) -> str:
    """What is kept of a sheet that was issued: what it came from, and who may read it."""
    kept: dict[str, object] = {"source": sheet.source}
    if sheet.needs is not None:
        villages = sheet.needs.villages
        kept["rights"] = sorted(one.value for one in sheet.needs.rights)
        kept["villages"] = None if villages is None else sorted(villages)
    return json.dumps(kept)


def needs_in(text: str | None) -> Needs | None:
    """What ``sheet_words`` wrote of who may read it; ``None`` where the kind alone says it."""
    kept: Mapping[str, Any] = json.loads(text or "{}")
    if "rights" not in kept:
        return None
    villages = kept["villages"]
    return Needs(
        frozenset(Permission(one) for one in kept["rights"]),
        None if villages is None else frozenset(villages),
    )
