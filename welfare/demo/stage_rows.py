"""Rows of the deadlines of cases, reckoned as the office reckons them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from welfare.cases.facts import Happened, met_in
from welfare.cases.kinds import Stage
from welfare.cases.models.case import EventKind
from welfare.demo.bulk import Row
from welfare.demo.case_rows import clock_start, waits
from welfare.demo.ground import Ground
from welfare.demo.seeds import CaseSeed

MANY = 5000
"""With more cases than these, only the open ones are given their stages: for benchmarks."""


def stage_rows(case: CaseSeed, ground: Ground) -> Iterator[Row]:
    """Return the deadlines since a case was last opened, as far as the rules give them."""
    if case.closed_at is not None and len(ground.town.cases) > MANY:
        return
    start = clock_start(case)
    met = met_in(_history(case), since=start)
    if case.closed_at is not None:
        met[Stage.CLOSURE] = case.closed_at
        met.setdefault(Stage.DECISION, case.closed_at)
    for given in ground.given(case.category, case.priority, start):
        due = ground.due(start, given.working_days, _waited(case, start, met.get(given.stage)))
        gone = case.closed_at if given.stage not in met else None
        yield {
            "case_id": case.index + 1,
            "round": case.reopened_times,
            "stage": given.stage,
            "working_days": given.working_days,
            "rule_id": given.rule_id,
            "started_at": start,
            "due_at": due.due_at,
            "met_at": met.get(given.stage),
            "ended_at": gone,
            "hand_reason": "",
            "reckoning": due.as_data(),
        }


def _waited(
    case: CaseSeed, start: datetime, met: datetime | None
) -> list[tuple[datetime, datetime | None]]:
    """The waits before a stage was met: later ones did not move it."""
    return [pause for pause in waits(case, start) if met is None or pause[0] < met]


def _history(case: CaseSeed) -> list[Happened]:
    """The timeline as far as it meets deadlines."""
    found: list[Happened] = []
    for event in case.events:
        data: dict[str, Any] = {}
        if event.kind in ("visit", "assistance"):
            data = {"verb": event.detail if event.kind == "visit" else "recorded"}
        if event.kind in set(EventKind):
            found.append((event.at, EventKind(event.kind), data))
    return found
