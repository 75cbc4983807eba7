"""Plain values that forms and services of dispatch exchange."""

from __future__ import annotations

from dataclasses import dataclass

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
