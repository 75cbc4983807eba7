"""What one row of a file would do to the registry, as plain values that can be kept and shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from welfare.households.imports.fields import plain
from welfare.households.imports.values import RowValues, values_from
from welfare.households.workflow import RowState

What = Literal["", "new", "changed", "same"]


@dataclass(slots=True)
class Candidate:
    """Somebody who may be the one of the row; ``why``, ``but``: codes of ``Sign``."""

    person_id: int
    number: str
    score: float
    why: list[str]
    but: list[str]


@dataclass(slots=True)
class Alteration:
    """One fact that would change: ``scope`` is person, health, house or link."""

    scope: str
    name: str
    before: Any
    after: Any

    @property
    def key(self) -> str:
        """Which fact it is."""
        return f"{self.scope}.{self.name}"


@dataclass(slots=True)
class RowPlan:
    """The row with what it would do. ``house_key`` groups the rows of one house that is new."""

    values: RowValues
    person: What = ""
    house: What = ""
    person_id: int | None = None
    person_number: str = ""
    household_id: int | None = None
    house_key: str = ""
    alterations: list[Alteration] = field(default_factory=list)
    join: bool = False
    """Whether a membership is added (with the facts of ``values.link``)."""
    leaves: list[int] = field(default_factory=list)
    """Memberships that end because the person moves."""
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def state(self) -> RowState:
        """What is to be said of the row as a whole."""
        if self.values.refused:
            return RowState.REFUSED
        if self.values.doubtful:
            return RowState.DOUBTFUL
        return self.deed

    @property
    def deed(self) -> RowState:
        """What it would do if nobody doubted it."""
        if self.person == "new" or (not self.person and self.house == "new"):
            return RowState.NEW
        changes = self.alterations or self.join or self.leaves or self.house == "new"
        return RowState.CHANGED if changes else RowState.SAME

    @property
    def doubts(self) -> str:
        """The codes of what is refused or doubtful, between commas."""
        codes = dict.fromkeys(
            found.code for found in self.values.findings if found.level.value != "note"
        )
        return f",{','.join(codes)},"[:200] if codes else ""

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "values": self.values.plain(),
            "person": self.person,
            "house": self.house,
            "person_number": self.person_number,
            "house_key": self.house_key,
            "alterations": [
                [one.scope, one.name, *plain({"b": one.before, "a": one.after}).values()]
                for one in self.alterations
            ],
            "join": self.join,
            "leaves": self.leaves,
            "candidates": [
                [one.person_id, one.number, one.score, one.why, one.but] for one in self.candidates
            ],
        }


def plan_from(
    sheet: str, row_no: int, person_id: int | None, household_id: int | None, kept: dict[str, Any]
) -> RowPlan:
    """The same from JSON; before and after of alterations stay as JSON has them."""
    return RowPlan(
        values=values_from(sheet, row_no, kept["values"]),
        person=kept["person"],
        house=kept["house"],
        person_id=person_id,
        person_number=kept["person_number"],
        household_id=household_id,
        house_key=kept["house_key"],
        alterations=[Alteration(*values) for values in kept["alterations"]],
        join=kept["join"],
        leaves=kept["leaves"],
        candidates=[Candidate(*values) for values in kept["candidates"]],
    )
