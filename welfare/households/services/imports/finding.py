"""Who and what is to be found by other words once an import is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from welfare.core.db import db
from welfare.households.models.finding import (
    house_word_rows,
    learning,
    learning_addresses,
    person_word_rows,
    phone_end_rows,
)
from welfare.households.models.words import HouseEnd, HouseWord, PersonWord, PhoneEnd
from welfare.households.services.imports.spool import Row

if TYPE_CHECKING:
    from welfare.households.services.imports.composing import Composing
    from welfare.households.services.imports.plan import RowPlan


class Words:
    """``people`` and ``houses``: those that were there, whose words are read anew from the
    database when everything is written. ``names``: words whose ends and sounds are made ready."""

    def __init__(self) -> None:
        self.people: set[int] = set()
        self.houses: set[int] = set()
        self.moved_houses: set[int] = set()
        self.new_houses: list[Row] = []
        self.names: set[str] = set()

    def again(self, *, person: int | None = None, house: int | None = None) -> None:
        """Somebody or a house that is found otherwise from now on."""
        if person:
            self.people.add(person)
        if house:
            self.houses.add(house)


def make_found(composing: Composing, plans: list[RowPlan]) -> None:
    """Make ready by what those are found who are new; and the sounds of every name that is, which
    take longest."""
    words, notes = composing.words, composing.notes
    connection = db.session.connection()
    people, phones = [], []
    for plan in plans:
        if plan.person != "new" or plan.person_id is None:
            continue
        facts = plan.values.person
        names = [facts.get(name, "") for name in ("first_name", "middle_name", "last_name")]
        area = composing.villages.get(composing.house_of(plan)) if plan.join else None
        people += person_word_rows(plan.person_id, names, area)
        phones += phone_end_rows(plan.person_id, facts.get("phone"))
    words.names.update(row["word"] for row in people)
    for model, rows in learning(connection, words.names):
        notes.insert(model, rows, missing_only=True)
    notes.insert(PersonWord, people)
    notes.insert(PhoneEnd, phones)
    houses = [
        row
        for house in words.new_houses
        for row in house_word_rows(
            house["id"], house["house_no"], house["search_key"], house["village_no"]
        )
    ]
    notes.insert(HouseWord, houses)
    ends = learning_addresses(connection, {row["word"] for row in houses})
    notes.insert(HouseEnd, ends, missing_only=True)
