"""What citizens answered when they were asked whether it helped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from welfare.demo.seeds import CaseSeed, ComplaintSeed, EventSeed

ANSWERS = frozenset({"yes", "partly", "no"})
STILL_TO_SEE = timedelta(days=21)
"""Older unhappy answers have been looked at by now."""


def with_answers(complaints: list[ComplaintSeed], cases: list[CaseSeed]) -> list[ComplaintSeed]:
    """Return the complaints, each answer beside the case it stands on."""
    answered = list(complaints)
    for case in cases:
        answer = answer_of(case)
        if answer is not None:
            first = answered[case.complaints[0]]
            told = EventSeed(answer.at, "feedback", "citizen", answer.text, True, answer.detail)
            answered[first.index] = replace(first, events=(*first.events, told))
    return answered


def answer_of(case: CaseSeed) -> EventSeed | None:
    """Return the last answer to "did it help?" among the events of a case."""
    answers = (event for event in case.events if event.detail in ANSWERS)
    return next((event for event in reversed(list(answers)) if event.kind == "citizen"), None)


def unhappy_at(case: CaseSeed, now: datetime) -> datetime | None:
    """Return since when a closed case waits for somebody to see that it did not help."""
    answer = answer_of(case)
    if answer is None or answer.detail != "no" or case.closed_at is None:
        return None
    fresh = now - answer.at < STILL_TO_SEE and answer.at >= case.closed_at
    return answer.at if fresh else None
