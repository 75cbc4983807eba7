"""Charts as SVG: lines and letters, sharp at any size and read as text.

Bars in the order given, each with its number: nothing has to be read off an axis. Shapes differ by
pattern as well as by colour, so that they hold in grey.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from welfare.core.thai.digits import on_paper

_INK, _FIRST, _SECOND, _LINE = "#1c2a28", "#0b5d54", "#c9a24b", "#999"
_FONT = 'font-family="Sarabun" font-size="{}"'


@dataclass(frozen=True, slots=True)
class Bar:
    """A label and its number."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A month (or another step) with two numbers, as came in and as closed."""

    label: str
    first: int
    second: int


def bars(given: Sequence[Bar], *, width: int = 620, label: int = 210) -> bytes:
    """Lying bars, one below the other."""
    most = max((bar.number for bar in given), default=0) or 1
    room = width - label - 60
    parts = []
    for nr, bar in enumerate(given):
        top = 4 + nr * 24
        long = room * bar.number / most
        parts.append(
            _text(label - 8, top + 14, bar.label, anchor="end")
            + f'<rect x="{label}" y="{top}" width="{long:.1f}" height="18" fill="{_FIRST}"/>'
            + _text(label + long + 6, top + 14, f"{bar.number:,}")
        )
    return _svg(width, 8 + 24 * len(given), "".join(parts))


def pairs(
    given: Sequence[Pair], names: tuple[str, str], *, width: int = 620, height: int = 230
) -> bytes:
    """Standing bars, two a step, with what the two are above them."""
    most = max((max(pair.first, pair.second) for pair in given), default=0) or 1
    foot, top = height - 26, 40
    step = (width - 20) / max(len(given), 1)
    broad = min(step * 0.36, 40)
    parts = [
        f'<rect x="10" y="6" width="12" height="12" fill="{_FIRST}"/>{_text(28, 17, names[0])}',
        f'<rect x="200" y="6.5" width="11" height="11" fill="{_SECOND}" stroke="{_INK}"/>'
        f"{_text(218, 17, names[1])}",
        f'<path d="M10 {foot}H{width - 10}" stroke="{_LINE}"/>',
    ]
    for nr, pair in enumerate(given):
        middle = 10 + step * (nr + 0.5)
        for side, number in ((-1, pair.first), (1, pair.second)):
            tall = (foot - top) * number / most
            left = middle - broad if side < 0 else middle
            paint = f'fill="{_FIRST}"' if side < 0 else f'fill="{_SECOND}" stroke="{_INK}"'
            parts.append(
                f'<rect x="{left:.1f}" y="{foot - tall:.1f}" width="{broad - 2:.1f}"'
                f' height="{tall:.1f}" {paint}/>'
                + _text(left + broad / 2, foot - tall - 4, f"{number:,}", "middle", 10)
            )
        parts.append(_text(middle, foot + 17, pair.label, "middle", 11))
    return _svg(width, height, "".join(parts))


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 12) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}"'
        f" {_FONT.format(size)}>{escape(on_paper(words))}</text>"
    )


def _svg(width: int, height: int, inside: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">{inside}</svg>'
    ).encode()
