"""The timeline of a case, with the plain details that the services of cases write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from welfare.cases.models.case import EventKind
from welfare.cases.workflow import CaseAction, CaseStatus
from welfare.demo.bulk import Row
from welfare.demo.case_rows import waits
from welfare.demo.ground import Ground
from welfare.demo.seeds import CaseSeed, EventSeed

STEPS = {
    "assigned": (CaseAction.OFFER, CaseStatus.OFFERED),
    "accepted": (CaseAction.ACCEPT, CaseStatus.WORKING),
    "declined": (CaseAction.DECLINE, CaseStatus.NEW),
    "wait": (CaseAction.WAIT, CaseStatus.WAITING),
    "resume": (CaseAction.RESUME, CaseStatus.WORKING),
    "closed": (CaseAction.CLOSE, CaseStatus.CLOSED),
    "reopened": (CaseAction.REOPEN, CaseStatus.NEW),
}


@dataclass(slots=True)
class Timeline:
    """Walks through the events of one case, keeping its state and its clock."""

    case: CaseSeed
    ground: Ground
    status: CaseStatus = CaseStatus.NEW
    start: datetime | None = None
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def write(self) -> Iterator[Row]:
        """Return the rows of `case_events` in their order."""
        self.start = self.case.opened_at
        for event in self.case.events:
            yield from self._rows_of(event)

    def _rows_of(self, event: EventSeed) -> Iterator[Row]:
        if event.kind == "opened":
            yield self._row(event, EventKind.OPENED, self._clock(event.at, starts=True))
        if event.kind in ("opened", "joined"):
            reference = self.ground.references[int(event.detail)]
            yield self._row(event, EventKind.JOINED, {"complaint": reference})
            return
        step = event.detail if event.kind == "status" else event.kind
        data = self._step(event, step) if step in STEPS else self._plain(event)
        yield self._row(event, EventKind(event.kind), data)

    def _row(self, event: EventSeed, kind: EventKind, data: dict[str, Any]) -> Row:
        citizen = event.kind == "citizen"
        return {
            "case_id": self.case.index + 1,
            "at": event.at,
            "kind": kind,
            "actor_id": self.ground.user(event.actor),
            "public": event.public and not citizen,
            "text": event.text,
            "data": data,
        }

    def _step(self, event: EventSeed, step: str) -> dict[str, Any]:
        action, after = STEPS[step]
        data: dict[str, Any] = {"action": action, "before": self.status, "after": after}
        self.status = after
        if step == "assigned":
            data["worker_id"] = self.ground.users[event.detail]
        elif step == "closed":
            data["outcome"] = event.detail
        elif step == "resume":
            data |= self._clock(event.at)
        elif step == "reopened":
            self.start = event.at
            data |= self._clock(event.at, starts=True)
        return data

    def _plain(self, event: EventSeed) -> dict[str, Any]:
        """Name the task, the help or the visit that a line is about: the next of its kind."""
        if event.kind not in ("task", "assistance", "visit"):
            return {}
        place, index = self.told[event.kind, event.detail], self.case.index
        self.told[event.kind, event.detail] += 1
        if event.kind == "task":
            return {"task": self.ground.first_task[index] + place, "verb": "added"}
        if event.kind == "assistance":
            given = self.case.assistance[place]
            return {
                "assistance": self.ground.first_help[index] + place,
                "verb": "recorded",
                "kind": given.kind,
                "amount": str(given.amount) if given.amount is not None else None,
            }
        return {"visit": self._visit_number(event, place), "verb": event.detail}

    def _visit_number(self, event: EventSeed, place: int) -> str:
        status = {"recorded": "done", "missed": "missed"}.get(event.detail)
        fitting = [
            number
            for visit, number in zip(
                self.case.visits, self.ground.visits[self.case.index], strict=True
            )
            if status in (None, visit.status)
        ]
        return fitting[place]

    def _clock(self, at: datetime, *, starts: bool = False) -> dict[str, Any]:
        begun = at if starts or self.start is None else self.start
        days = self.ground.closure_days(self.case.category, self.case.priority, begun)
        pauses = [pause for pause in waits(self.case, begun) if pause[1] and pause[1] <= at]
        data: dict[str, Any] = {"clock": self.ground.due(begun, days, pauses).as_data()}
        return data | ({"clock_days": days, "clock_starts": True} if starts else {})
