"""Where the headers of a sheet stand, and what its columns mean: a guess for people to correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from welfare.core.thai.digits import to_arabic
from welfare.core.thai.text import clean_line
from welfare.households.imports import lexicon
from welfare.households.imports.fields import DAYS, HOMES, MANY, NAMES, Field
from welfare.households.imports.reading import Cell, Row, Sheet
from welfare.households.imports.values import shown

LOOKED_AT = 40
"""Rows in which a header is looked for; above it stand titles, dates, names of offices."""
SAMPLES = 5
LONGEST_HEADER = 120


@dataclass(frozen=True, slots=True)
class Column:
    """A column with a header or with values. ``name`` is unique in its sheet."""

    index: int
    name: str
    samples: tuple[str, ...]
    meaning: Field
    sure: int
    """How sure the guess is, of 100."""

    @property
    def letter(self) -> str:
        """The column as the spreadsheet calls it: A, B, … AA."""
        text, number = "", self.index + 1
        while number:
            number, rest = divmod(number - 1, 26)
            text = chr(65 + rest) + text
        return text


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of the header (numbers as the spreadsheet shows them) and its columns."""

    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def twins(self) -> dict[int, Column]:
        """By the place of a column that is left out: the one that holds the same day in the other
        era."""
        days = {
            lexicon.without_era(column.name): column
            for column in self.columns
            if column.meaning in DAYS and column.name != lexicon.without_era(column.name)
        }
        return {
            column.index: days[day]
            for column in self.columns
            if column.meaning is Field.IGNORE
            and (day := lexicon.without_era(column.name)) != column.name
            and day in days
        }

    @property
    def fingerprint(self) -> str:
        """The same for every list with these headers, in whatever order they stand."""
        names = sorted(lexicon.key(column.name) for column in self.columns)
        return sha256("\n".join(names).encode()).hexdigest()[:32]


def find_header(sheet: Sheet, *, at: int | None = None) -> Header | None:
    """The header of a sheet: the row (or two, where cells are merged) with the most known words.

    ``at`` says which row people chose for it. ``None`` where nothing looks like a header.
    """
    rows = [row for row in sheet.rows if row.number <= (at or LOOKED_AT)]
    if at is not None:
        chosen = [row for row in rows if row.number == at]
        return _header(sheet, chosen[0], None) if chosen else None
    best: tuple[float, Row, Row | None] | None = None
    for place, row in enumerate(rows):
        following = rows[place + 1] if place + 1 < len(rows) else None
        for lower in (None, following):
            if lower is not None and lower.number != row.number + 1:
                continue
            score = _score(_texts(sheet, row, lower)) - (0.5 if lower is not None else 0)
            if lower is not None and _score(_texts(sheet, lower, None)) < 1:
                continue
            if best is None or score > best[0]:
                best = (score, row, lower)
    if best is None or best[0] < 2:
        return None
    return _header(sheet, best[1], best[2])


def _score(texts: dict[int, str]) -> float:
    found = [lexicon.header_meaning(text) for text in texts.values()]
    known = {meaning for meaning, sure in found if meaning is not None and sure >= lexicon.NEARLY}
    return len(known) + len(texts) / 1000


def _texts(sheet: Sheet, row: Row, lower: Row | None) -> dict[int, str]:
    upper = _header_texts(row)
    if lower is None:
        return upper
    beneath = _header_texts(lower)
    spread = dict(upper)
    for top, left, _bottom, right in sheet.merged:
        if top == row.number - 1 and left in upper:
            for column in range(left, right + 1):
                spread.setdefault(column, "")
    return {
        column: text
        for column in sorted({*spread, *beneath})
        if (text := beneath.get(column) or upper.get(column, ""))
    }


def _header_texts(row: Row) -> dict[int, str]:
    return {
        index: clean_line(cell)[:LONGEST_HEADER]
        for index, cell in enumerate(row.cells)
        if isinstance(cell, str) and clean_line(cell)
    }


def _header(sheet: Sheet, row: Row, lower: Row | None) -> Header:
    texts = _texts(sheet, row, lower)
    last = (lower or row).number
    body = [found for found in sheet.rows if found.number > last]
    width = max((len(found.cells) for found in body), default=0)
    seen: Counter[str] = Counter()
    columns = []
    for index in range(max(width, max(texts, default=-1) + 1)):
        values = [found.cells[index] for found in body if index < len(found.cells)]
        filled = [value for value in values if value is not None and shown(value)]
        if index not in texts and not filled:
            continue
        name = texts.get(index) or _letter_name(index)
        seen[lexicon.key(name)] += 1
        if seen[lexicon.key(name)] > 1:
            name = f"{name} ({seen[lexicon.key(name)]})"
        meaning, sure = lexicon.header_meaning(texts.get(index, ""))
        meaning, sure = _with_content(meaning, sure, filled[:LOOKED_AT])
        columns.append(
            Column(
                index, name, tuple(shown(value)[:60] for value in filled[:SAMPLES]), meaning, sure
            )
        )
    return Header(row.number, last, tuple(_one_each(columns)))


