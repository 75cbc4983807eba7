"""What a row of a spreadsheet says, as facts by name, with everything that was found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from welfare.core.spreadsheets import unguarded
from welfare.core.thai.text import clean
from welfare.households.imports.fields import plain, rich
from welfare.households.imports.findings import Finding, Level, finding_from
from welfare.households.imports.reading import Cell


@dataclass(slots=True)
class RowValues:
    """One row that is neither empty nor a total. Facts are left out where the cell is empty."""

    sheet: str
    number: int
    person: dict[str, Any] = field(default_factory=dict)
    health: dict[str, Any] = field(default_factory=dict)
    house: dict[str, Any] = field(default_factory=dict)
    link: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    """Names of facts that were worked out (from age, from title): never overwrite what is known."""
    person_number: str = ""
    """The registry's own number of the person, where the list has it."""
    household_number: str = ""
    says_dead: bool = False
    """Whether the row itself says that the person has died."""
    findings: list[Finding] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    """Every cell by its header, as text."""

    @property
    def refused(self) -> bool:
        """Whether something in it cannot be used."""
        return any(found.level == Level.REFUSED for found in self.findings)

    @property
    def doubtful(self) -> bool:
        """Whether somebody must decide."""
        return any(found.level == Level.DOUBTFUL for found in self.findings)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it, in a staged row."""
        return {
            "person": plain(self.person),
            "health": plain(self.health),
            "house": plain(self.house),
            "link": plain(self.link),
            "extras": self.extras,
            "guessed": sorted(self.guessed),
            "numbers": [self.person_number, self.household_number],
            "says_dead": self.says_dead,
            "findings": [found.plain() for found in self.findings],
            "cells": self.cells,
        }


def values_from(sheet: str, number: int, kept: dict[str, Any]) -> RowValues:
    """The same from JSON."""
    person_number, household_number = kept.get("numbers", ("", ""))
    return RowValues(
        sheet=sheet,
        number=number,
        person=rich(kept["person"]),
        health=rich(kept["health"]),
        house=rich(kept["house"]),
        link=rich(kept["link"]),
        extras=kept["extras"],
        guessed=set(kept["guessed"]),
        person_number=person_number,
        household_number=household_number,
        says_dead=kept.get("says_dead", False),
        findings=[finding_from(values) for values in kept["findings"]],
        cells=kept["cells"],
    )


_cleaned = lru_cache(maxsize=8192)(clean)


def shown(cell: Cell) -> str:
    """A cell as the spreadsheet shows it, for people to find it again."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return f"{cell.day}/{cell.month}/{cell.year}"
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else f"{cell:.12g}"
    return unguarded(_cleaned(str(cell)))
