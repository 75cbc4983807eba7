"""From the cells of a row to what it says: every trap of a municipality's spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from welfare.core.thai.dateinput import from_parts
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.names import SHORT_TITLES, NameParts, split_name
from welfare.core.thai.text import search_key
from welfare.households.imports import lexicon
from welfare.households.imports.dates import EXAMPLE, read_date, same_day
from welfare.households.imports.fields import Field, plain, rich
from welfare.households.imports.findings import Finding, Level, Read, Unreadable
from welfare.households.imports.headers import Column, Header
from welfare.households.imports.identifiers import read_code_of_house, read_identifier, read_phone
from welfare.households.imports.numbers import (
    read_degrees,
    read_metres,
    read_money,
    read_score,
    read_years,
)
from welfare.households.imports.places import has_marks, read_address, read_house_no, read_village
from welfare.households.imports.reading import Cell
from welfare.households.imports.values import RowValues, shown
from welfare.households.kinds import DatePrecision, Relation, Sex

F = Field
_BRACKETS: Final = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_ODD_SIGNS: Final = re.compile(r"^[=+@\-]|[=<>{}|\\^~!$%&*;\"_]")
_MALE: Final = ("นาย", "เด็กชาย", "พระ", "สามเณร", "Mr")
_FEMALE: Final = ("นางสาว", "นาง", "เด็กหญิง", "แม่ชี", "Mrs", "Ms", "Miss")
_LENGTHS: Final = {"title": 40, "postcode": 5, "nationality": 60, "subdistrict": 60, "district": 60,
                   "province": 60, "occupation": 120, "community": 120, "lane": 120, "road": 120,
                   "landmark": 300, "registered_address": 300, "notes": 5000}  # fmt: skip
_SEXES: Final = "ชาย / หญิง"
_WORDS: Final = {
    "sex": _SEXES,
    "disability": "1–7",
    "yes_no": "มี / ไม่มี",
    "marital_status": "โสด / สมรส / หม้าย / หย่า / แยกกันอยู่",
}
_NOT_BEFORE: Final = date(1890, 1, 1)
_MASKED: Final = re.compile(r"(?=(?:[^xX*•]*[xX*•]){4})[\dxX*•\s\-+]+")
"""A number of which only the last digits are shown."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a row is read against: the villages by number, today, the sheet's own village."""

    villages: Mapping[int, str]
    today: date
    village_no: int | None = None


class RowReader:
    """Reads the rows of one sheet under one header."""

    def __init__(self, sheet: str, header: Header, around: Surroundings) -> None:
        self.sheet, self.header, self.around = sheet, header, around
        self.meanings = {column.meaning for column in header.columns}
        self.twins = header.twins
        self.lone_name = F.FIRST_NAME in self.meanings and F.LAST_NAME not in self.meanings

    def read(self, number: int, cells: list[Cell]) -> RowValues:
        """What the row says. Nothing is raised: what cannot be used is among its findings."""
        row = _Reading(RowValues(self.sheet, number), self)
        for column in self.header.columns:
            cell = cells[column.index] if column.index < len(cells) else None
            text = shown(cell)
            if not text:
                continue
            row.values.cells[column.name] = text
            if column.index in self.twins:
                row.twin(self.twins[column.index], cells, column.name, cell)
            if column.meaning in (F.SERIAL, F.IGNORE):
                continue
            if column.meaning == F.EXTRA:
                row.values.extras[column.name] = text
            elif not lexicon.says_nothing(text) or column.meaning in _NOTHING_SPEAKS:
                row.take(column.meaning, column.name, cell, text)
        row.finish()
        return row.values


_NOTHING_SPEAKS: Final = frozenset(
    {
        F.WELFARE_CARD,
        F.WATER,
        F.ELECTRICITY,
        F.TOILET,
        F.ON_REGISTER,
        F.DE_FACTO,
        F.CENTRAL_REGISTER,
    }
)
"""Columns where ไม่มี is an answer."""


