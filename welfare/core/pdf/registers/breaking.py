"""Lines broken beforehand: how wide a text is, and where it may be cut.

Widths are the font's own (its `hmtx` table), a little more for safety; marks above and below have
none. Cut is at spaces, else between words as a dictionary knows them, and inside a word only where
the word alone is wider than its column, never inside a cluster of letter, vowel and tone.
"""

import io
from collections.abc import Iterable
from functools import lru_cache

from fontTools.ttLib import TTFont

from welfare.core.pdf.assets import asset
from welfare.core.pdf.letters import printable

_SAFETY = 1.02
_MM_PER_POINT = 25.4 / 72


class Ruler:
    """Measures text in one of our fonts at one size."""

    def __init__(self, font: str, points: float) -> None:
        self._widths, per_em = _widths(font)
        self._scale = points * _MM_PER_POINT / per_em * _SAFETY

    def width(self, text: str) -> float:
        """Millimetres."""
        return sum(self._widths.get(sign, 0) for sign in text) * self._scale

    def lines(self, text: str, width: float) -> tuple[str, ...]:
        """The text in lines no wider than `width` millimetres; none for an empty text."""
        made: list[str] = []
        for line in printable(text).splitlines():
            made.extend(self._broken(line.split(), " ", width))
        return tuple(made)

    def _broken(self, parts: Iterable[str], between: str, width: float) -> list[str]:
        lines: list[str] = []
        for part in parts:
            joined = f"{lines[-1]}{between}{part}" if lines else part
            if lines and self.width(joined) <= width:
                lines[-1] = joined
            elif self.width(part) <= width:
                lines.append(part)
            else:
                lines.extend(self._cut(part, width))
        return lines

    def _cut(self, part: str, width: float) -> list[str]:
        words = _words(part)
        if len(words) > 1:
            return self._broken(words, "", width)
        clusters = _clusters(part)
        if len(clusters) > 1:
            return self._broken(clusters, "", width)
        return [part]


@lru_cache(maxsize=4)
def _widths(font: str) -> tuple[dict[str, int], int]:
    face = TTFont(io.BytesIO(asset(font)))
    advances = face["hmtx"]
    known = face.getBestCmap()
    return (
        {chr(code): advances[name][0] for code, name in known.items()},
        face["head"].unitsPerEm,
    )


@lru_cache(maxsize=4096)
def _words(part: str) -> tuple[str, ...]:
    from pythainlp.tokenize import word_tokenize

    return tuple(word_tokenize(part, engine="newmm", keep_whitespace=False))


def _clusters(part: str) -> tuple[str, ...]:
    from pythainlp.tokenize import subword_tokenize

    return tuple(subword_tokenize(part, engine="tcc"))
