"""Thai personal names: titles, the parts of a typed name, and dictionary order."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from welfare.core.thai.text import clean_line, search_key

#: Offered in lists. A title is free text all the same: ranks are too many to enumerate.
TITLES: Final = (
    "นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง", "พระ", "สามเณร", "แม่ชี",
    "ดร.", "ว่าที่ร้อยตรี", "ว่าที่ร้อยตรีหญิง", "สิบเอก", "จ่าสิบเอก", "ร้อยตรี", "ร้อยตำรวจตรี",
)  # fmt: skip
SHORT_TITLES: Final = {
    "น.ส.": "นางสาว", "นส.": "นางสาว", "ด.ช.": "เด็กชาย", "ดช.": "เด็กชาย",
    "ด.ญ.": "เด็กหญิง", "ดญ.": "เด็กหญิง", "ว่าที่ ร.ต.": "ว่าที่ร้อยตรี", "ว่าที่ร.ต.": "ว่าที่ร้อยตรี",
    "ส.อ.": "สิบเอก", "จ.ส.อ.": "จ่าสิบเอก", "ร.ต.ต.": "ร้อยตำรวจตรี", "ร.ต.": "ร้อยตรี",
    "mr.": "Mr", "mrs.": "Mrs", "ms.": "Ms", "miss": "Miss", "mr": "Mr", "mrs": "Mrs", "ms": "Ms",
}  # fmt: skip

#: Titles that are also the beginning of given names (พระพาย, นางฟ้า): only before a space.
_STAND_ALONE: Final = frozenset({"พระ", "นาง", "สามเณร", "แม่ชี"})
_IN_NAMES: Final = frozenset(" .-'’()")
_OF_MEN: Final = frozenset({"นาย", "เด็กชาย", "พระ", "สามเณร", "mr"})
_OF_WOMEN: Final = frozenset({"นาง", "นางสาว", "เด็กหญิง", "แม่ชี", "ว่าที่ร้อยตรีหญิง", "mrs", "ms", "miss"})
_GOES_ON = re.compile("[\u0e2f-\u0e3a\u0e45-\u0e4e]")  # a mark: the syllable is not over yet
_LEAD_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_SECONDARY: Final = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a typed name is made of; any part may be empty (monks and others have no surname)."""

    title: str
    first: str
    last: str


def strange_signs(text: str) -> str:
    """What is in a name and belongs in none: digits, emoji, controls, most punctuation."""
    return "".join(
        sign for sign in text if unicodedata.category(sign)[0] not in "LM" and sign not in _IN_NAMES
    )


def sex_of_title(title: str) -> str:
    """``male`` or ``female`` where a title says so; empty where it does not."""
    whole = SHORT_TITLES.get(title.casefold(), title).casefold()
    return "male" if whole in _OF_MEN else "female" if whole in _OF_WOMEN else ""


def split_name(text: str) -> NameParts:
    """``นาย สมชาย ใจดี`` or ``นายสมชาย ใจดี`` as title, first and last name.

    The last word is the surname; a middle name stays with the first (สมชาย ณ อุโมงค์ keeps its ณ
    with the surname). A guess to fill in a form with, for a person to correct.
    """
    title, rest = _take_title(clean_line(text))
    words = rest.split()
    if len(words) < 2:
        return NameParts(title, rest, "")
    cut = -2 if len(words) > 2 and words[-2] == "ณ" else -1
    return NameParts(title, " ".join(words[:cut]), " ".join(words[cut:]))


@lru_cache(maxsize=4096)
def display_name(title: str, first: str, last: str) -> str:
    """``นายสมชาย ใจดี``: a Thai title is written joined to the name, one with a full stop too."""
    joined = f"{title}{first}" if _is_thai(title) or not title else f"{title} {first}"
    return clean_line(f"{joined} {last}")


def name_sort_key(text: str) -> str:
    """A string whose plain code point order is Thai dictionary order.

    A leading vowel counts after its consonant; tone marks and the like decide only between words
    otherwise equal. Sort it by code point (``COLLATE "C"`` in PostgreSQL, the default in SQLite).
    pythainlp's key appends one tone without a separator, which puts ก่อ after กอง.
    """
    swapped = _LEAD_VOWEL.sub(r"\2\1", search_key(text))
    letters = "".join(char for char in swapped if char not in _SECONDARY)
    accents: list[str] = []
    for char in swapped:
        if char in _SECONDARY:
            if accents:
                accents[-1] += char
        else:
            accents.append("0")
    return f"{letters} {''.join(accents).rstrip('0')}".rstrip()


def _take_title(name: str) -> tuple[str, str]:
    lowered = name.casefold()
    for short, full in sorted(SHORT_TITLES.items(), key=lambda pair: -len(pair[0])):
        if lowered.startswith(short) and (short.endswith(".") or _ends_word(name, len(short))):
            return full, name[len(short) :].strip()
    for title in sorted(TITLES, key=len, reverse=True):
        if not name.startswith(title) or _GOES_ON.match(name, len(title)):
            continue
        if title not in _STAND_ALONE or _ends_word(name, len(title)) or _surname_follows(name):
            return title, name[len(title) :].strip()
    return "", name


def _ends_word(name: str, length: int) -> bool:
    return len(name) == length or name[length] == " "


def _surname_follows(name: str) -> bool:
    """นางบัวผัน ใจดี has a title; นางฟ้า alone is a name. พระ… is left alone: พระพาย ใจดี."""
    return name.startswith("นาง") and " " in name


def _is_thai(text: str) -> bool:
    return any("\u0e01" <= char <= "\u0e5b" for char in text)