class _Reading:
    """The reading of one row."""

    def __init__(self, values: RowValues, reader: RowReader) -> None:
        self.values, self.reader, self.around = values, reader, reader.around
        self.birth: dict[Field, tuple[str, str]] = {}
        self.age: int | None = None
        self.age_column = ("", "")
        self.head_name = ""
        self.head_column = ""

    def note(
        self, level: Level, code: str, column: str = "", read: str = "", right: str = ""
    ) -> None:
        self.values.findings.append(Finding(level, code, column, read, right))

    def take(self, meaning: Field, column: str, cell: Cell, text: str) -> None:
        """Put one cell where it belongs."""
        try:
            self._take(meaning, column, cell, text)
        except Unreadable as fault:
            self.note(Level.REFUSED, fault.code, column, text, fault.right)

    def twin(self, main: Column, cells: list[Cell], column: str, cell: Cell) -> None:
        """The same day once more in the other era: it speaks where that one is empty, and is a
        doubt where that one says another day."""
        text, other = shown(cell), cells[main.index] if main.index < len(cells) else None
        if lexicon.says_nothing(text):
            return
        if not shown(other) or lexicon.says_nothing(shown(other)):
            self.take(main.meaning, column, cell, text)
        elif not same_day(cell, other):
            self.note(Level.DOUBTFUL, "era_differs", column, text, f"{main.name}: {shown(other)}")

    def _take(self, meaning: Field, column: str, cell: Cell, text: str) -> None:
        special = _SPECIAL.get(meaning)
        if special is not None:
            special(self, column, cell, text)
        elif meaning in _DATES:
            group, name = _DATES[meaning]
            found = self._mended(read_date(cell), column, text)
            if found.precision != "day":
                raise Unreadable("date_day_missing", EXAMPLE)
            getattr(self.values, group)[name] = found.date
        elif meaning in _WORD_FIELDS:
            group, name, words = _WORD_FIELDS[meaning]
            code = lexicon.meaning(words, text)
            if code is None:
                raise Unreadable("word", _WORDS.get(words, ""))
            getattr(self.values, group)[name] = code
        elif meaning in _NUMBERS:
            group, name, read = _NUMBERS[meaning]
            getattr(self.values, group)[name] = self._mended(read(cell), column, text)
        else:
            group, name = _TEXTS[meaning]
            most = _LENGTHS.get(name, 100)
            line = text if name == "notes" else one_line(text)
            if len(line) > most:
                raise Unreadable("too_long", str(most))
            getattr(self.values, group)[name] = line

    def _mended(self, read: Read, column: str, text: str) -> Any:
        if read.code:
            level = Level.DOUBTFUL if read.doubtful else Level.NOTE
            self.note(level, read.code, column, text, read.right)
        return read.value

    def own_number(self, column: str, _cell: Cell, text: str) -> None:
        self.values.person_number = to_arabic(text).strip().upper()[:20]

    def own_house(self, column: str, _cell: Cell, text: str) -> None:
        self.values.household_number = to_arabic(text).strip().upper()[:20]

    def identifier(self, column: str, cell: Cell, text: str) -> None:
        if _MASKED.fullmatch(text):
            self.masked(column, text)
            return
        found = self._mended(read_identifier(cell), column, text)
        self.values.person |= {"id_kind": found.kind, "identifier": found.digits}

    def masked(self, column: str, text: str) -> None:
        """Says nothing; in a list that went out from here nobody wonders at it."""
        if F.PERSON_NUMBER not in self.reader.meanings:
            self.note(Level.NOTE, "masked", column, text)

    def phone(self, column: str, cell: Cell, text: str) -> None:
        if _MASKED.fullmatch(text):
            self.masked(column, text)
            return
        self.values.person["phone"] = self._mended(read_phone(cell), column, text)

    def title(self, column: str, cell: Cell, text: str) -> None:
        self.values.person["title"] = full_title(one_line(text))[:40]

    def full_name(self, column: str, cell: Cell, text: str) -> None:
        name = self._bare_name(column, text)
        parts = split_name(name)
        if not parts.first:
            parts = NameParts("", name, "")
        if parts.title:
            self.values.person.setdefault("title", parts.title)
        self.values.person["first_name"] = parts.first[:100]
        if parts.last:
            self.values.person["last_name"] = parts.last[:100]

    def first_name(self, column: str, cell: Cell, text: str) -> None:
        if self.reader.lone_name:
            self.full_name(column, cell, text)
            return
        name = self._bare_name(column, text)
        parts = split_name(name)
        if not parts.first:
            parts = NameParts("", name, "")
        if parts.title:
            self.values.person.setdefault("title", parts.title)
        self.values.person["first_name"] = f"{parts.first} {parts.last}".strip()[:100]

    def last_name(self, column: str, cell: Cell, text: str) -> None:
        self.values.person["last_name"] = self._bare_name(column, text)[:100]

    def _bare_name(self, column: str, text: str) -> str:
        name = one_line(text)
        if inside := _BRACKETS.search(name):
            name = one_line(_BRACKETS.sub(" ", name))
            self.note(Level.DOUBTFUL, "name_brackets", column, text, f"{name} ({inside[1]})")
        if any(char.isdigit() for char in to_arabic(name)) or not name:
            raise Unreadable("name_digits")
        if _ODD_SIGNS.search(name):
            self.note(Level.DOUBTFUL, "name_signs", column, text)
        return name

    def head(self, column: str, cell: Cell, text: str) -> None:
        if self.reader.meanings & {F.FULL_NAME, F.FIRST_NAME}:
            self.head_name, self.head_column = one_line(text), column
            return
        self.full_name(column, cell, text)
        self.values.link["relation"] = Relation.HEAD

    def birth_date(self, column: str, cell: Cell, text: str) -> None:
        found = self._mended(read_date(cell), column, text)
        self._born(found.date, DatePrecision(found.precision), column, text)

    def _born(self, day: date, precision: DatePrecision, column: str, text: str) -> None:
        if day > self.around.today:
            raise Unreadable("birth_future", EXAMPLE)
        if day < _NOT_BEFORE:
            raise Unreadable("birth_old", EXAMPLE)
        self.values.person |= {"birth_date": day, "birth_precision": precision}

    def birth_part(self, meaning: Field) -> Callable[[str, Cell, str], None]:
        def take(column: str, _cell: Cell, text: str) -> None:
            self.birth[meaning] = (column, text)

        return take

    def years(self, column: str, cell: Cell, text: str) -> None:
        self.age, self.age_column = read_years(cell).value, (column, text)

    def house_no(self, column: str, cell: Cell, text: str) -> None:
        if isinstance(cell, str) and has_marks(cell):
            self.address(column, cell, text)
            return
        self.values.house["house_no"] = self._mended(
            read_house_no(cell, self.around.today), column, text
        )

    def address(self, column: str, cell: Cell, text: str) -> None:
        if not isinstance(cell, str):
            self.house_no(column, cell, text)
            return
        parts = read_address(text).parts
        village = parts.pop("village_no", None)
        if village is not None:
            read = read_village(int(village), dict(self.around.villages))
            self.values.house.setdefault("village_no", read.value)
        if "house_no" in parts:
            number = self._mended(
                read_house_no(str(parts["house_no"]), self.around.today), column, text
            )
            parts["house_no"] = number
        for name, value in parts.items():
            self.values.house.setdefault(name, str(value)[: _LENGTHS.get(name, 60)])

    def village(self, column: str, cell: Cell, text: str) -> None:
        read = read_village(cell, dict(self.around.villages))
        self.values.house["village_no"] = self._mended(read, column, text)

    def relation(self, column: str, cell: Cell, text: str) -> None:
        code = lexicon.meaning("relation", text)
        if code is None:
            self.note(Level.NOTE, "relation_other", column, text)
            self.values.extras[column] = text
        self.values.link["relation"] = Relation(code or "other")

    def coordinate(self, name: str) -> Callable[[str, Cell, str], None]:
        def take(column: str, cell: Cell, text: str) -> None:
            degrees = read_degrees(cell, name)
            if degrees is None:
                self.note(Level.NOTE, "degrees", column, text)
                self.values.extras[column] = text
            else:
                self.values.house[name] = degrees

        return take

    def postcode(self, column: str, cell: Cell, text: str) -> None:
        digits = to_arabic(text)
        if not re.fullmatch(r"[1-9]\d{4}", digits):
            raise Unreadable("postcode", "51150")
        self.values.house["postcode"] = digits

    def deceased(self, column: str, cell: Cell, text: str) -> None:
        self.values.says_dead = True
        self.note(Level.NOTE, "deceased", column, text)
        self.values.extras[column] = text

    def finish(self) -> None:
        """What several cells say together."""
        link, house = self.values.link, self.values.house
        for facts, name in ((link, "on_register"), (link, "de_facto"), (house, "central_register")):
            if name in facts:
                facts[name] = facts[name] == "yes"
        self.values.person = rich(plain(self.values.person))
        self.values.health = rich(plain(self.values.health))
        self.values.house = rich(plain(self.values.house))
        self._birth_of_parts()
        self._birth_of_age()
        self._sex_of_title()
        self._head_of_name()
        if self.around.village_no and "village_no" not in self.values.house and self.values.house:
            self.values.house["village_no"] = self.around.village_no

    def _birth_of_parts(self) -> None:
        if "birth_date" in self.values.person or F.BIRTH_YEAR not in self.birth:
            return
        parts = (F.BIRTH_DAY, F.BIRTH_MONTH, F.BIRTH_YEAR)
        day, month, year = (self.birth.get(part, ("", ""))[1] for part in parts)
        column = self.birth[F.BIRTH_YEAR][0]
        blank = {"0", "00"}
        try:
            found = from_parts("" if day in blank else day, "" if month in blank else month, year)
            self._born(found.date, DatePrecision(found.precision), column, year)
        except InputFault as fault:
            self.note(Level.REFUSED, fault.code, column, f"{day} {month} {year}", EXAMPLE)
        except Unreadable as fault:
            self.note(Level.REFUSED, fault.code, column, year, fault.right)

    def _birth_of_age(self) -> None:
        if self.age is None or self.values.says_dead:
            return
        born = self.values.person.get("birth_date")
        column, text = self.age_column
        year = self.around.today.year - self.age
        if born is None:
            self.values.person |= {
                "birth_date": date(year, 1, 1),
                "birth_precision": DatePrecision.YEAR,
            }
            self.values.guessed |= {"birth_date", "birth_precision"}
            self.note(Level.NOTE, "age_only", column, text, str(year + 543))
        elif abs(born.year - year) > 2:
            self.note(
                Level.DOUBTFUL, "age_differs", column, text, str(self.around.today.year - born.year)
            )

    def _sex_of_title(self) -> None:
        title = self.values.person.get("title", "")
        told = (
            Sex.MALE
            if title.startswith(_MALE)
            else Sex.FEMALE
            if title.startswith(_FEMALE)
            else None
        )
        if told is None:
            return
        sex = self.values.person.get("sex")
        if sex is None:
            self.values.person["sex"] = told
            self.values.guessed.add("sex")
        elif sex != told:
            self.note(Level.DOUBTFUL, "sex_title", "", title)

    def _head_of_name(self) -> None:
        if not self.head_name:
            return
        head, person = split_name(self.head_name), self.values.person
        mine = f"{person.get('first_name', '')} {person.get('last_name', '')}"
        same = search_key(f"{head.first} {head.last}") == search_key(mine)
        if same:
            self.values.link.setdefault("relation", Relation.HEAD)
        else:
            if F.PERSON_NUMBER not in self.reader.meanings:
                self.values.extras[self.head_column] = self.head_name


