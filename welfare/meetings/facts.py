"""Plain values of meetings, and the rules that need no database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from welfare.cases.workflow import Vote


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is said of a meeting as it is called."""

    begins_at: datetime
    place: str = ""
    chair: str = ""
    secretary: str = ""
    announced: str = ""
    earlier_minutes: str = ""
    other: str = ""
    attending: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """That the committee approved the minutes."""

    on: date
    note: str


def quorum(members: int) -> int:
    """How many members must be there: at least half (Administrative Procedure Act 2539, s. 79)."""
    return (members + 1) // 2


def majority(votes: Collection[Vote]) -> Vote | None:
    """What most of those who voted said; ``None`` while nobody did, or as many said both."""
    found = [one for one in votes if one is not Vote.ABSTAIN]
    agreed = found.count(Vote.FOR)
    if 2 * agreed == len(found):
        return None
    return Vote.FOR if 2 * agreed > len(found) else Vote.AGAINST
