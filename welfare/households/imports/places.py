"""House numbers, villages and addresses in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rapidfuzz import fuzz, process

from welfare.core.thai.dates import MONTHS, MONTHS_EN, MONTHS_SHORT
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.text import clean_line, search_key
from welfare.households.imports.findings import Read, Unreadable
from welfare.households.imports.reading import Cell

_SERIALS: Final = range(40_000, 50_000)
_SERIAL_START: Final = date(1899, 12, 30)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]0{1,2}:00(?::00)?)?")
_FULL: Final = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20|25)\d{2})")


def _months() -> dict[str, int]:
    names = {}
    for number, words in enumerate(zip(MONTHS, MONTHS_SHORT, MONTHS_EN, strict=True), start=1):
        for word in (*words, words[2][:3]):
            names[word.replace(".", "").casefold()] = number
    return names


_MONTHS: Final = _months()
_MONTH: Final = "|".join(sorted({re.escape(word) for word in _MONTHS}, key=len, reverse=True))
_DAY_MONTH: Final = re.compile(rf"(\d{{1,2}})[\s\-/]*({_MONTH})", re.I)
_MONTH_YEAR: Final = re.compile(rf"({_MONTH})[\s\-/]*(\d{{1,4}})", re.I)
_PREFIX: Final = re.compile(r"^(?:บ้านเลขที่|เลขที่|บ\.?เลขที่|house\s*no\.?)\s*", re.I)
_MARKS: Final = (
    ("village_no", r"(?:หมู่ที่|หมู่|ม\.|moo)\s*(\d{1,2})"),
    ("lane", r"(?:ตรอก/ซอย|ซอย|ซ\.|ตรอก)\s*(\S+)"),
    ("road", r"(?:ถนน|ถ\.)\s*(\S+)"),
    ("subdistrict", r"(?:ตำบล|ต\.|แขวง)\s*(\S+)"),
    ("district", r"(?:อำเภอ|อ\.|เขต)\s*(\S+)"),
    ("province", r"(?:จังหวัด|จ\.)\s*(\S+)"),
    ("postcode", r"\b(\d{5})$"),
)


def read_house_no(cell: Cell, today: date) -> Read:
    """A house number; one that became a date is put back and doubted.

    ``right`` names the other number it may have been, where there is one.
    """
    if isinstance(cell, date):
        return _from_date(cell, today)
    if isinstance(cell, bool):
        raise Unreadable("house_no", "12/3")
    if isinstance(cell, int | float):
        if int(cell) == cell and int(cell) in _SERIALS:
            return _from_date(_SERIAL_START + timedelta(days=int(cell)), today)
        if int(cell) != cell:
            text = f"{cell:g}".replace(".", "/")
            return Read(text, "house_decimal", text, doubtful=True)
        return Read(str(int(cell)))
    return _from_text(to_arabic(clean_line(cell or "")), today)


def _from_date(day: date, today: date) -> Read:
    """12/3 becomes 12 March of the present year; 3/45 the first of March 1945."""
    recent = abs(day.year - today.year) <= 12 or abs(day.year - 543 - today.year) <= 12
    if day.day == 1 and not recent:
        text = f"{day.month}/{day.year % 100}"
    else:
        text = f"{day.day}/{day.month}"
    return Read(text, "house_date", text, doubtful=True)


def _from_text(text: str, today: date) -> Read:
    text = _PREFIX.sub("", text).strip().lstrip("'")
    folded = text.replace(".", "").casefold()
    if iso := _ISO.fullmatch(text):
        return _from_date(date(int(iso[1]), int(iso[2]), int(iso[3])), today)
    if full := _FULL.fullmatch(text):
        restored = f"{int(full[1])}/{int(full[2])}"
        return Read(restored, "house_date", restored, doubtful=True)
    if named := _DAY_MONTH.fullmatch(folded):
        restored = f"{int(named[1])}/{_MONTHS[named[2]]}"
        return Read(restored, "house_date", restored, doubtful=True)
    if named := _MONTH_YEAR.fullmatch(folded):
        restored = f"{_MONTHS[named[1]]}/{named[2]}"
        return Read(restored, "house_date", restored, doubtful=True)
    if len(text) > 60:
        raise Unreadable("house_no", "12/3")
    return Read(re.sub(r"\s*/\s*", "/", re.sub(r"^(\d+)\.0$", r"\1", text)))


@dataclass(frozen=True, slots=True)
class Address:
    """An address of one cell, taken apart: facts of a household by name."""

    parts: dict[str, str | int]


def read_address(text: str) -> Address:
    """``๙๙/๑ ม.๔ ต.อุโมงค์ …`` by its parts; what stands in front is the house number."""
    rest = _PREFIX.sub("", to_arabic(clean_line(text))).strip().lstrip("'")
    parts: dict[str, str | int] = {}
    for name, pattern in _MARKS:
        found = re.search(pattern, rest, re.I)
        if found:
            parts[name] = int(found[1]) if name == "village_no" else found[1]
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    house = clean_line(rest).strip(" ,")
    if house:
        number = re.match(r"(\d[\d/\-ก-ฮ]*)(?:\s+(.*))?$", house)
        parts["house_no"] = number[1] if number else house
        if number and number[2]:
            parts["community"] = number[2]
    return Address(parts)


def has_marks(text: str) -> bool:
    """Whether a house number says more than the number: a village, a lane, a road."""
    plain = to_arabic(clean_line(text))
    return any(re.search(pattern, plain, re.I) for _name, pattern in _MARKS[:-1])


def read_village(cell: Cell, names: dict[int, str]) -> Read:
    """The number of a village, from a number, ``ม.4``, or its name (``names`` by number)."""
    if isinstance(cell, bool | date):
        raise Unreadable("village", _known(names))
    if isinstance(cell, int | float):
        return _one_of(int(cell), names)
    text = to_arabic(clean_line(cell or ""))
    if number := re.search(r"(?:^|หมู่ที่|หมู่|ม\.?|moo)\s*(\d{1,2})(?:\.0)?(?!\d)", text, re.I):
        return _one_of(int(number[1]), names)
    wanted = search_key(text).removeprefix("บ้าน").strip()
    keys = {no: search_key(name).removeprefix("บ้าน").strip() for no, name in names.items()}
    exact = [no for no, name in keys.items() if name and name == wanted]
    if len(exact) == 1:
        return Read(exact[0])
    best = process.extractOne(wanted, keys, scorer=fuzz.ratio, score_cutoff=85) if wanted else None
    if best is not None:
        return Read(best[2], "village_name", str(best[2]))
    raise Unreadable("village", _known(names))


def _one_of(number: int, names: dict[int, str]) -> Read:
    if number not in names:
        raise Unreadable("village", _known(names))
    return Read(number)


def _known(names: dict[int, str]) -> str:
    numbers = sorted(names)
    if numbers and numbers == list(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 2:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))