def one_line(text: str) -> str:
    """A cell in one line; ``shown`` has cleaned it already."""
    return " ".join(text.split())


def full_title(title: str) -> str:
    """น.ส. as นางสาว, ด.ช. as เด็กชาย; others as they stand."""
    folded = title.replace(" ", "").casefold()
    for short, full in SHORT_TITLES.items():
        if folded.rstrip(".") == short.replace(" ", "").rstrip("."):
            return full
    return {"ดช": "เด็กชาย", "ดญ": "เด็กหญิง", "นส": "นางสาว"}.get(folded.replace(".", ""), title)


def _method(name: str) -> Callable[[_Reading, str, Cell, str], None]:
    def take(reading: _Reading, column: str, cell: Cell, text: str) -> None:
        getattr(reading, name)(column, cell, text)

    return take


def _part(meaning: Field) -> Callable[[_Reading, str, Cell, str], None]:
    return lambda reading, column, cell, text: reading.birth_part(meaning)(column, cell, text)


def _coordinate(name: str) -> Callable[[_Reading, str, Cell, str], None]:
    return lambda reading, column, cell, text: reading.coordinate(name)(column, cell, text)


def _house_code(reading: _Reading, column: str, cell: Cell, text: str) -> None:
    reading.values.house["house_code"] = reading._mended(read_code_of_house(cell), column, text)


