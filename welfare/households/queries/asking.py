"""What somebody looks for when they type into the registry's one search box."""

from __future__ import annotations

import re
from dataclasses import dataclass

from welfare.core.thai import identity, names, phones, references
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import search_key
from welfare.households.queries.fitting import Where

LONGEST = 120
MOST_WORDS = 8
_SHORT_CODE = 4
"""Digits of numbers like 1669: nobody's own, and house numbers look the same."""

_VILLAGE = re.compile(
    r"(?<![\u0e00-\u0e7fa-z])(?:หมู่ที่|หมู่|ม\.|ม(?=\s*\d)|moo|m\.|village)\s*(\d{1,3})(?!\d|/)"
)
_LANE = re.compile(r"(?<![\u0e00-\u0e7f])(?:ซอย|ซ\.|ถนน|ถ\.)\s*(\d\S*)")
_HOUSE_NUMBER = re.compile(r"\d+[ก-ฮ]?(?:/\d+[ก-ฮ]?)*")
_END = r"(?P<told>โทรศัพท์|โทร\.?|เบอร์|มือถือ|tel\.?|phone|\.{2,}|…|(?:[x*]+-?)+)?\s*(?P<digits>\d{4})"
_PHONE_END = re.compile(_END)
_NAME_AND_END = re.compile(rf"(?P<name>\D+?)\s+{_END}")
_FILLER = re.compile(r"(?<![\u0e00-\u0e7f])(?:บ้านเลขที่|เลขที่)\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """The readings of one query; each that is given is tried.

    ``name_words`` holds for every word its spellings (with and without a title in front).
    ``fault`` is a code of ``InputFault`` for a number that looks like an ID but cannot be one.
    """

    text: str
    number: str | None = None
    elsewhere: references.Reference | None = None
    """The number of a case or a request."""
    identifier: str | None = None
    house_code: str | None = None
    phone: str | None = None
    phone_end: str | None = None
    """The last four digits of a telephone number, of somebody of this name where there is one;
    often a house number as well."""
    name_words: tuple[tuple[str, ...], ...] = ()
    address: tuple[tuple[str, Where], ...] = ()
    """All words but the village, each with its place in an address."""
    of_houses: bool = True
    """Whether the numbers in it may be house numbers, rather than being taken otherwise."""
    village_no: int | None = None
    fault: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.text

    @property
    def homes(self) -> tuple[tuple[str, Where], ...]:
        """The words that say in which house somebody lives."""
        if not self.of_houses:
            return ()
        return tuple(
            (word, where)
            for word, where in self.address
            if where is not Where.ANY or _has_digit(word)
        )

    @property
    def house_words(self) -> tuple[str, ...]:
        """The same without their places."""
        return tuple(word for word, _where in self.homes)

    @property
    def all_words(self) -> tuple[str, ...]:
        """All words but the village."""
        return tuple(word for word, _where in self.address)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The words that may be a house number."""
        return tuple(word for word, where in self.homes if where is Where.NUMBER)

    @property
    def house_no(self) -> str | None:
        """The house number, where one is asked for and nobody's name."""
        if self.name_words or len(self.numbers) != 1:
            return None
        return self.numbers[0] if _HOUSE_NUMBER.fullmatch(self.numbers[0]) else None


def read_query(typed: str) -> Asked:
    """Take a typed query apart; never fails, whatever was typed."""
    text = typed[:LONGEST].strip()
    key = search_key(text)
    if not key:
        return Asked("")
    identifier, fault = _identifier(text)
    reference, phone = _reference(text), _phone(text)
    name, phone_end, told = _phone_end(key)
    address, village = _address(name if name and told else key)
    ours = reference is not None and reference.prefix in (references.HOUSEHOLD, references.PERSON)
    surely = reference or phone or told or (identifier and len(identifier) == 13)
    return Asked(
        text=key,
        number=str(reference) if ours else None,
        elsewhere=None if ours else reference,
        identifier=identifier,
        house_code=_house_code(text),
        phone=phone,
        phone_end=phone_end,
        name_words=() if told and not name else _names(address),
        address=address,
        of_houses=not surely,
        village_no=village,
        fault=fault,
    )


def _reference(text: str) -> references.Reference | None:
    try:
        return references.read_spoken_reference(text)
    except InputFault:
        return None


def _identifier(text: str) -> tuple[str | None, str | None]:
    bare = identity.normalise(text)
    if len(bare) == 13 and bare.isascii() and bare.isdecimal():
        try:
            return identity.read_national_id(bare).digits, None
        except InputFault as fault:
            return None, fault.code
    for read in (identity.read_g_code, identity.read_passport):
        try:
            return read(text).digits, None
        except InputFault:
            continue
    return None, None


def _house_code(text: str) -> str | None:
    try:
        return identity.read_house_code(text)
    except InputFault:
        return None


def _phone(text: str) -> str | None:
    try:
        found = phones.normalise_phone(text)
    except InputFault:
        return None
    return found if len(found) > _SHORT_CODE else None


def _phone_end(key: str) -> tuple[str, str | None, bool]:
    """A name before them, the last four digits of a telephone, whether it is said that they are
    that. Four digits after a name may be a house number as well, unless the address says so."""
    if found := _PHONE_END.fullmatch(key):
        return "", found["digits"], bool(found["told"])
    found = _NAME_AND_END.fullmatch(key)
    if not found or any(place.search(key) for place in (_FILLER, _LANE, _VILLAGE)):
        return "", None, False
    return found["name"], found["digits"], bool(found["told"])


def _address(key: str) -> tuple[tuple[tuple[str, Where], ...], int | None]:
    """The words without the village, and the village."""
    found = _VILLAGE.search(key)
    village = int(found[1]) if found else None
    rest = f"{key[: found.start()]} {key[found.end() :]}" if found else key
    rest = _FILLER.sub("", rest)
    words = [
        (word, Where.NUMBER if word[0] in "0123456789" else Where.ANY)
        for word in _LANE.sub(" ", rest).split()
    ]
    words += [(lane, Where.BESIDE) for lane in _LANE.findall(rest)]
    return tuple(words[:MOST_WORDS]), village


def _names(address: tuple[tuple[str, Where], ...]) -> tuple[tuple[str, ...], ...]:
    plain = [word for word, _where in address if not _has_digit(word)]
    if not plain:
        return ()
    parts = names.split_name(" ".join(plain))
    without_title = search_key(f"{parts.first} {parts.last}").split() if parts.title else plain
    if not without_title:
        return tuple((word,) for word in plain)
    return (_spellings(without_title[0]), *((word,) for word in without_title[1:]))


def _spellings(word: str) -> tuple[str, ...]:
    """A first word as typed, and without a title that is written joined to it (นางคำ: คำ)."""
    spellings = [word]
    for title in names.TITLES:
        rest = word.removeprefix(title)
        if rest != word and len(rest) > 1 and not "\u0e30" <= rest[0] <= "\u0e3a":
            spellings.append(rest)
    return tuple(dict.fromkeys(spellings))


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)
