"""The drawn map: scale, order, and discs that do not cover one another."""

from __future__ import annotations

from itertools import combinations
from math import hypot
from typing import Any
from xml.etree import ElementTree

import pytest

from welfare.households.queries.bounds import bounds_of
from welfare.households.queries.grid import widened
from welfare.households.queries.map import (
    Cell,
    Chosen,
    HouseOnMap,
    MapData,
    VillageOnMap,
    metres_between,
)
from welfare.households.queries.map_svg import (
    APART,
    WIDTH,
    chosen_svg,
    classes_in_words,
    frame_of,
    moved_apart,
    shade,
    villages_svg,
)

SVG = "{http://www.w3.org/2000/svg}"


def village(no: int, lat: float | None, lng: float | None, **more: Any) -> VillageOnMap:
    values: dict[str, Any] = {
        "village_no": no, "name_th": f"หมู่ที่ {no}", "name_en": "", "lat": lat, "lng": lng,
        "guessed": False, "households": 10, "placed": 10, "cases": 2,
    }  # fmt: skip
    return VillageOnMap(**(values | more))


def data(*villages: VillageOnMap, cells: tuple[Cell, ...] = ()) -> MapData:
    return MapData(villages, village(0, None, None, households=0, cases=0), cells, 1 / 400)


def test_nothing_with_a_place_gives_no_picture() -> None:
    assert villages_svg(data(village(1, None, None))) == ""
    assert chosen_svg(Chosen("H-000001-3", "1", 1, None, ())) == ""


def test_north_is_up_and_east_is_right() -> None:
    frame = frame_of([(18.60, 99.00), (18.70, 99.10)])
    assert frame is not None
    south_west, north_east = frame.at(18.60, 99.00), frame.at(18.70, 99.10)
    assert north_east[0] > south_west[0]
    assert north_east[1] < south_west[1]
    assert frame.holds(*south_west)
    assert frame.holds(*north_east)


def test_as_long_to_the_north_as_to_the_east() -> None:
    frame = frame_of([(18.60, 99.00), (18.70, 99.10)])
    assert frame is not None
    middle, north, east = frame.at(18.65, 99.05), frame.at(18.66, 99.05), frame.at(18.65, 99.06)
    metres_up = metres_between(18.65, 99.05, 18.66, 99.05)
    metres_aside = metres_between(18.65, 99.05, 18.65, 99.06)
    up = (middle[1] - north[1]) / metres_up
    aside = (east[0] - middle[0]) / metres_aside
    assert up == pytest.approx(aside, rel=0.01)


def test_a_single_place_has_a_frame_too() -> None:
    frame = frame_of([(18.65, 99.05)])
    assert frame is not None
    assert frame.at(18.65, 99.05)[0] == pytest.approx(WIDTH / 2)


def test_discs_are_moved_apart() -> None:
    frame = frame_of([(18.60, 99.00), (18.70, 99.10)])
    assert frame is not None
    moved = moved_apart([(200, 200), (201, 200), (203, 199), (200, 200)], frame)
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(moved, 2)) > APART - 3


def test_a_village_says_its_numbers_and_leads_to_its_line() -> None:
    picture = ElementTree.fromstring(
        str(villages_svg(data(village(3, 18.65, 99.04, households=41, cases=7))))
    )
    [link] = list(picture.iter(f"{SVG}a"))
    assert link.get("href") == "#village-3"
    assert "41" in link.get("aria-label", "")
    assert "7" in link.get("aria-label", "")


def test_a_cell_at_the_other_end_of_the_world_is_left_out() -> None:
    bounds = bounds_of([(18.65, 99.04)], 5)
    near = {(1, 7460, 39616): 5}
    assert widened(near | {(1, 0, 0): 1}, bounds) == widened(near, bounds)
    assert widened(near | {(1, 0, 0): 1}, None) != widened(near, None)


def test_shades_follow_the_legend() -> None:
    assert shade(1) != shade(5) != shade(15) != shade(40)
    assert shade(4) == shade(1)
    assert [words for _colour, words in classes_in_words()][:2] == ["1–4", "5–14"]


def test_neighbours_lead_to_their_pages_and_addresses_are_escaped() -> None:
    chosen = Chosen(
        "H-000001-3", "1 <b>", 1, HouseOnMap("H-000001-3", "1 <b>", 18.65, 99.04),
        (HouseOnMap("H-000002-1", "<i>", 18.651, 99.041, 150),),
    )  # fmt: skip
    made = str(chosen_svg(chosen))
    assert "/desk/households/H-000002-1" in made
    assert "<i>" not in made
