"""The map of the registry: villages, how densely they are lived in, one house and its neighbours.

What is counted and shown is what the viewer may see in the lists. Density is told by cells, so
that nobody reads single houses off the map; houses are named around a chosen one only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, radians

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
COARSE_CELLS_PER_DEGREE = 100
MANY_VILLAGES = 60
"""From so many villages on, the cells are coarse: about 1.1 km."""
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
    """Villages of the viewer's area with their numbers, and the cells; three statements."""
    known = [
        row
        for row in db.session.execute(
            select(
                Village.village_no, Village.name_th, Village.name_en, Village.lat, Village.lng
            ).order_by(Village.village_no)
        )
        if viewer.covers(row.village_no)
    ]
    per_degree = COARSE_CELLS_PER_DEGREE if len(known) > MANY_VILLAGES else CELLS_PER_DEGREE
    fields = _fields(viewer, per_degree)
    cases = village_counts(viewer)
    villages = tuple(
        _village(
            row.village_no, row.name_th, row.name_en, row.lat, row.lng,
            fields.get(row.village_no, []), cases.get(row.village_no, 0), per_degree,
        )
        for row in known
    )  # fmt: skip
    return MapData(
        villages,
        _village(0, "", "", None, None, fields.get(0, []), cases.get(0, 0), per_degree),
        _cells([field for found in fields.values() for field in found], per_degree),
        1 / per_degree,
    )


Field = tuple[int | None, int | None, int]
"""Row and column of the grid, and the number of houses; without a place none of the two."""


def _fields(viewer: Viewer, per_degree: int) -> dict[int, list[Field]]:
    """Houses of each village by cell; village 0 is the one not known."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return {}
    row = floor_of(Household.lat * per_degree).label("row")
    column = floor_of(Household.lng * per_degree).label("column")
    found: dict[int, list[Field]] = {}
    for one in db.session.execute(
        select(Household.village_no, row, column, func.count().label("n"))
        .where(in_area(viewer))
        .group_by(Household.village_no, row, column)
    ):
        placed = one.row is not None and one.column is not None
        field = (one.row, one.column, one.n) if placed else (None, None, one.n)
        found.setdefault(one.village_no or 0, []).append(field)
    return found


def _cells(fields: Iterable[Field], per_degree: int) -> tuple[Cell, ...]:
    sums: dict[tuple[int, int], int] = {}
    for row, column, n in fields:
        if row is not None and column is not None:
            sums[row, column] = sums.get((row, column), 0) + n
    return tuple(
        Cell(row / per_degree, column / per_degree, n) for (row, column), n in sorted(sums.items())
    )


def _village(
    village_no: int,
    name_th: str,
    name_en: str,
    lat: float | None,
    lng: float | None,
    fields: list[Field],
    cases: int,
    per_degree: int,
) -> VillageOnMap:
    placed = [
        (row, column, n) for row, column, n in fields if row is not None and column is not None
    ]
    houses = sum(n for _row, _column, n in placed)
    guessed = (lat is None or lng is None) and houses > 0
    if guessed:
        lat = sum((row + 0.5) * n for row, _column, n in placed) / houses / per_degree
        lng = sum((column + 0.5) * n for _row, column, n in placed) / houses / per_degree
    return VillageOnMap(
        village_no=village_no,
        name_th=name_th,
        name_en=name_en,
        lat=lat,
        lng=lng,
        guessed=guessed,
        households=sum(n for _row, _column, n in fields),
        placed=houses,
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
