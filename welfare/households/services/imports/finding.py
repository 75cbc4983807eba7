"""The words by which new people and houses are found, made ready ahead of the writing."""

from __future__ import annotations

from sqlalchemy import Connection, select

from welfare.core.thai.sounds import sound_key
from welfare.households.models.keys import address_words, ends_of, name_words
from welfare.households.models.words import (
    ANYBODYS,
    HouseEnd,
    HouseWord,
    NameEnd,
    NameSound,
    PersonWord,
)
from welfare.households.services.imports.noting import Notes, chunks
from welfare.households.services.imports.spool import Row


class Words:
    """Words of what is new go into the spool; ``people`` and ``houses`` that were there before are
    indexed anew from the database when everything is written."""

    def __init__(self, connection: Connection, notes: Notes) -> None:
        self._connection, self._notes = connection, notes
        self._person_rows: list[Row] = []
        self._house_rows: list[Row] = []
        self.people: set[int] = set()
        self.houses: set[int] = set()
        self.moved_houses: set[int] = set()

    def of_person(self, row: Row, village_no: int | None) -> None:
        """Somebody new, and where they come to live."""
        for word in name_words(row["first_name"], row["middle_name"] or "", row["last_name"] or ""):
            self._person_rows.append(
                {
                    "person_id": row["id"],
                    "word": word,
                    "area": village_no or ANYBODYS,
                    "earlier": False,
                }
            )

    def of_house(self, row: Row) -> None:
        """A house that is new."""
        for word in address_words(row["search_key"]):
            self._house_rows.append(
                {"household_id": row["id"], "word": word, "area": row["village_no"] or ANYBODYS}
            )

    def again(self, *, person: int | None = None, house: int | None = None) -> None:
        """Somebody or a house that was there before and is found otherwise from now on."""
        if person:
            self.people.add(person)
        if house:
            self.houses.add(house)

    def learn(self) -> None:
        """Put everything into the spool, with the sounds and ends of words nobody bore before."""
        self._notes.insert(PersonWord, self._person_rows)
        self._notes.insert(HouseWord, self._house_rows)
        names = {row["word"] for row in self._person_rows}
        new = sorted(names - self._known_names(names))
        sounds = [{"word": word, "sound": sound_key(word)} for word in new]
        self._notes.insert(NameSound, sounds, missing_only=True)
        self._notes.insert(NameEnd, _ends(new), missing_only=True)
        addresses = sorted({row["word"] for row in self._house_rows})
        self._notes.insert(HouseEnd, _ends(addresses), missing_only=True)

    def _known_names(self, names: set[str]) -> set[str]:
        known: set[str] = set()
        for chunk in chunks(sorted(names)):
            rows = select(NameSound.word).where(NameSound.word.in_(chunk))
            known.update(self._connection.scalars(rows))
        return known


def _ends(words: list[str]) -> list[Row]:
    return [{"ending": end, "word": word} for word in words for end in ends_of(word)]
