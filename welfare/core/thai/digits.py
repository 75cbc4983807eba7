"""Thai and Arabic digits."""

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"

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
