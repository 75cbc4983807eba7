"""Makes the text inside our PDFs say what the page shows, in Thai.

The text shaper splits ำ into ํ and า. WeasyPrint then notes, for each glyph, whichever letters it
stood for the first time it was drawn: the า of ตำบล is noted as nothing, or as ำ, and from then on
every า of the paper reads so. The page looks right; searching, copying and reading aloud are wrong
(Kozea/WeasyPrint #2841). Here each Thai glyph is noted by the letter it draws, as the font's own
character map and its glyph names (`uni0E48.small`) say, no matter what comes first.

It leans on WeasyPrint's inside, so it is tied to one version and has a regression test.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b

import weasyprint
import weasyprint.pdf.stream
from fontTools import agl
from fontTools.ttLib import TTFont
from weasyprint.pdf.fonts import Font

WEASYPRINT_VERSION = "70.0"
"""The only version this was tried with."""

_SARA_AM = 0x0E33
_THAI = range(0x0E01, 0x0E5C)
_SPLIT_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\u0e32")

_letters_by_font: dict[tuple[bytes, int], dict[int, str]] = {}
_suspended: ContextVar[bool] = ContextVar("thai_text_layer_suspended", default=False)


class UntriedVersion(RuntimeError):
    """WeasyPrint is of a version whose inside this repair was not tried with."""


class GlyphLetters(dict[int, str]):
    """Letters by glyph, where a Thai glyph always keeps the letter it draws."""

    def __init__(self, known: dict[int, str]) -> None:
        super().__init__()
        self._known = known

    def __setitem__(self, glyph: int, letters: str) -> None:
        super().__setitem__(glyph, self._known.get(glyph, letters))


class ThaiFont(Font):  # type: ignore[misc]
    """WeasyPrint's font with a truthful text layer for Thai."""

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        if not _suspended.get():
            self.to_unicode = GlyphLetters(_thai_letters(self.file_content, self.index))


def install() -> None:
    """Put the repair in place, once a process; `UntriedVersion` when WeasyPrint has moved on."""
    if weasyprint.__version__ != WEASYPRINT_VERSION:
        raise UntriedVersion(f"WeasyPrint {weasyprint.__version__}, not {WEASYPRINT_VERSION}")
    weasyprint.pdf.stream.Font = ThaiFont


@contextmanager
def suspended() -> Iterator[None]:
    """Draw as WeasyPrint alone would: for measuring against it, and for the regression test."""
    token = _suspended.set(True)
    try:
        yield
    finally:
        _suspended.reset(token)


def compose_sara_am(text: str) -> str:
    """Text taken out of a PDF with ํ and า put together again (น + ํ + ้ + า becomes น้ำ)."""
    return _SPLIT_SARA_AM.sub("\\1\\2\u0e33", text)


def _thai_letters(content: bytes, index: int) -> dict[int, str]:
    """Letters by Thai glyph of one font file, read once in the life of the process."""
    key = (blake2b(content, digest_size=16).digest(), index)
    if key not in _letters_by_font:
        _letters_by_font[key] = _read_letters(content, index)
    return _letters_by_font[key]


def _read_letters(content: bytes, index: int) -> dict[int, str]:
    font = TTFont(io.BytesIO(content), fontNumber=index, lazy=True)
    letters: dict[int, str] = {}
    for name in font.getGlyphOrder():
        drawn = agl.toUnicode(name) or agl.toUnicode(name.lower())
        if drawn and all(ord(letter) in _THAI and ord(letter) != _SARA_AM for letter in drawn):
            letters[font.getGlyphID(name)] = drawn
    for code, name in (font.getBestCmap() or {}).items():
        if code in _THAI and code != _SARA_AM:
            letters[font.getGlyphID(name)] = chr(code)
    return letters
