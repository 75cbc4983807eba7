"""The Barthel index in the Thai form of 20 points (ดัชนีบาร์เธลเอดีแอล, Department of Health): ten
items, each with its answers from 0 upwards. 12 to 20 is out and about (ติดสังคม), 5 to 11
home-bound (ติดบ้าน), 0 to 4 bed-bound (ติดเตียง)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from welfare.core.i18n import lazy_gettext as _l

HIGHEST = 20


class AdlGroup(StrEnum):
    """What a total means for care."""

    SOCIAL = "social"
    HOME = "home"
    BED = "bed"


GROUP_WORDS: dict[str, Any] = {
    AdlGroup.SOCIAL: _l("Out and about"),
    AdlGroup.HOME: _l("Home-bound"),
    AdlGroup.BED: _l("Bed-bound"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One question; the place of an answer is its score."""

    code: str
    question: Any
    answers: tuple[Any, ...]

    @property
    def highest(self) -> int:
        """The most points it gives."""
        return len(self.answers) - 1


ITEMS = (
    Item(
        "feeding",
        _l("Feeding: eating when the meal is set before them"),
        (
            _l("Cannot bring food to the mouth, has to be fed"),
            _l("Eats alone but needs help, such as food cut up or put on the spoon"),
            _l("Eats alone as usual"),
        ),
    ),
    Item(
        "grooming",
        _l("Grooming: face, hair, teeth, shaving, in the last 24 to 48 hours"),
        (
            _l("Needs help with grooming"),
            _l("Does it alone, also when the things are laid ready"),
        ),
    ),
    Item(
        "transfer",
        _l("Transfer: sitting up from bed, or from bed to a chair"),
        (
            _l("Cannot sit, always falls over, or two people have to lift"),
            _l("Needs much help to sit up: one strong or skilled person, or two people"),
            _l("Needs some help: being told how, a light hand, or watching over"),
            _l("Transfers alone"),
        ),
    ),
    Item(
        "toilet",
        _l("Toilet use"),
        (
            _l("Cannot use the toilet alone"),
            _l(
                "Does some alone, at least the cleaning afterwards, but needs help with some things"
            ),
            _l("Manages well: on and off, cleaning, clothes"),
        ),
    ),
    Item(
        "mobility",
        _l("Mobility: moving about in the room or the house"),
        (
            _l("Cannot move anywhere"),
            _l("Moves a wheelchair alone, through doors and around corners, without being pushed"),
            _l("Walks or moves with somebody's help or watching over"),
            _l("Walks or moves alone"),
        ),
    ),
    Item(
        "dressing",
        _l("Dressing"),
        (
            _l("Has to be dressed, can do little or nothing alone"),
            _l("Does about half alone, needs help with the rest"),
            _l("Dresses well alone, buttons and zips or adapted clothes included"),
        ),
    ),
    Item(
        "stairs",
        _l("Stairs: up and down one flight"),
        (
            _l("Cannot use stairs"),
            _l("Needs help on stairs"),
            _l("Goes up and down alone, with the walking aid if one is needed"),
        ),
    ),
    Item(
        "bathing",
        _l("Bathing"),
        (
            _l("Has to be helped or bathed"),
            _l("Bathes alone"),
        ),
    ),
    Item(
        "bowels",
        _l("Bowels in the last week"),
        (
            _l("Incontinent of stool, or always needs an enema"),
            _l("Incontinent of stool at times, at most once a week"),
            _l("Continent of stool"),
        ),
    ),
    Item(
        "bladder",
        _l("Bladder in the last week"),
        (
            _l("Incontinent of urine, or has a catheter and cannot tend it"),
            _l("Incontinent of urine at times, at most once a day"),
            _l("Continent of urine"),
        ),
    ),
)


def group_of(total: int) -> AdlGroup:
    """The group of care that a total belongs to."""
    if total <= 4:
        return AdlGroup.BED
    return AdlGroup.HOME if total <= 11 else AdlGroup.SOCIAL


def read_items(digits: str) -> tuple[int, ...]:
    """The ten scores as kept; ``ValueError`` for anything else."""
    if len(digits) != len(ITEMS) or not (digits.isascii() and digits.isdecimal()):
        raise ValueError("the Barthel index has ten scores")
    scores = tuple(int(digit) for digit in digits)
    if any(score > item.highest for score, item in zip(scores, ITEMS, strict=True)):
        raise ValueError("a score is higher than its item gives")
    return scores


def total_of(digits: str) -> int:
    """The sum of ten scores."""
    return sum(read_items(digits))
