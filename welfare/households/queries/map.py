"""The map of the registry: villages, how densely they are lived in, one house and its neighbours.

What is counted and shown is what the viewer may see in the lists. Density is told by cells, so
that nobody reads single houses off the map; houses are named around a chosen one only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, radians

from sqlalchemy import func, select

from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households import labels
from welfare.households.models import Household, Village
from welfare.households.parts import village_counts
from welfare.households.policies import in_area
from welfare.households.queries.bounds import (
    METRES_PER_DEGREE,
    NO_FAR_HOUSES,
    Bounds,
    FarHouses,
    bounds_of,
    far_houses,
)
from welfare.households.queries.grid import fields_of, middles, widened
from welfare.households.queries.loading import load_household

NEAR_METRES = 400
MOST_NEIGHBOURS = 30


@dataclass(frozen=True, slots=True)
class VillageOnMap:
    """One village: its centre as it was entered, or the middle of its houses (``guessed``), or
    none. ``stray``: its centre lies far from all others and is not drawn. ``cases`` are the open
    ones that the viewer may see."""

    village_no: int
    name_th: str
    name_en: str
    lat: float | None
    lng: float | None
    guessed: bool
    households: int
    placed: int
    cases: int
    stray: bool = False


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
    """All that the map shows; ``step``: the side of a cell in degrees. Cells far from the villages
    are left out; ``far`` names their houses."""

    villages: tuple[VillageOnMap, ...]
    elsewhere: VillageOnMap
    """Houses and cases whose village is not known."""
    cells: tuple[Cell, ...]
    step: float
    far: FarHouses = NO_FAR_HOUSES


@dataclass(frozen=True, slots=True)
class Chosen:
    """The house that was asked for; without a place, the map shows the villages."""

    number: str
    address: str
    village_no: int | None
    place: HouseOnMap | None
    neighbours: tuple[HouseOnMap, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a place is asked about: how far it is, and whether it fits the other way round."""

    km: int
    turned: bool


def map_data(*, viewer: Viewer, far_km: float) -> MapData:
    """Villages of the viewer's area with their numbers, and the cells; five statements.

    ``far_km``: so far outside the villages a place is taken for a slip and listed, not drawn.
    """
    known = db.session.execute(
        select(
            Village.village_no, Village.name_th, Village.name_en, Village.lat, Village.lng
        ).order_by(Village.village_no)
    ).all()
    houses = _houses(viewer)
    fields = fields_of(viewer, sum(one.placed for one in houses.values()))
    guesses = middles(fields, far_km)
    cases = village_counts(viewer)
    villages = tuple(
        _village(
            row.village_no, row.name_th, row.name_en, row.lat, row.lng,
            houses.get(row.village_no, NO_HOUSES), guesses.get(row.village_no),
            cases.get(row.village_no, 0),
        )
        for row in known
    )  # fmt: skip
    bounds = bounds_of(
        [(one.lat, one.lng) for one in villages if one.lat is not None and one.lng is not None]
        or list(guesses.values()),
        far_km,
    )
    villages = tuple(_drawn(one, bounds) for one in villages if viewer.covers(one.village_no))
    cells, per_degree = widened(fields, bounds)
    return MapData(
        villages,
        _village(0, "", "", None, None, houses.get(0, NO_HOUSES), None, cases.get(0, 0)),
        tuple(
            Cell(row / per_degree, column / per_degree, n)
            for (row, column), n in sorted(cells.items())
        ),
        1 / per_degree,
        far_houses(bounds, viewer=viewer),
    )


def doubted_place(
    lat: float | None, lng: float | None, *, viewer: Viewer, far_km: float
) -> Doubt | None:
    """Whether a place should be asked about before it is kept; ``None`` where it lies among the
    villages, where nothing is known of these, and where there is no place."""
    if lat is None or lng is None:
        return None
    return doubt_of(lat, lng, village_bounds(viewer, far_km), far_km)


def doubt_of(lat: float, lng: float, bounds: Bounds | None, far_km: float) -> Doubt | None:
    """The same for one of many places, within bounds that were asked for once."""
    if bounds is None or bounds.holds(lat, lng):
        return None
    return Doubt(round(bounds.kilometres_to(lat, lng) + far_km), bounds.holds(lng, lat))


def village_bounds(viewer: Viewer, far_km: float) -> Bounds | None:
    """Around the centres that the office entered; without any, around the viewer's houses."""
    rows = db.session.execute(
        select(Village.lat, Village.lng).where(Village.lat.is_not(None), Village.lng.is_not(None))
    )
    centres = [(row.lat, row.lng) for row in rows]
    if not centres:
        placed = sum(one.placed for one in _houses(viewer).values())
        centres = list(middles(fields_of(viewer, placed), far_km).values())
    return bounds_of(centres, far_km)


@dataclass(frozen=True, slots=True)
class _Houses:
    """The houses of a village: all, and those with a place."""

    all: int
    placed: int


NO_HOUSES = _Houses(0, 0)


def _houses(viewer: Viewer) -> dict[int, _Houses]:
    """Houses by village; village 0 is the one not known."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return {}
    rows = db.session.execute(
        select(
            Household.village_no,
            func.count(),
            func.count(Household.lat),
        )
        .where(in_area(viewer))
        .group_by(Household.village_no)
    )
    return {village_no or 0: _Houses(*found) for village_no, *found in rows}


def _village(
    village_no: int,
    name_th: str,
    name_en: str,
    lat: float | None,
    lng: float | None,
    houses: _Houses,
    middle: tuple[float, float] | None,
    cases: int,
) -> VillageOnMap:
    guessed = (lat is None or lng is None) and middle is not None
    if middle is not None and guessed:
        lat, lng = middle
    return VillageOnMap(
        village_no=village_no,
        name_th=name_th,
        name_en=name_en,
        lat=lat,
        lng=lng,
        guessed=guessed,
        households=houses.all,
        placed=houses.placed,
        cases=cases,
    )


def _drawn(village: VillageOnMap, bounds: Bounds | None) -> VillageOnMap:
    if village.lat is None or village.lng is None or bounds is None:
        return village
    if bounds.holds(village.lat, village.lng):
        return village
    return replace(village, lat=None, lng=None, guessed=False, stray=True)


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
