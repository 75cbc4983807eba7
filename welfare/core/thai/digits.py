"""Thai and Arabic digits."""

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"

_TO_ARABIC = str.maketrans(THAI, ARABIC)
_TO_THAI = str.maketrans(ARABIC, THAI)


def to_arabic(text: str) -> str:
    """The same text with Thai digits written as Arabic ones (๒๕๖๙ becomes 2569)."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """The same text with Arabic digits written as Thai ones, as official letters have them."""
    return text.translate(_TO_THAI)
