"""The office as a newcomer finds it this morning: cases to give out, offers, today's visits."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from welfare.demo import calendar, corpus, wording
from welfare.demo.seeds import AssignmentSeed, CaseSeed, EventSeed

NOBODY, OFFERED, DECLINED, WAITING = 7, 5, 3, 4
"""How many cases at least have no worker, wait for an answer, were declined, stand still."""
FEWEST = 150
"""Below this many cases all shares shrink with the number of cases."""
FIRST = ("opened", "joined")


@dataclass(slots=True)
class Morning:
    """Puts the newest open cases of a town back to an earlier step."""

    rng: random.Random
    now: datetime
    cases: list[CaseSeed]

    def dawn(self) -> list[CaseSeed]:
        """Return the cases, some of them as they stood some steps before."""
        self._put_back(NOBODY, lambda case: case.status == "new", self._unassigned)
        self._put_back(OFFERED, lambda case: case.status == "offered", self._offered)
        self._put_back(DECLINED, _said_no, self._declined)
        self._put_back(WAITING, lambda case: case.status == "waiting", self._waiting)
        return self.cases

    def _put_back(
        self,
        wanted: int,
        there: Callable[[CaseSeed], bool],
        back: Callable[[CaseSeed], CaseSeed],
    ) -> None:
        if len(self.cases) < FEWEST:
            wanted = round(wanted * len(self.cases) / FEWEST)
        missing = wanted - sum(there(case) for case in self.cases)
        newest = sorted(
            (case for case in self.cases if _plain(case)), key=lambda case: case.opened_at
        )
        for case in newest[-max(missing, 0) :] if missing > 0 else []:
            self.cases[case.index] = back(case)

    def _unassigned(self, case: CaseSeed) -> CaseSeed:
        kept = tuple(event for event in case.events if event.kind in FIRST)
        return _bare(case, "new", kept)

    def _offered(self, case: CaseSeed) -> CaseSeed:
        offer, told = _first_offer(case)
        kept = (*(event for event in case.events if event.kind in FIRST), told)
        bare = _bare(case, "offered", kept)
        return replace(bare, assignee=offer.worker, assignments=(offer,))

    def _declined(self, case: CaseSeed) -> CaseSeed:
        offer, told = _first_offer(case)
        at = calendar.after(self.rng, offer.offered_at, 0, 1)
        at = min(at, self.now - timedelta(minutes=10))
        reason = wording.pick(corpus.load("life")["decline_assignment"], {}, self.rng)
        refused = replace(offer, status="declined", answered_at=at, ended_at=at, reason=reason)
        said = EventSeed(at, "declined", offer.worker, reason, False, offer.worker)
        kept = (*(event for event in case.events if event.kind in FIRST), told, said)
        return replace(_bare(case, "new", kept), assignments=(refused,))

    def _waiting(self, case: CaseSeed) -> CaseSeed:
        at = max(case.updated_at, self.now - timedelta(days=2, hours=3))
        reason = "รอเอกสารเพิ่มเติมจากผู้ร้อง"
        told = EventSeed(at, "status", str(case.assignee), reason, False, "wait")
        events = tuple(sorted((*case.events, told), key=lambda event: event.at))
        return replace(case, status="waiting", paused_at=at, updated_at=at, events=events)


def _plain(case: CaseSeed) -> bool:
    """Whether a case is being worked on for the first time, by its first worker."""
    return (
        case.status == "working"
        and not case.reopened_times
        and len(case.assignments) == 1
        and len(case.complaints) == 1
    )


def _said_no(case: CaseSeed) -> bool:
    declined = bool(case.assignments) and case.assignments[-1].status == "declined"
    return case.status == "new" and declined


def _first_offer(case: CaseSeed) -> tuple[AssignmentSeed, EventSeed]:
    first = case.assignments[0]
    offer = AssignmentSeed(first.worker, first.offered_by, first.offered_at, "offered")
    told = next(event for event in case.events if event.kind == "assigned")
    return offer, told


def _bare(case: CaseSeed, status: str, events: tuple[EventSeed, ...]) -> CaseSeed:
    """Return the case with nothing done for it yet."""
    return replace(
        case,
        status=status,
        assignee=None,
        paused_at=None,
        assignments=(),
        visits=(),
        assistance=(),
        tasks=(),
        events=events,
        updated_at=events[-1].at,
    )
