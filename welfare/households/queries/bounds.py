"""Where the villages lie, and which places are so far from them that they look like a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from statistics import median

from sqlalchemy import ColumnElement, func, not_, select

from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households import labels
from welfare.households.models import Household
from welfare.households.policies import in_area

METRES_PER_DEGREE = 111_320
"""Of latitude; of longitude times its cosine."""
MOST_FAR = 20
STRAY = 6
"""A centre so many times farther from the middle than the others are is not believed itself."""

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The rectangle of the villages, widened by the distance that is still believed."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, lat: float, lng: float) -> bool:
        """Whether a place lies within."""
        return self.south <= lat <= self.north and self.west <= lng <= self.east

    def kilometres_to(self, lat: float, lng: float) -> float:
        """How far outside a place lies; 0 within."""
        up = max(self.south - lat, lat - self.north, 0.0)
        aside = max(self.west - lng, lng - self.east, 0.0) * cos(radians(self.south))
        return METRES_PER_DEGREE / 1000 * float((up**2 + aside**2) ** 0.5)

    def beyond(self) -> ColumnElement[bool]:
        """Houses that lie outside, as a condition."""
        return not_(
            Household.lat.between(self.south, self.north)
            & Household.lng.between(self.west, self.east)
        )


@dataclass(frozen=True, slots=True)
class FarHouse:
    """A house whose place lies far from all villages."""

    number: str
    address: str
    lat: float
    lng: float


@dataclass(frozen=True, slots=True)
class FarHouses:
    """The first of them, and how many there are."""

    all: int = 0
    houses: tuple[FarHouse, ...] = ()


NO_FAR_HOUSES = FarHouses()


def bounds_of(centres: Iterable[Place], km: float) -> Bounds | None:
    """The rectangle around the centres and so many kilometres; ``None`` for no centre."""
    places = believed(list(centres), km)
    if not places:
        return None
    lats, lngs = [lat for lat, _lng in places], [lng for _lat, lng in places]
    up = km * 1000 / METRES_PER_DEGREE
    aside = up / max(cos(radians(median(lats))), 0.01)
    return Bounds(min(lats) - up, max(lats) + up, min(lngs) - aside, max(lngs) + aside)


def believed(places: Sequence[Place], km: float) -> list[Place]:
    """Without those centres that lie absurdly far from the others."""
    if len(places) < 3:
        return list(places)
    lat, lng = median(one[0] for one in places), median(one[1] for one in places)
    off = [max(abs(one[0] - lat), abs(one[1] - lng)) for one in places]
    limit = max(STRAY * median(off), 3 * km * 1000 / METRES_PER_DEGREE)
    return [one for one, away in zip(places, off, strict=True) if away <= limit]


def far_houses(bounds: Bounds | None, *, viewer: Viewer) -> FarHouses:
    """Houses of the viewer's area outside these bounds."""
    if bounds is None:
        return FarHouses()
    rows = db.session.execute(
        select(
            Household.number, Household.house_no, Household.village_no, Household.lane,
            Household.road, Household.lat, Household.lng, func.count().over().label("n"),
        )
        .where(
            Household.lat.is_not(None), Household.lng.is_not(None), bounds.beyond(),
            in_area(viewer),
        )
        .order_by(Household.village_no, Household.id)
        .limit(MOST_FAR)
    ).all()  # fmt: skip
    houses = tuple(
        FarHouse(
            row.number,
            labels.address(row.house_no, row.village_no, row.lane, row.road),
            row.lat,
            row.lng,
        )
        for row in rows
    )
    return FarHouses(rows[0].n if rows else 0, houses)
