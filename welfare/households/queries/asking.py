"""What somebody looks for when they type into the registry's one search box."""

from __future__ import annotations

import re
from dataclasses import dataclass

from welfare.core.thai import identity, names, phones, references
from welfare.core.thai.faults import InputFault
from welfare.core.thai.text import search_key

LONGEST = 120
MOST_WORDS = 8
_SHORT_CODE = 4
"""Digits of numbers like 1669: nobody's own, and house numbers look the same."""

_VILLAGE = re.compile(
    r"(?<![\u0e00-\u0e7fa-z])(?:หมู่ที่|หมู่|ม\.|ม(?=\s*\d)|moo|m\.|village)\s*(\d{1,3})(?!\d|/)"
)
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
    name_words: tuple[tuple[str, ...], ...] = ()
    house_words: tuple[str, ...] = ()
    all_words: tuple[str, ...] = ()
    village_no: int | None = None
    fault: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.text


def read_query(typed: str) -> Asked:
    """Take a typed query apart; never fails, whatever was typed."""
    text = typed[:LONGEST].strip()
    key = search_key(text)
    if not key:
        return Asked("")
    identifier, fault = _identifier(text)
    words, village = _address(key)
    reference, phone = _reference(text), _phone(text)
    ours = reference is not None and reference.prefix in (references.HOUSEHOLD, references.PERSON)
    surely = reference or phone or (identifier and len(identifier) == 13)
    return Asked(
        text=key,
        number=str(reference) if ours else None,
        elsewhere=None if ours else reference,
        identifier=identifier,
        house_code=_house_code(text),
        phone=phone,
        name_words=_names(words),
        house_words=() if surely else tuple(word for word in words if _has_digit(word)),
        all_words=words,
        village_no=village,
        fault=fault,
    )


def _reference(text: str) -> references.Reference | None:
    try:
        return references.read_reference(text)
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


def _address(key: str) -> tuple[tuple[str, ...], int | None]:
    """The words without the village, and the village."""
    found = _VILLAGE.search(key)
    village = int(found[1]) if found else None
    rest = f"{key[: found.start()]} {key[found.end() :]}" if found else key
    words = tuple(_FILLER.sub("", rest).split()[:MOST_WORDS])
    return words, village


def _names(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    plain = [word for word in words if not _has_digit(word)]
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
