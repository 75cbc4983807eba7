"""What lists and cards show of people and houses: plain values, secrets masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from welfare.core import clock
from welfare.core.thai.dates import age_on
from welfare.households import labels
from welfare.households.kinds import DatePrecision, Reason, Relation, Sex


def age(
    born: date | None, precision: DatePrecision, died: date | None = None, on: date | None = None
) -> int | None:
    """Completed years today, or at death; ``None`` where no date of birth is known."""
    if born is None:
        return None
    return max(age_on(born, precision.value, died or on or clock.today()), 0)


def full_name(title: str, first: str, middle: str, last: str) -> str:
    """Title, first, middle and last name as written in Thai, as ``display_name`` does; the parts
    were cleaned when they were stored, and lists are long."""
    called = f"{title} {first}" if title and title.isascii() else f"{title}{first}"
    return " ".join(part for part in (called, middle, last) if part)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list. ``household_*`` is where they live, or lived last."""

    id: int
    number: str
    name: str
    sex: Sex
    age: int | None
    deceased: bool
    household_id: int | None
    household_number: str | None
    house_no: str
    village_no: int | None
    lane: str
    relation: Relation | None
    living_there: bool
    reasons: tuple[Reason, ...] = ()

    @property
    def address(self) -> str:
        """The house in one line; empty where none is known."""
        if self.household_number is None:
            return ""
        return labels.address(self.house_no, self.village_no, self.lane)

    @property
    def why(self) -> list[str]:
        """The reasons in words."""
        return [labels.word(labels.REASON, reason) for reason in self.reasons]


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A house in a list; ``found`` names those of its members whom the query meant."""

    id: int
    number: str
    house_no: str
    village_no: int | None
    lane: str
    road: str
    head: str
    members: int
    reasons: tuple[Reason, ...] = ()
    found: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The house in one line."""
        return labels.address(self.house_no, self.village_no, self.lane, self.road)

    @property
    def why(self) -> list[str]:
        """The reasons in words."""
        return [labels.word(labels.REASON, reason) for reason in self.reasons]
