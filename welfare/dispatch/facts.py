"""Plain values that forms and services of dispatch exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from welfare.dispatch.workflow import Vehicle
from welfare.households.kinds import Sex


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for of the visits of one case."""

    language: str = ""
    sex: Sex = Sex.UNKNOWN
    skills: tuple[str, ...] = ()
    pair: bool = False
    minutes: int | None = None
    earliest: str = ""
    latest: str = ""
    never: tuple[int, ...] = ()
    why_never: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """A planned visit as it stood before its day was planned anew. ``offered``: its case waits for
    the answer of the worker whom the plan offered it to, so that another can have it."""

    visit: int
    number: str
    worker: int
    companion: int | None
    time: str
    offered: bool


@dataclass(frozen=True, slots=True)
class Freed:
    """Visits of an accepted plan that may be planned otherwise, by case."""

    visits: Mapping[int, Before] = field(default_factory=dict)

    @property
    def ids(self) -> frozenset[int]:
        """Of the visits."""
        return frozenset(one.visit for one in self.visits.values())


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What a worker can do. ``person`` is the number of their own record in the registry."""

    skills: tuple[str, ...]
    languages: tuple[str, ...]
    villages: tuple[int, ...]
    sex: Sex
    starts: str
    ends: str
    max_visits: int
    alone: bool
    person: str = ""
    vehicle: Vehicle = Vehicle.NONE
