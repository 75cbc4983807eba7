"""A plan of a day as pages show it: plain rows, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.dispatch.facts import Before
from welfare.dispatch.queries.clashes import AwayThen
from welfare.dispatch.workflow import PlanStatus, VisitStatus


def clock_words(minute: int | None) -> str:
    """``HH:MM`` of minutes since midnight; empty for none."""
    return "" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan in the list."""

    number: str
    day: date
    status: PlanStatus
    made_by: str
    made_at: datetime
    placed: int
    left: int
    metres: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A visit that somebody is to make."""

    day: date
    worker: str


class Change(StrEnum):
    """What planning a day anew does to one visit."""

    NONE = ""
    NEW = "new"
    HOUR = "hour"
    WORKER = "worker"
    SECOND = "second"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class StopRow:
    """One case of a plan. Words are empty where the viewer must not read them."""

    id: int
    number: str
    title: str
    person: str
    house_no: str
    lane: str
    landmark: str
    village_no: int | None
    category_id: int
    priority: Priority
    status: CaseStatus
    sensitivity: Sensitivity
    assignee_id: int | None
    opened_by_id: int | None
    case_id: int
    worker_id: int | None
    worker: str
    partner_id: int | None
    partner: str
    arrive: int | None
    minutes: int
    travel_minutes: int
    metres: int
    estimated: bool
    wanted_worker_id: int | None
    wanted_at: int | None
    dropped: bool
    why: tuple[dict[str, Any], ...]
    standing: bool
    visit: str
    offered: bool
    now: str
    """Who has the case by now."""
    visit_status: VisitStatus | None
    """Of the visit of an accepted plan."""
    before: Before | None
    """Of a day planned anew: the visit as it stood before."""
    coming: Coming | None = None
    """For a draft: a visit that is planned already, besides this plan."""
    second_chosen: bool = False
    """Another companion, or none, was chosen for the visit by hand since the plan holds."""
    may_choose_second: bool = False
    begun: bool = False
    """The visit had begun when the plan was made: it was not planned, only planned around."""

    @property
    def moved(self) -> str:
        """How the visit stands otherwise than the plan says: ``other`` (somebody else goes),
        ``off`` (called off), ``nobody`` (the case has no worker); empty: it does not."""
        if self.visit_status is None or self.worker_id is None:
            return ""
        if self.visit_status == VisitStatus.CANCELLED:
            return "off"
        if self.visit_status != VisitStatus.PLANNED:
            return ""
        if self.assignee_id is None:
            return "nobody"
        return "other" if self.assignee_id != self.worker_id else ""

    @property
    def change(self) -> Change:
        """What planning the day anew does to the visit."""
        if self.before is None:
            new = self.placed and not self.standing
            return Change.NEW if new else Change.NONE
        if not self.placed:
            return Change.OFF
        if self.worker_id != self.before.worker:
            return Change.WORKER
        if self.partner_id != self.before.companion:
            return Change.SECOND
        return Change.NONE if self.time == self.before.time else Change.HOUR

    @property
    def placed(self) -> bool:
        """Whether it has a worker and an hour."""
        return self.worker_id is not None and not self.dropped

    @property
    def set_by_hand(self) -> bool:
        """Whether planning anew keeps this as it is."""
        return self.wanted_worker_id is not None or self.wanted_at is not None

    @property
    def time(self) -> str:
        """Arrival as ``HH:MM``."""
        return clock_words(self.arrive)


@dataclass(frozen=True, slots=True)
class Outset:
    """Where somebody is who was out already when the day was planned, and when they go on;
    ``number`` empty where the viewer must not know of the case."""

    time: str
    number: str
    village_no: int | None


@dataclass(frozen=True, slots=True)
class TourRow:
    """A worker's day in a plan; no hours where they only go along, chosen by hand."""

    worker_id: int
    worker: str
    leave: str
    back: str
    lunch: str
    metres: int
    stops: tuple[StopRow, ...]
    outset: Outset | None = None


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A whole plan."""

    number: str
    version: int
    day: date
    status: PlanStatus
    worker_ids: tuple[int, ...]
    metres: int
    milliseconds: int
    basis: Mapping[str, Any]
    made_by: str
    made_at: datetime
    tours: tuple[TourRow, ...]
    left: tuple[StopRow, ...]
    dropped: tuple[StopRow, ...]
    names: Mapping[int, str]
    away: tuple[AwayThen, ...]
    replaces: str = ""
    """The number of the plan that this one plans anew."""
    replaced_by: str = ""

    @property
    def since(self) -> str:
        """Before which hour nothing was planned, of a day that had begun; else empty."""
        return clock_words(self.basis.get("since") or None)

    @property
    def changes(self) -> tuple[StopRow, ...]:
        """What a plan of a day planned anew changes, in the order of the hours."""
        changed = [stop for stop in self.stops if stop.change] if self.replaces else []
        return tuple(
            sorted(changed, key=lambda stop: (stop.arrive is None, stop.arrive or 0, stop.id))
        )

    @property
    def unchanged(self) -> int:
        """How many visits of the plan before stay as they were."""
        return sum(stop.before is not None and not stop.change for stop in self.stops)

    @property
    def moved(self) -> int:
        """How many visits are no longer as the plan says."""
        return len({stop.id for stop in self.stops if stop.moved})

    @property
    def seconds_chosen(self) -> int:
        """How many visits have another companion than was planned."""
        return sum(stop.second_chosen for stop in self.stops)

    @property
    def doubled(self) -> tuple[StopRow, ...]:
        """What a draft plans although a visit is to come already."""
        open_to = (stop for stop in self.stops if not (stop.dropped or stop.begun))
        return tuple(stop for stop in open_to if stop.coming)

    @property
    def placed(self) -> int:
        """How many visits stand in it."""
        return len({stop.id for tour in self.tours for stop in tour.stops})

    @property
    def stops(self) -> tuple[StopRow, ...]:
        """Every stop once."""
        known = {stop.id: stop for tour in self.tours for stop in tour.stops}
        return (*known.values(), *self.left, *self.dropped)
