"""Walking the words of people and houses in the order of an index, no further than needed.

A *walk* goes over one range of one index: a word itself, its beginnings, a part of it, what sounds
like it. Several walks are asked in one statement, each stops after a number of rows, and the first
people or houses of all of them in one common order are what is found. That order is the bytes of
the words and then the id, so both databases find the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import text

from welfare.core.db import db
from welfare.households.queries.fitting import (
    Forms,
    Level,
    Shelf,
    Values,
    begins,
    sounds_like,
    sounds_of,
)

Areas = tuple[int, ...] | None
"""The areas to look in; ``None`` for all."""

COMMON = 2_000
"""Rows from which on a word counts as common, however many more there are."""
MANY_WORDS = 20_000
"""The same of different words of which it is a part, counted where all words are common."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One range of one index, in its order. ``record`` is the id that is met on it."""

    level: Level
    record: str
    first: str
    source: str
    where: tuple[str, ...]
    order: str
    word: str = "w.word"
    earlier: str = "false"

    def only(self, *conditions: str) -> Walk:
        """The same walk past those who do not fulfil this."""
        return replace(self, where=(*self.where, *conditions))

    def sql(self, place: int, limit: str) -> str:
        """The walk as part of a statement."""
        return (
            f"SELECT {place} AS place, {self.first} AS first, {self.word} AS word,"
            f" {self.earlier} AS earlier, {self.record} AS id FROM {self.source}"
            f" WHERE {' AND '.join(self.where)} ORDER BY {self.order} LIMIT {limit}"
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One record that a walk came by."""

    level: Level
    sort: tuple[str, str, bool]
    id: int

    @property
    def earlier(self) -> bool:
        """Whether the word it was met by is of an earlier name only."""
        return self.sort[2]


def walks(shelf: Shelf, forms: Forms, level: Level, areas: Areas, values: Values) -> list[Walk]:
    """All walks on which words that fit exactly this well are met, one for each form and area."""
    sought = sounds_of(forms) if level is Level.ALIKE else forms
    return [
        _walk_of(shelf, form, level, area, values)
        for form in sought
        for area in (areas if areas is not None else (None,))
    ]


def _walk_of(shelf: Shelf, form: str, level: Level, area: int | None, values: Values) -> Walk:
    here = () if area is None else (f"w.area = {values.put(area)}",)
    record = f"w.{shelf.key}"
    rest = shelf.order
    if level in (Level.WHOLE, Level.START):
        test = (
            f"w.word = {values.put(form)}"
            if level is Level.WHOLE
            else begins("w.word", form, values)
        )
        return Walk(
            level, record, "w.word", f"{shelf.words} w", (*here, test), f"w.word, {rest}",
            earlier=shelf.earlier,
        )  # fmt: skip
    if level is Level.PART:
        first, table, test = "e.ending", f"{shelf.ends} e", begins("e.ending", form, values)
    else:
        first, table, test = "e.sound", "name_sounds e", sounds_like("e.sound", form, values)
    source = f"{table} CROSS JOIN {shelf.words} w"  # SQLite keeps this order
    return Walk(
        level, record, first, source, (*here, test, "w.word = e.word"), f"{first}, e.word, {rest}",
        earlier=shelf.earlier,
    )  # fmt: skip


def led_by(level: Level) -> tuple[Level, ...]:
    """On which walks the leading word of several is met, where all must fit this well or better."""
    if level in (Level.WHOLE, Level.START):
        return (level,)
    return (Level.START, Level.PART, Level.ALIKE)[:level]


def first_of(
    todo: Iterable[Walk], values: Values, need: int, known: Collection[int] = ()
) -> list[Step]:
    """The first records that are not known yet, in the common order: level, words, id.

    A record may be met several times on one walk; where the walks ended too early for that, they
    are walked again, further.
    """
    arms = list(todo)
    reach = need + need // 4 + len(known)
    limit = values.put(reach)
    while arms:
        steps, short = _walk(arms, values, limit, need, set(known))
        if not short:
            return steps[:need]
        values[limit[1:]] = reach = reach * 4
    return []


def _walk(
    arms: list[Walk], values: Values, limit: str, need: int, known: set[int]
) -> tuple[list[Step], bool]:
    parts = [f"SELECT * FROM ({arm.sql(place, limit)}) a{place}" for place, arm in enumerate(arms)]
    met: list[list[int]] = [[] for _arm in arms]
    steps = []
    for place, first, word, earlier, record in db.session.execute(
        text(" UNION ALL ".join(parts)), values
    ):
        met[place].append(record)
        steps.append(Step(arms[place].level, (first, word, bool(earlier)), record))
    reach = values[limit[1:]]
    short = any(len(ids) == reach and len(set(ids) - known) < need for ids in met)
    found: dict[int, Step] = {}
    for step in sorted(steps, key=lambda step: (step.level, step.sort, step.id)):
        if step.id not in known:
            found.setdefault(step.id, step)
    return list(found.values()), short


def sizes(wanted: Sequence[tuple[Shelf, Forms, Level]]) -> tuple[list[int], bool]:
    """How many rows each word of a query would lead by; the rarest is the one to walk along. Where
    all are common (the second value), in how many different words each is met tells as much, and
    is counted sooner."""
    values = Values()
    limit = values.put(COMMON)
    counts = []
    for shelf, forms, widest in wanted:
        levels = (Level.WHOLE,) if widest is Level.WHOLE else (Level.START, Level.PART)
        todo = [
            (walk.source, walk.where)
            for level in levels
            for walk in walks(shelf, forms, level, None, values)
        ]
        counts.append(_counting(todo, limit))
    found = [min(count, COMMON) for count in _count(counts, values)]
    if min(found) < COMMON:
        return found, False
    values = Values()
    limit = values.put(MANY_WORDS)
    counts = [
        _counting(
            [(f"{shelf.ends} e", (begins("e.ending", form, values),)) for form in forms], limit
        )
        for shelf, forms, _widest in wanted
    ]
    return _count(counts, values), True


def _counting(todo: Sequence[tuple[str, Sequence[str]]], limit: str) -> str:
    return " + ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {' AND '.join(where)}"
        f" LIMIT {limit}) s)"
        for source, where in todo
    )


def _count(counts: Sequence[str], values: Values) -> list[int]:
    row = db.session.execute(text(f"SELECT {', '.join(counts)}"), values).one()
    return [int(count) for count in row]
