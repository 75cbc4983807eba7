"""Signs that the papers' typeface does not have: named in brackets, so that none is lost.

Sarabun has Thai, Latin and what goes with them. For anything else the page would show an empty box,
or a letter of whatever font the machine happens to have, and PDF/A allows neither. A picture sign
prints as its name (`[grinning face]`), a letter of a script we do not have as its number
(`[U+4E2D]`); what has no shape at all (joiners, marks of direction) is left out.
"""

import io
import re
import unicodedata
from functools import lru_cache

from fontTools.ttLib import TTFont

from welfare.core.pdf.assets import asset

FONTS = ("sarabun-regular.ttf", "sarabun-bold.ttf")
"""The full fonts all papers are set in, one a style."""

_SPACES = "\t\n\r"
_SHAPELESS = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Zl", "Zp")


def printable(html: str) -> str:
    """`html` with only such signs as the typeface has."""
    return _strangers().sub(_named, html)


@lru_cache(maxsize=1)
def _strangers() -> re.Pattern[str]:
    """What neither weight has a shape for."""
    known = set.intersection(*(_signs(name) for name in FONTS)) | {ord(sign) for sign in _SPACES}
    return re.compile("[^" + "".join(_ranges(sorted(known))) + "]")


def _signs(name: str) -> set[int]:
    return set(TTFont(io.BytesIO(asset(name)), lazy=True).getBestCmap())


def _ranges(codes: list[int]) -> list[str]:
    """The codes as the inside of a character class."""
    made: list[str] = []
    first = last = codes[0]
    for code in [*codes[1:], -1]:
        if code == last + 1:
            last = code
            continue
        made.append(f"{re.escape(chr(first))}-{re.escape(chr(last))}")
        first = last = code
    return made


def _named(found: re.Match[str]) -> str:
    sign = found[0]
    kind = unicodedata.category(sign)
    if kind in _SHAPELESS:
        return ""
    if kind.startswith("Z"):
        return " "
    if kind.startswith("S") and (name := unicodedata.name(sign, "")):
        return f"[{name.lower()}]"
    return f"[U+{ord(sign):04X}]"