def _letter_name(index: int) -> str:
    return f"[{Column(index, '', (), Field.EXTRA, 0).letter}]"


def _with_content(meaning: Field | None, sure: int, values: Sequence[Cell]) -> tuple[Field, int]:
    """What the values say: they speak where the header does not, and confirm or shake it."""
    told = _told_by(values)
    if meaning is None:
        return (told, 60) if told is not None else (Field.EXTRA, 0)
    if meaning == Field.HOUSE_NO and values and told == Field.ADDRESS:
        return Field.ADDRESS, 80
    if meaning == Field.FIRST_NAME and told == Field.FULL_NAME:
        return Field.FULL_NAME, min(sure, 85)
    if meaning == Field.IDENTIFIER and values and told != Field.IDENTIFIER:
        return meaning, min(sure, 75)
    return meaning, sure


_TITLED = re.compile(r"^(นาย|นาง|น\.ส\.|นส\.|ด\.ช\.|ด\.ญ\.|เด็ก)")


def _told_by(values: Sequence[Cell]) -> Field | None:
    texts = [to_arabic(shown(value)) for value in values]
    if not texts:
        return None

    def most(test: re.Pattern[str]) -> bool:
        return sum(1 for text in texts if test.search(text)) * 10 >= len(texts) * 7

    if most(re.compile(r"^\D{0,2}\d([\s\-]?\d){12}$")):
        return Field.IDENTIFIER
    if most(re.compile(r"(หมู่|ม\.)\s*\d")):
        return Field.ADDRESS
    if most(_TITLED) and most(re.compile(r"\S\s+\S")):
        return Field.FULL_NAME
    if most(re.compile(r"^0[689][\d\-\s]{8,11}$")):
        return Field.PHONE
    return None


def _one_each(columns: list[Column]) -> list[Column]:
    """A meaning belongs to the column that is surest of it; the others are kept as they are."""
    best: dict[Field, Column] = {}
    for column in columns:
        if column.meaning in MANY:
            continue
        known = best.get(column.meaning)
        if known is None or column.sure > known.sure:
            best[column.meaning] = column
    kept = {column.index for column in best.values()}
    return [
        column
        if column.meaning in MANY or column.index in kept
        else _without_meaning(column, best[column.meaning])
        for column in columns
    ]


def _without_meaning(column: Column, other: Column) -> Column:
    """Kept as it stands; the same day once more in the other era is left out."""
    twin = lexicon.without_era(column.name)
    same_day = twin != column.name and twin == lexicon.without_era(other.name)
    meaning, sure = (Field.IGNORE, 100) if same_day else (Field.EXTRA, 0)
    return Column(column.index, column.name, column.samples, meaning, sure)


def with_meanings(header: Header, chosen: Mapping[str, str]) -> Header:
    """The header with what people chose, or chose the last time, by the name of the column."""
    known = {
        lexicon.key(name): Field(value) for name, value in chosen.items() if value in set(Field)
    }
    columns = []
    for column in header.columns:
        meaning = known.get(lexicon.key(column.name))
        columns.append(
            column if meaning in (None, column.meaning)
            else Column(column.index, column.name, column.samples, meaning, 100)
        )  # fmt: skip
    return Header(header.first, header.last, tuple(columns))


def usable(header: Header) -> bool:
    """Whether the columns say at least who, by name or number, or which house."""
    meanings = {column.meaning for column in header.columns}
    return bool(meanings & (NAMES | HOMES | {Field.IDENTIFIER, Field.PERSON_NUMBER}))


_VILLAGE = re.compile(r"(?:หมู่ที่|หมู่บ้านที่|หมู่|ม\.|moo)\s*(\d{1,2})(?!\d)", re.I)


def village_of_sheet(sheet: Sheet, header: Header) -> int | None:
    """The village that a sheet's name or its title rows speak of, where they speak of one only."""
    titles = [
        shown(cell)
        for row in sheet.rows
        if row.number < header.first
        for cell in row.cells
        if isinstance(cell, str)
    ]
    found = {
        int(number)
        for text in (sheet.name, *titles)
        for number in _VILLAGE.findall(to_arabic(text))
    }
    return found.pop() if len(found) == 1 else None


def fills_down(sheet: Sheet, header: Header) -> bool:
    """Whether an empty house cell seems to mean: the same house as above."""
    if any(column.meaning == Field.PERSON_NUMBER for column in header.columns):
        return False
    place = next((c.index for c in header.columns if c.meaning in HOMES), None)
    person = next((c.index for c in header.columns if c.meaning in NAMES), None)
    if place is None or person is None:
        return False
    filled = empty = 0
    for row in sheet.rows:
        if row.number <= header.last or len(row.cells) <= person or not row.cells[person]:
            continue
        if place < len(row.cells) and row.cells[place] is not None:
            filled += 1
        else:
            empty += 1
    return filled > 0 and empty * 5 >= filled
