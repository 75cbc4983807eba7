"""The map of the registry: villages, how densely they are lived in, one house and its neighbours.

What is counted and shown is what the viewer may see in the lists. Density is told by cells, so
that nobody reads single houses off the map; houses are named around a chosen one only.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians
from time import monotonic

from sqlalchemy import func, select

from welfare.core.db import db, floor_of
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.models import Household, Village
from welfare.households.parts import village_counts
from welfare.households.policies import in_area
from welfare.households.queries.loading import load_household

METRES_PER_DEGREE = 111_320
"""Of latitude; of longitude times its cosine."""
CELLS_PER_DEGREE = 400
"""A cell of the grid is 1/400 of a degree: about 275 by 265 metres in Lamphun."""
MOST_CELLS = 2000
"""With more than so many cells, four become one, as often as it takes."""
COUNTED_AT_ONCE = 20_000
"""Up to so many houses with a place, the cells are counted anew for each map."""
KEPT_SECONDS = 300
NEAR_METRES = 400
MOST_NEIGHBOURS = 30


@dataclass(frozen=True, slots=True)
class VillageOnMap:
    """One village: its centre as it was entered, or the middle of its houses (``guessed``), or
    none. ``cases`` are the open ones that the viewer may see."""

    village_no: int
    name_th: str
    name_en: str
    lat: float | None
    lng: float | None
    guessed: bool
    households: int
    placed: int
    cases: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the grid by its south-west corner, with the number of houses in it."""

    south: float
    west: float
    households: int


@dataclass(frozen=True, slots=True)
class HouseOnMap:
    """A house at its place; ``metres`` from the chosen one, which has none."""

    number: str
    address: str
    lat: float
    lng: float
    metres: int = 0


@dataclass(frozen=True, slots=True)
class MapData:
    """All that the map shows; ``step``: the side of a cell in degrees."""

    villages: tuple[VillageOnMap, ...]
    elsewhere: VillageOnMap
    """Houses and cases whose village is not known."""
    cells: tuple[Cell, ...]
    step: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """The house that was asked for; without a place, the map shows the villages."""

    number: str
    address: str
    village_no: int | None
    place: HouseOnMap | None
    neighbours: tuple[HouseOnMap, ...]


def map_data(*, viewer: Viewer) -> MapData:
    """Villages of the viewer's area with their numbers, and the cells; four statements."""
    known = [
        row
        for row in db.session.execute(
            select(
                Village.village_no, Village.name_th, Village.name_en, Village.lat, Village.lng
            ).order_by(Village.village_no)
        )
        if viewer.covers(row.village_no)
    ]
    houses = _houses(viewer)
    cases = village_counts(viewer)
    villages = tuple(
        _village(
            row.village_no, row.name_th, row.name_en, row.lat, row.lng,
            houses.get(row.village_no, NO_HOUSES), cases.get(row.village_no, 0),
        )
        for row in known
    )  # fmt: skip
    elsewhere = houses.get(0, NO_HOUSES)
    fields, per_degree = _fields(viewer, sum(one.placed for one in houses.values()))
    return MapData(
        villages,
        _village(0, "", "", None, None, elsewhere, cases.get(0, 0)),
        tuple(
            Cell(row / per_degree, column / per_degree, n)
            for (row, column), n in sorted(fields.items())
        ),
        1 / per_degree,
    )


@dataclass(frozen=True, slots=True)
class _Houses:
    """The houses of a village: all, those with a place, and the middle of these."""

    all: int
    placed: int
    lat: float | None
    lng: float | None


NO_HOUSES = _Houses(0, 0, None, None)


