"""Plain values of papers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from welfare.core.pdf.errors import PaperError
from welfare.core.pdf.presses import Drawn
from welfare.papers.parts import Kind


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


def letter_from(text: str | None) -> LetterFacts:
    """What ``as_text`` wrote; what it lacks is empty."""
    kept: Mapping[str, str] = json.loads(text or "{}")
    known = {field.name: str(kept.get(field.name, "")) for field in fields(LetterFacts)}
    return LetterFacts(**known)
