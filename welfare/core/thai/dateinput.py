"""Reading dates that people type, in either era, whole or in part."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from welfare.core.thai.dates import BE_OFFSET, MONTHS, MONTHS_EN, MONTHS_SHORT, Precision
from welfare.core.thai.digits import to_arabic
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import clean_line

Era = Literal["be", "ce"]

_OLDEST_CE: Final = 1850
_LAST_CE: Final = 2100
_FIRST_BE: Final = 2400
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A day, or the first day of the month or year where no more was given."""

    date: date
    precision: Precision


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for number, (full, short, english) in enumerate(
        zip(MONTHS, MONTHS_SHORT, MONTHS_EN, strict=True), start=1
    ):
        for name in (full, short, english, english[:3]):
            names[_bare(name)] = number
    return names | {"sept": 9}


def _bare(name: str) -> str:
    return name.replace(".", "").replace(" ", "").casefold()


_MONTHS: Final = _month_names()
_BE_SIGN: Final = re.compile(
    r"(พุทธศักราช|พ\.?\s*ศ\.?|b\.?\s?e\.?)(?=\s*\d)|(?<=\d)\s*b\.?e\.?$", re.I
)
_CE_SIGN: Final = re.compile(
    r"(คริสต์ศักราช|ค\.?\s*ศ\.?|a\.?d\.?|c\.?e\.?)(?=\s*\d)|(?<=\d)\s*(a\.?d\.?|c\.?e\.?)$", re.I
)
_NOISE: Final = re.compile(r"วัน[ก-๎]*\s*ที่|เดือน|ปี|,")
_NUMERIC: Final = re.compile(r"(?:(\d{1,2})\s*[/.\-\s]\s*)?(\d{1,2})\s*[/.\-\s]\s*(\d+)")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_NAMED: Final = re.compile(r"(?:(\d{1,2})\s*(?:st|nd|rd|th)?[\s\-/]*)?([^\d]+?)[\s\-/]*(\d+)")
_ENGLISH_FIRST: Final = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s+(\d+)", re.I)


def parse_date(text: str) -> ParsedDate:
    """The date that was typed.

    Reads ``04/01/2509``, ``4 ม.ค. ๒๕๐๙``, ``มกราคม 2509``, ``2509``, ``พ.ศ. 2509``, ``1966-01-04``
    and English months. Years from 2400 on are Buddhist, up to 2100 CE. Two-digit years are refused
    (69 could be 2569, 1969 or 2469). Day before month, always. Raises :class:`InputFault`.
    """
    plain = to_arabic(clean_line(text))
    if not plain:
        raise InputFault("date_empty")
    if len(plain) > _LONGEST:
        raise InputFault("date_unreadable")
    era, plain = _take_era(plain)
    plain = " ".join(_NOISE.sub(" ", plain).split())
    if plain.isdecimal():
        return from_parts(None, None, plain, era=era)
    if iso := _ISO.fullmatch(plain):
        return from_parts(iso[3], iso[2], iso[1], era=era)
    if numeric := _NUMERIC.fullmatch(plain):
        return from_parts(*numeric.groups(), era=era)
    if english := _ENGLISH_FIRST.fullmatch(plain):
        return from_parts(english[2], english[1], english[3], era=era)
    if named := _NAMED.fullmatch(plain):
        return from_parts(*named.groups(), era=era)
    raise InputFault("date_unreadable")


def from_parts(
    day: str | int | None,
    month: str | int | None,
    year: str | int | None,
    *,
    era: Era | None = None,
) -> ParsedDate:
    """The date of a three-field input; day, or day and month, may be left empty.

    Raises :class:`InputFault` with ``part`` naming the field to mend.
    """
    day_text, month_text, year_text = (_field(value) for value in (day, month, year))
    if not (day_text or month_text or year_text):
        raise InputFault("date_empty", part="day")
    if not year_text:
        raise InputFault("date_year_missing", part="year")
    if day_text and not month_text:
        raise InputFault("date_month_missing", part="month")
    ce = _read_year(year_text, era)
    if not month_text:
        return ParsedDate(date(ce, 1, 1), "year")
    month_number = _read_month(month_text)
    if not day_text:
        return ParsedDate(date(ce, month_number, 1), "month")
    return ParsedDate(_read_day(day_text, month_number, ce), "day")


def _field(value: str | int | None) -> str:
    return "" if value is None else to_arabic(clean_line(str(value)))


def _take_era(text: str) -> tuple[Era | None, str]:
    if _BE_SIGN.search(text):
        return "be", _BE_SIGN.sub(" ", text)
    if _CE_SIGN.search(text):
        return "ce", _CE_SIGN.sub(" ", text)
    return None, text


def _read_year(text: str, era: Era | None) -> int:
    own_era, text = _take_era(text)
    era = own_era or era
    text = text.strip()
    if not _is_number(text):
        raise InputFault("date_year", part="year")
    if len(text) <= 2:
        raise InputFault("date_two_digit_year", part="year")
    year = int(text[:9])
    buddhist = year >= _FIRST_BE
    if (era == "be" and not buddhist) or (era == "ce" and buddhist):
        raise InputFault("date_year", part="year")
    ce = year - BE_OFFSET if buddhist else year
    if not _OLDEST_CE <= ce <= _LAST_CE:
        raise InputFault("date_year", part="year")
    return ce


def _read_month(text: str) -> int:
    number = int(text) if _is_number(text) and len(text) <= 2 else _MONTHS.get(_bare(text), 0)
    if not 1 <= number <= 12:
        raise InputFault("date_month", part="month")
    return number


def _read_day(text: str, month: int, year: int) -> date:
    try:
        return date(year, month, int(text) if _is_number(text) and len(text) <= 2 else 0)
    except ValueError:
        raise InputFault("date_day", part="day") from None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