def _houses(viewer: Viewer) -> dict[int, _Houses]:
    """Houses by village; village 0 is the one not known."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return {}
    rows = db.session.execute(
        select(
            Household.village_no,
            func.count(),
            func.count(Household.lat),
            func.avg(Household.lat),
            func.avg(Household.lng),
        )
        .where(in_area(viewer))
        .group_by(Household.village_no)
    )
    return {village_no or 0: _Houses(*found) for village_no, *found in rows}


Fields = dict[tuple[int, int], int]
"""Houses by row and column of the grid."""


def _fields(viewer: Viewer, placed: int) -> tuple[Fields, int]:
    """The grid and how many cells it has to a degree. Of a large registry it is kept for some
    minutes: half a second of counting says nothing new of how densely a place is lived in."""
    if not placed:
        return {}, CELLS_PER_DEGREE
    if placed <= COUNTED_AT_ONCE:
        return _counted(viewer)
    key = (str(db.engine.url), viewer.villages)
    found = _kept.get(key)
    if found is None or monotonic() > found[0]:
        found = (monotonic() + KEPT_SECONDS, _counted(viewer))
        _kept[key] = found
    return found[1]


_kept: dict[tuple[str, frozenset[int] | None], tuple[float, tuple[Fields, int]]] = {}


def _counted(viewer: Viewer) -> tuple[Fields, int]:
    row = floor_of(Household.lat * CELLS_PER_DEGREE).label("row")
    column = floor_of(Household.lng * CELLS_PER_DEGREE).label("column")
    rows = db.session.execute(
        select(row, column, func.count())
        .where(Household.lat.is_not(None), Household.lng.is_not(None), in_area(viewer))
        .group_by(row, column)
    )
    fields: Fields = {(one[0], one[1]): one[2] for one in rows}
    per_degree = CELLS_PER_DEGREE
    while len(fields) > MOST_CELLS:
        per_degree //= 2
        wider: Fields = {}
        for (north, east), n in fields.items():
            wider[north // 2, east // 2] = wider.get((north // 2, east // 2), 0) + n
        fields = wider
    return fields, per_degree


def _village(
    village_no: int,
    name_th: str,
    name_en: str,
    lat: float | None,
    lng: float | None,
    houses: _Houses,
    cases: int,
) -> VillageOnMap:
    guessed = (lat is None or lng is None) and houses.placed > 0
    return VillageOnMap(
        village_no=village_no,
        name_th=name_th,
        name_en=name_en,
        lat=houses.lat if guessed else lat,
        lng=houses.lng if guessed else lng,
        guessed=guessed,
        households=houses.all,
        placed=houses.placed,
        cases=cases,
    )


def chosen_house(number: str, *, viewer: Viewer) -> Chosen:
    """A house of the viewer's area (``NotFound`` otherwise) with those around it."""
    house = load_household(number, viewer=viewer)
    address = labels.address(house.house_no, house.village_no, house.lane, house.road)
    if house.lat is None or house.lng is None:
        return Chosen(house.number, address, house.village_no, None, ())
    place = HouseOnMap(house.number, address, house.lat, house.lng)
    return Chosen(house.number, address, house.village_no, place, tuple(_around(place, viewer)))


def metres_between(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """The distance of two near places, in metres."""
    return METRES_PER_DEGREE * hypot(lat2 - lat1, (lng2 - lng1) * cos(radians(lat1)))


def _around(place: HouseOnMap, viewer: Viewer) -> list[HouseOnMap]:
    up = NEAR_METRES / METRES_PER_DEGREE
    aside = up / cos(radians(place.lat))
    off = func.abs(Household.lat - place.lat) + func.abs(Household.lng - place.lng)
    rows = db.session.execute(
        select(
            Household.number, Household.house_no, Household.village_no, Household.lane,
            Household.road, Household.lat, Household.lng,
        )
        .where(
            Household.lat.between(place.lat - up, place.lat + up),
            Household.lng.between(place.lng - aside, place.lng + aside),
            Household.number != place.number,
            in_area(viewer),
        )
        .order_by(off, Household.id)
        .limit(MOST_NEIGHBOURS)
    )  # fmt: skip
    found = [
        HouseOnMap(
            row.number,
            labels.address(row.house_no, row.village_no, row.lane, row.road),
            row.lat,
            row.lng,
            round(metres_between(place.lat, place.lng, row.lat, row.lng)),
        )
        for row in rows
    ]
    return sorted((one for one in found if one.metres <= NEAR_METRES), key=lambda one: one.metres)
