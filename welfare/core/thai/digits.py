"""Thai and Arabic digits."""

import re

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"

_WORD = re.compile("[0-9A-Za-z][0-9A-Za-z./@:_?=%+~-]*")
_LATIN = re.compile("[A-WYZa-wyz]")
"""An x stands for a digit that is covered (x-xxxx-xxxxx-67-1)."""
_TO_ARABIC = str.maketrans(THAI, ARABIC)
_TO_THAI = str.maketrans(ARABIC, THAI)


def whole(text: str, *, digits: int = 9) -> int | None:
    """A number of at most so many plain digits; ``None`` for everything else that a form or an
    address may hold: signs, spaces, other scripts' digits, more than a database column takes."""
    fits = len(text) <= digits and text.isascii() and text.isdecimal()
    return int(text) if fits else None


def to_arabic(text: str) -> str:
    """The same text with Thai digits written as Arabic ones (๒๕๖๙ becomes 2569)."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """The same text with Arabic digits written as Thai ones, as official letters have them."""
    return text.translate(_TO_THAI)


def on_paper(text: str) -> str:
    """The same text with the numerals of a Thai paper: Thai ones, but for what is typed as it
    stands and has a Latin letter in it (UM70-000123-7, an address of the web or of mail, A4)."""
    return _WORD.sub(_word_on_paper, text)


def _word_on_paper(match: re.Match[str]) -> str:
    return match[0] if _LATIN.search(match[0]) else to_thai(match[0])
