"""What is asked of a day, and the answer. Times are minutes since midnight, ways are metres."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

EARTH_METRES = 6_371_000


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the ground, in degrees (WGS 84)."""

    lat: float
    lng: float


@dataclass(frozen=True, slots=True)
class Ground:
    """How far and how fast: the great circle times a road factor, at one speed."""

    road_factor: float = 1.3
    speed_kmh: int = 30
    lunch_minutes: int = 60

    def metres(self, start: Place, end: Place) -> int:
        """Length of the way."""
        a, b = math.radians(start.lat), math.radians(end.lat)
        half = math.sin((b - a) / 2) ** 2
        half += math.cos(a) * math.cos(b) * math.sin(math.radians(end.lng - start.lng) / 2) ** 2
        return round(2 * EARTH_METRES * math.asin(math.sqrt(half)) * self.road_factor)

    def minutes(self, metres: int) -> int:
        """How long a way takes, rounded up."""
        return math.ceil(metres * 60 / (self.speed_kmh * 1000))


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who goes out. ``alone``: may visit a house without a second. ``start``: where they
    are at ``starts``, when it is not the office; they come back to the office all the same."""

    id: int
    starts: int
    ends: int
    most: int
    alone: bool = True
    start: Place | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One visit. ``may_lead``: whose visit it can be; ``may_join``: who can go along with them.

    ``earliest`` and ``latest`` bound the arrival. ``wanted_worker`` and ``wanted_at`` were set by
    hand and are kept. ``prize`` says how many metres of way the visit is worth.
    """

    id: int
    place: Place
    minutes: int
    prize: int
    may_lead: frozenset[int]
    may_join: frozenset[int] = frozenset()
    pair: bool = False
    earliest: int = 0
    latest: int = 24 * 60
    wanted_worker: int | None = None
    wanted_at: int | None = None

    @property
    def leaders(self) -> frozenset[int]:
        """Who may have the visit, the wish of a person respected."""
        if self.wanted_worker is None:
            return self.may_lead
        return self.may_lead & {self.wanted_worker}

    @property
    def window(self) -> tuple[int, int]:
        """The first and the last minute of arrival, the wish of a person respected."""
        if self.wanted_at is None:
            return self.earliest, self.latest
        return self.wanted_at, self.wanted_at


@dataclass(frozen=True, slots=True)
class Day:
    """All that is asked: from the office, or from where somebody is, to houses and back."""

    office: Place
    ground: Ground
    workers: tuple[Worker, ...]
    jobs: tuple[Job, ...]


class Why(StrEnum):
    """Why a visit did not fit."""

    NOBODY_MAY = "nobody_may"
    NO_SECOND = "no_second"
    TOO_LATE = "too_late"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit with its time. A second worker has the same visit in a tour of their own."""

    job: int
    arrive: int
    travel_minutes: int
    metres: int
    second: bool = False


@dataclass(frozen=True, slots=True)
class Tour:
    """A worker's day. ``lunch`` is when the break begins, where the day spans noon."""

    worker: int
    stops: tuple[Placed, ...]
    leave: int
    back: int
    metres: int
    lunch: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer: tours, and what did not fit with the reason."""

    tours: tuple[Tour, ...] = ()
    left: dict[int, Why] = field(default_factory=dict)
    milliseconds: int = 0

    @property
    def metres(self) -> int:
        """All ways together."""
        return sum(tour.metres for tour in self.tours)
