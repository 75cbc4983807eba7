"""What the one case keeps of the two, where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from welfare.cases.models import Case
from welfare.cases.policies import stricter
from welfare.cases.queries.people import subject_words
from welfare.cases.services.opening import own_words, with_own_words, with_subject


class Side(StrEnum):
    """Whose words stay: the survivor's, the other's, or both one after the other."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Chosen:
    """For each thing in which two cases may differ, whose stays."""

    title: Side = Side.OURS
    summary: Side = Side.OURS
    category: Side = Side.OURS
    priority: Side = Side.OURS
    subject: Side = Side.OURS
    worker: Side = Side.OURS


SUBJECT = ("household_id", "person_id", "village_no")


def chosen_values(ours: Case, theirs: Case, chosen: Chosen) -> dict[str, Any]:
    """The columns of the survivor as they were chosen; who may know is always the stricter."""
    values: dict[str, Any] = {"sensitivity": stricter(ours.sensitivity, theirs.sensitivity)}
    if chosen.title is Side.THEIRS:
        values["title"] = theirs.title
    if chosen.summary is not Side.OURS:
        values["summary"] = _summary(ours.summary, theirs.summary, chosen.summary)
    if chosen.category is Side.THEIRS:
        values["category_id"] = theirs.category_id
    if chosen.priority is Side.THEIRS:
        values["priority"] = theirs.priority
    if chosen.subject is Side.THEIRS:
        values |= {name: getattr(theirs, name) for name in SUBJECT}
    return values


def _summary(ours: str, theirs: str, side: Side) -> str:
    if side is Side.THEIRS or not ours:
        return theirs
    return f"{ours}\n\n{theirs}" if theirs and theirs not in ours else ours


def words_of_both(ours: Case, theirs: Case) -> str:
    """Search text that finds the survivor also by everything that found the other."""
    text = with_own_words(ours.search_text, own_words(ours.number, ours.title, ours.summary))
    text = with_subject(
        text, subject_words(household_id=ours.household_id, person_id=ours.person_id)
    )
    return _once(f"{text}\n{ours.search_text}\n{theirs.search_text}")


def words_of_one(survivor: Case, merged: Case, before: str) -> str:
    """Search text without what came from the other case; ``before``: as it was at the merge."""
    came = set(merged.search_text.split("\n")) - set(before.split("\n"))
    rest = "\n".join(line for line in survivor.search_text.split("\n") if line not in came)
    rest = with_own_words(rest, own_words(survivor.number, survivor.title, survivor.summary))
    subject = subject_words(household_id=survivor.household_id, person_id=survivor.person_id)
    return _once(with_subject(rest, subject))


def _once(text: str) -> str:
    return "\n".join(line for line in dict.fromkeys(text.split("\n")) if line)
