"""How a word of a query fits a word of a name or address: conditions as SQL text, values bound.

Written as text: the statements of the search are many and short, and putting them together as
expressions took longer than the databases need to answer. What was typed is always a bound value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from welfare.core.db import db
from welfare.core.thai.sounds import sound_keys

Forms = tuple[str, ...]
"""A word of a query in its spellings: with and without a title joined to it."""

HIGHEST = "\U0010ffff"
_OPEN_SOUND = 4
"""Letters from which on a sound may also be the beginning of another."""


class Level(IntEnum):
    """How well a word fits, the best first."""

    WHOLE = 0
    START = 1
    PART = 2
    ALIKE = 3
    NEAR = 4
    """One slip away from how it sounds."""


class Where(IntEnum):
    """Which words of an address a word of the query may mean."""

    ANY = 0
    NUMBER = 1
    """Those of the house number; only as a last resort the others."""
    BESIDE = 2
    """Those beside the house number: of the lane, the road, a landmark."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the words of one kind of record stand."""

    words: str
    ends: str
    key: str
    earlier: str
    order: str
    """What follows the word in the order of its index."""


PEOPLE = Shelf("person_words", "name_ends", "person_id", "w.earlier", "w.earlier, w.person_id")
HOUSES = Shelf("house_words", "house_ends", "household_id", "false", "w.beside, w.household_id")


class Values(dict[str, object]):
    """The bound values of a statement."""

    def put(self, value: object) -> str:
        """Take a value; the name by which the statement calls it."""
        name = f"v{len(self)}"
        self[name] = value
        return f":{name}"


def one(select: str) -> str:
    """There is such a row: looked up row by row, where EXISTS might be made a join of all."""
    return f"(SELECT 1 FROM {select} LIMIT 1) = 1"


def begins(column: str, start: str, values: Values) -> str:
    """A text begins so: a range of its index."""
    return f"{column} >= {values.put(start)} AND {column} < {values.put(start + HIGHEST)}"


def starts(column: str, start: str, values: Values) -> str:
    """The same of one text at hand, not as a range of an index."""
    return f"substr({column}, 1, {len(start)}) = {values.put(start)}"


def fits(column: str, forms: Forms, level: Level, values: Values) -> str:
    """One word fits a word of the query this well or better.

    Asked of the few words of one record: written so that no index of words can lead, which
    PostgreSQL would walk anew for every record.
    """
    if level is Level.WHOLE:
        tests = [f"{column} || '' = {values.put(form)}" for form in forms]
    elif level is Level.START:
        tests = [starts(column, form, values) for form in forms]
    else:
        tests = [f"{_inside()}({column}, {values.put(form)}) > 0" for form in forms]
    if level is Level.ALIKE:
        tests += [
            f"{column} IN (SELECT n.word FROM name_sounds n"
            f" WHERE {sounds_like('n.sound', sound, values)})"
            for sound in sounds_of(forms)
        ]
    return f"({' OR '.join(tests)})"


def _inside() -> str:
    return "instr" if db.engine.dialect.name == "sqlite" else "strpos"


def has_word(shelf: Shelf, record: str, forms: Forms, level: Level, values: Values) -> str:
    """The record with this id has a word that fits."""
    return one(
        f"{shelf.words} x WHERE x.{shelf.key} = {record} AND {fits('x.word', forms, level, values)}"
    )


def stands_by(record: str, forms: Forms, level: Level, values: Values) -> str:
    """The person met at ``w`` has a word that fits: told from the line of all their words, which
    stands there, and looked up only where there is no line or the sound decides."""
    before, behind = {Level.WHOLE: (" ", " "), Level.START: (" ", "")}.get(level, ("", ""))
    known = " OR ".join(
        f"{_inside()}(w.line, {values.put(before + form + behind)}) > 0" for form in forms
    )
    looked_up = has_word(PEOPLE, record, forms, level, values)
    if level is Level.ALIKE:
        return f"({known} OR {looked_up})"
    return f"CASE WHEN w.line = '' THEN {looked_up} ELSE ({known}) END"


def narrowed(word: str, where: Where, level: Level) -> Level:
    """How well a word of an address must fit at least: a lane's number is met whole or not at
    all, lane 5 being neither lane 15 nor lane 51."""
    return Level.WHOLE if where is Where.BESIDE and word[0] in "0123456789" else level


def in_house(record: str, word: str, where: Where, level: Level, values: Values) -> str:
    """The house has a word that fits, in the right place of its address."""
    fit = fits("x.word", (word,), narrowed(word, where, level), values)
    return one(
        f"house_words x WHERE x.household_id = {record} AND {fit}{_there('x', where, level)}"
    )


def _there(row: str, where: Where, level: Level) -> str:
    placed = placing(row, where, level)
    return f" AND {placed[0]}" if placed else ""


def placing(row: str, where: Where, level: Level) -> tuple[str, ...]:
    """The condition by which a row of ``house_words`` stands in the right place of its address."""
    if where is Where.BESIDE:
        return (f"{row}.beside = true",)
    if where is Where.NUMBER and level in (Level.WHOLE, Level.START):
        return (f"{row}.beside = false",)
    return ()


def sounds_of(forms: Forms) -> list[str]:
    """How a word of the query may sound; nothing for what is too short to sound like anything."""
    sounds = [sound for form in forms for sound in sound_keys(form) if len(sound) > 1]
    return list(dict.fromkeys(sounds))


def sounds_like(column: str, sound: str, values: Values) -> str:
    """A sound is this one, or begins so where enough of it is known."""
    if len(sound) >= _OPEN_SOUND:
        return begins(column, sound, values)
    return f"{column} = {values.put(sound)}"
