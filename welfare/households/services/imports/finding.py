"""Who and what is to be found by other words once an import is written."""

from __future__ import annotations


class Words:
    """People and houses whose words are read anew from the database when everything is written."""

    def __init__(self) -> None:
        self.people: set[int] = set()
        self.houses: set[int] = set()
        self.moved_houses: set[int] = set()

    def again(self, *, person: int | None = None, house: int | None = None) -> None:
        """Somebody or a house that is new, or is found otherwise from now on."""
        if person:
            self.people.add(person)
        if house:
            self.houses.add(house)
