"""Plain values of casework, and the rules over lines of a timeline that meet a deadline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from welfare.cases.kinds import Responsible, Stage
from welfare.cases.workflow import EventKind
from welfare.households.kinds import Dimension

Happened = tuple[datetime, EventKind, Mapping[str, Any]]
"""A line of the timeline: when, what kind, its details."""


def met_by(kind: EventKind, data: Mapping[str, Any]) -> Stage | None:
    """The stage that a line meets.

    A worker who accepts takes the case up; a recorded visit is the first (a telephone call is
    none); recorded help is a decision. Any other line meets the stage that its details name
    (``meets``): whoever decides otherwise (a refusal, an approval by a committee) says so there.
    """
    if data.get("meets") in set(Stage):
        return Stage(data["meets"])
    if kind is EventKind.ACCEPTED:
        return Stage.ACKNOWLEDGE
    if kind is EventKind.VISIT and data.get("verb") == "recorded" and data.get("how") != "phone":
        return Stage.FIRST_VISIT
    if kind is EventKind.ASSISTANCE and data.get("verb") == "recorded":
        return Stage.DECISION
    return None


def met_in(history: Iterable[Happened], *, since: datetime) -> dict[Stage, datetime]:
    """When each stage was first met since the clock began, oldest line first.

    Help that was withdrawn never was; a visit counts from when it was made, not written down.
    """
    lines = [line for line in history if line[0] >= since]
    withdrawn = {
        data.get("assistance")
        for _at, kind, data in lines
        if kind is EventKind.ASSISTANCE and data.get("verb") == "withdrawn"
    }
    met: dict[Stage, datetime] = {}
    for at, kind, data in lines:
        stage = met_by(kind, data)
        if stage is None or (kind is EventKind.ASSISTANCE and data.get("assistance") in withdrawn):
            continue
        moment = max(since, min(at, _made_at(data) or at))
        met[stage] = min(met.get(stage, moment), moment)
    return met


def _made_at(data: Mapping[str, Any]) -> datetime | None:
    made = data.get("visited_at")
    return datetime.fromisoformat(made) if made else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found: level (0 to 3) and words of each dimension that was looked at."""

    assessed_on: date
    needs: Mapping[Dimension, tuple[int, str]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What is to be reached, in which part of life, until when."""

    title: str
    dimension: Dimension | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What is to be done by whom: ``worker_id`` for somebody of the office, else ``who``."""

    title: str
    responsible: Responsible
    worker_id: int | None = None
    who: str = ""
    due_on: date | None = None
