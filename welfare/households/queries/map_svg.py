"""The map drawn on the server: it needs neither script nor anybody else's pictures.

North is up. Villages are numbered discs with houses and open cases beneath; the shade of a cell
says how many houses stand in it. Around a chosen house, its neighbours are dots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from markupsafe import Markup, escape

from welfare.core.i18n import gettext as _
from welfare.households.queries.bounds import METRES_PER_DEGREE
from welfare.households.queries.map import (
    Cell,
    Chosen,
    MapData,
    VillageOnMap,
)

WIDTH, TALLEST, FLATTEST, EDGE = 480.0, 560.0, 260.0, 34.0
"""Measures of the drawing in its own units."""
APART = 46.0
"""Discs closer than this are moved apart, with a line to their place."""
CLASSES = ((1, "#dcebe6"), (5, "#b4d6cb"), (15, "#7fb8a8"), (40, "#3f8b7b"))
"""From so many houses in a cell, the shade."""
INK, TEAL, GOLD = "#1c2a28", "#0b5d54", "#b8860b"
SCALES = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn: degrees to units, north up."""

    north: float
    west: float
    per_lat: float
    per_lng: float
    height: float

    def at(self, lat: float, lng: float) -> tuple[float, float]:
        """Where a place lies in the drawing."""
        return (
            EDGE + (lng - self.west) * self.per_lng,
            EDGE + (self.north - lat) * self.per_lat,
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the drawing."""
        return 0 <= x <= WIDTH and 0 <= y <= self.height


def frame_of(places: Sequence[tuple[float, float]], least_metres: float = 600) -> Frame | None:
    """The smallest frame that shows these places and so many metres; ``None`` for no place."""
    if not places:
        return None
    lats, lngs = [lat for lat, _lng in places], [lng for _lat, lng in places]
    middle_lat, middle_lng = (min(lats) + max(lats)) / 2, (min(lngs) + max(lngs)) / 2
    narrow = cos(radians(middle_lat))
    least = least_metres / METRES_PER_DEGREE
    up = max(max(lats) - min(lats), least)
    aside = max((max(lngs) - min(lngs)) * narrow, least)
    inner = WIDTH - 2 * EDGE
    scale = min(inner / aside, (TALLEST - 2 * EDGE) / up)
    height = min(max(up * scale + 2 * EDGE, FLATTEST), TALLEST)
    return Frame(
        north=middle_lat + (height / 2 - EDGE) / scale,
        west=middle_lng - inner / 2 / scale / narrow,
        per_lat=scale,
        per_lng=scale * narrow,
        height=height,
    )


def shade(households: int) -> str:
    """The colour of a cell with so many houses."""
    return next(colour for least, colour in reversed(CLASSES) if households >= least)


def classes_in_words() -> list[tuple[str, str]]:
    """The legend: colour and how many houses it stands for."""
    limits = [*(least for least, _colour in CLASSES[1:]), 0]
    return [
        (colour, f"{least}–{limit - 1}" if limit else _("%(n)s and more", n=least))
        for (least, colour), limit in zip(CLASSES, limits, strict=True)
    ]


def villages_svg(data: MapData) -> Markup:
    """The whole area; empty where no village and no house has a place."""
    centres = [
        (one.lat, one.lng) for one in data.villages if one.lat is not None and one.lng is not None
    ]
    cells = data.cells
    corners = [
        corner
        for cell in cells
        for corner in (
            (cell.south, cell.west),
            (cell.south + data.step, cell.west + data.step),
        )
    ]
    frame = frame_of([*centres, *corners])
    if frame is None:
        return Markup("")
    drawn = [_cell(cell, data.step, frame) for cell in cells]
    drawn += _discs([one for one in data.villages if one.lat is not None], frame)
    said = _("Villages with their households and open cases; the list below says the same.")
    return _svg(drawn, frame, said)


def chosen_svg(chosen: Chosen) -> Markup:
    """The chosen house with those around it; empty where it has no place."""
    if chosen.place is None:
        return Markup("")
    place = chosen.place
    frame = frame_of([(place.lat, place.lng), *((one.lat, one.lng) for one in chosen.neighbours)])
    if frame is None:
        return Markup("")
    drawn = []
    for one in chosen.neighbours:
        x, y = frame.at(one.lat, one.lng)
        drawn.append(
            f'<a href="/desk/households/{escape(one.number)}"><title>{escape(one.address)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#fff" stroke="{TEAL}" '
            f'stroke-width="2.5"/></a>'
        )
    drawn += _house_names(chosen, frame)
    x, y = frame.at(place.lat, place.lng)
    drawn.append(
        f'<path d="M0-15 4.4-5 15-4.6 6.6 2.3 9.6 13 0 7-9.6 13-6.6 2.3-15-4.6-4.4-5Z" '
        f'transform="translate({x:.1f} {y:.1f})" fill="{GOLD}" stroke="#fff" stroke-width="2"/>'
    )
    said = _("The chosen house (star) and the houses around it; the list below says the same.")
    return _svg(drawn, frame, said)


def _house_names(chosen: Chosen, frame: Frame) -> list[str]:
    """House numbers beside the dots, as far as they do not cover one another."""
    taken: list[tuple[float, float]] = []
    drawn = []
    for one in ([chosen.place] if chosen.place else []) + list(chosen.neighbours):
        x, y = frame.at(one.lat, one.lng)
        if any(abs(x - other[0]) < 54 and abs(y - other[1]) < 16 for other in taken):
            continue
        taken.append((x, y))
        lead = one is chosen.place
        drawn.append(_text(x, y - (18 if lead else 11), 13, one.address.split(" ")[0], bold=lead))
    return drawn


def _cell(cell: Cell, step: float, frame: Frame) -> str:
    x, y = frame.at(cell.south + step, cell.west)
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * frame.per_lng:.1f}" '
        f'height="{step * frame.per_lat:.1f}" fill="{shade(cell.households)}"/>'
    )


def _discs(villages: Sequence[VillageOnMap], frame: Frame) -> list[str]:
    true = [frame.at(one.lat or 0.0, one.lng or 0.0) for one in villages]
    drawn: list[str] = []
    discs: list[str] = []
    for one, (x, y), (px, py) in zip(villages, moved_apart(true, frame), true, strict=True):
        if hypot(x - px, y - py) > 6:
            drawn.append(
                f'<line x1="{px:.1f}" y1="{py:.1f}" x2="{x:.1f}" y2="{y:.1f}" stroke="{INK}" '
                f'stroke-width="1"/><circle cx="{px:.1f}" cy="{py:.1f}" r="2.5" fill="{INK}"/>'
            )
        said = _(
            "Village %(no)s: %(houses)s households, %(cases)s open cases",
            no=one.village_no, houses=one.households, cases=one.cases,
        )  # fmt: skip
        discs.append(
            f'<a href="#village-{one.village_no}" aria-label="{escape(said)}">'
            f"<title>{escape(said)}</title>"
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="15" fill="{TEAL}" stroke="#fff" '
            f'stroke-width="2"/>'
            f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="15" font-weight="600" '
            f'text-anchor="middle" fill="#fff">{one.village_no}</text>'
            f"{_text(x, y + 28, 13, f'{one.households} · {one.cases}', bold=True)}</a>"
        )
    return drawn + discs


def moved_apart(points: Sequence[tuple[float, float]], frame: Frame) -> list[tuple[float, float]]:
    """The points, those too close to one another pushed apart within the frame."""
    moved = [list(point) for point in points]
    for _turn in range(40):
        still = True
        for i, one in enumerate(moved):
            for other in moved[i + 1 :]:
                dx, dy = other[0] - one[0], other[1] - one[1]
                apart = hypot(dx, dy)
                if apart >= APART:
                    continue
                still = False
                push = (APART - apart) / 2 + 0.1
                ux, uy = (dx / apart, dy / apart) if apart > 0.01 else (0.7, 0.7)
                one[0], one[1] = one[0] - ux * push, one[1] - uy * push
                other[0], other[1] = other[0] + ux * push, other[1] + uy * push
        for one in moved:
            one[0] = min(max(one[0], 20.0), WIDTH - 20)
            one[1] = min(max(one[1], 18.0), frame.height - 34)
        if still:
            break
    return [(one[0], one[1]) for one in moved]


def _text(x: float, y: float, size: float, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="middle" fill="{INK}" '
        f'stroke="#fff" stroke-width="3.5" paint-order="stroke"{weight}>{escape(words)}</text>'
    )


def _scale(frame: Frame) -> str:
    """A bar of a round length, at the lower left."""
    per_metre = frame.per_lat / METRES_PER_DEGREE
    metres = max((one for one in SCALES if one * per_metre <= WIDTH / 3), default=SCALES[0])
    words = _("%(n)s km", n=metres // 1000) if metres >= 1000 else _("%(n)s m", n=metres)
    y, long = frame.height - 12, metres * per_metre
    return (
        f'<path d="M14 {y - 5:.1f}v5h{long:.1f}v-5" fill="none" stroke="{INK}" stroke-width="2"/>'
        f"{_text(14 + long / 2, y - 7, 12, words)}"
    )


def _svg(drawn: Iterable[str], frame: Frame, said: str) -> Markup:
    north = f'<path d="M0-13 7 8 0 3-7 8Z" transform="translate({WIDTH - 20} 24)" fill="{INK}"/>'
    made = (
        f'<svg class="map-picture" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'aria-label="{escape(said)}" viewBox="0 0 {WIDTH:g} {frame.height:.0f}" '
        f'width="{WIDTH:g}" height="{frame.height:.0f}" font-family="Sarabun, sans-serif">'
        f'<rect width="{WIDTH:g}" height="{frame.height:.0f}" fill="#f7f5ee"/>'
        f"{''.join(drawn)}{_scale(frame)}{north}</svg>"
    )
    return Markup(made)  # noqa: S704 - of numbers and escaped words
