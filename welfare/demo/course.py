"""The frame of a case's life: its facts, the passing of time, the telling of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime

from welfare.demo import calendar, corpus, wording
from welfare.demo.seeds import (
    AssignmentSeed,
    AssistanceSeed,
    EventSeed,
    PersonSeed,
    TaskSeed,
    VisitSeed,
)
from welfare.demo.stories import Story, categories


class NotYet(Exception):
    """The next step lies in the future: the case stands where it stands."""


class Died(Exception):
    """The one in need died before the next step."""


@dataclass(slots=True)
class Course:
    """A case under way. `at` is the last moment something happened to it."""

    rng: random.Random
    now: datetime
    story: Story
    slots: dict[str, str]
    village: int
    subject: PersonSeed | None
    at: datetime
    opened_at: datetime
    due_on: date
    pace: float
    """Share of the allowed time that the work takes; over 1 it ends late."""
    staff: dict[int, tuple[str, ...]]
    names: dict[str, str]
    status: str = "new"
    worker: str | None = None
    paused_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    outcome_note: str = ""
    reopened: int = 0
    assignments: list[AssignmentSeed] = field(default_factory=list)
    visits: list[VisitSeed] = field(default_factory=list)
    assistance: list[AssistanceSeed] = field(default_factory=list)
    ending: tuple[str, str] = ("solved", "")
    tasks: list[TaskSeed] = field(default_factory=list)
    events: list[EventSeed] = field(default_factory=list)

    def _moment(self, low: int, high: int) -> datetime:
        """Move on to office time some days later; `NotYet` if that is after now."""
        drawn = calendar.after(self.rng, self.at, low, high)
        if self._dead_by(drawn):
            raise Died
        if drawn > self.now:
            raise NotYet
        self.at = drawn
        return drawn

    def _dead_by(self, moment: datetime) -> bool:
        died = self.subject.died_on if self.subject else None
        counts = self.closed_at is None and self.story.subject != "dead_elder"
        return counts and died is not None and died <= min(moment, self.now).date()

    def _share(self, part: float) -> int:
        """Days that a part of the work takes at this case's pace."""
        return max(1, round(categories()[self.story.category].due_working_days * self.pace * part))

    def _tell(
        self, kind: str, actor: str, text: str, *, public: bool = False, who: str = ""
    ) -> None:
        self.events.append(EventSeed(self.at, kind, actor, text, public, who))

    def _words(self, key: str) -> str:
        life = corpus.load("life")
        return wording.pick_for(life, key, self.story.category, self.slots, self.rng)
