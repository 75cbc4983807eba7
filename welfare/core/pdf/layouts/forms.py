"""Forms to be filled in: lines with values or dots, boxes to tick, places to sign.

What stands in a form is data of the domain; here are the few kinds of lines it is made of.
"""

from dataclasses import dataclass

from welfare.core.pdf.layouts.choices import Choice
from welfare.core.pdf.letterhead import Office

TEMPLATE = "documents/programme_form.html"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, or a place with its value; ``dots`` long where the value is not known."""

    words: str = ""
    value: str = ""
    dots: int = 0


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line: ``text``, ``choose``, ``write``, ``head``, ``sign`` or ``declare``."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    words: str = ""
    choices: tuple[Choice, ...] = ()
    lines: int = 0
    parts: tuple[str, ...] = ()
    right: bool = False


@dataclass(frozen=True, slots=True)
class FormOnPaper:
    """All that stands in a form. ``reference``: of which case it was printed, if any."""

    office: Office
    title: str
    legal_basis: str
    lines: tuple[FormLine, ...]
    reference: str = ""