_SPECIAL: Final[dict[Field, Callable[[_Reading, str, Cell, str], None]]] = {
    F.PERSON_NUMBER: _method("own_number"),
    F.HOUSEHOLD_NUMBER: _method("own_house"),
    F.IDENTIFIER: _method("identifier"),
    F.PHONE: _method("phone"),
    F.TITLE: _method("title"),
    F.FULL_NAME: _method("full_name"),
    F.HEAD_NAME: _method("head"),
    F.FIRST_NAME: _method("first_name"),
    F.LAST_NAME: _method("last_name"),
    F.BIRTH_DATE: _method("birth_date"),
    F.BIRTH_DAY: _part(F.BIRTH_DAY),
    F.BIRTH_MONTH: _part(F.BIRTH_MONTH),
    F.BIRTH_YEAR: _part(F.BIRTH_YEAR),
    F.AGE: _method("years"),
    F.HOUSE_CODE: _house_code,
    F.HOUSE_NO: _method("house_no"),
    F.ADDRESS: _method("address"),
    F.VILLAGE_NO: _method("village"),
    F.RELATION: _method("relation"),
    F.LAT: _coordinate("lat"),
    F.LNG: _coordinate("lng"),
    F.POSTCODE: _method("postcode"),
    F.DECEASED_ON: _method("deceased"),
}
_DATES: Final = {
    F.DISABILITY_CARD_ISSUED: ("health", "disability_card_issued"),
    F.DISABILITY_CARD_EXPIRES: ("health", "disability_card_expires"),
    F.FROM_DAY: ("link", "from_day"),
    F.WELFARE_CARD_ON: ("person", "welfare_card_on"),
    F.ADL_ON: ("health", "adl_on"),
}
_WORD_FIELDS: Final = {
    F.SEX: ("person", "sex", "sex"),
    F.MARITAL_STATUS: ("person", "marital_status", "marital_status"),
    F.WELFARE_CARD: ("person", "welfare_card", "yes_no"),
    F.DISABILITY: ("health", "disability", "disability"),
    F.TENURE: ("house", "tenure", "tenure"),
    F.CONDITION: ("house", "condition", "condition"),
    F.WATER: ("house", "water", "yes_no"),
    F.ELECTRICITY: ("house", "electricity", "yes_no"),
    F.TOILET: ("house", "toilet", "yes_no"),
    F.ON_REGISTER: ("link", "on_register", "yes_no"),
    F.DE_FACTO: ("link", "de_facto", "yes_no"),
    F.CENTRAL_REGISTER: ("house", "central_register", "yes_no"),
}
_NUMBERS: Final[dict[Field, tuple[str, str, Callable[[Cell], Read]]]] = {
    F.MONTHLY_INCOME: ("person", "monthly_income", read_money),
    F.HOUSEHOLD_INCOME: ("house", "monthly_income", read_money),
    F.DEBTS: ("house", "debts", read_money),
    F.ADL_SCORE: ("health", "adl_score", read_score),
    F.ACCURACY: ("house", "accuracy_m", read_metres),
}
_TEXTS: Final = {
    F.MIDDLE_NAME: ("person", "middle_name"),
    F.NATIONALITY: ("person", "nationality"),
    F.OCCUPATION: ("person", "occupation"),
    F.REGISTERED_ADDRESS: ("person", "registered_address"),
    F.NOTES: ("person", "notes"),
    F.COMMUNITY: ("house", "community"),
    F.LANE: ("house", "lane"),
    F.ROAD: ("house", "road"),
    F.SUBDISTRICT: ("house", "subdistrict"),
    F.DISTRICT: ("house", "district"),
    F.PROVINCE: ("house", "province"),
    F.LANDMARK: ("house", "landmark"),
    F.HOUSEHOLD_NOTES: ("house", "notes"),
}
