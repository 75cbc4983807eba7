"""What the search columns of the registry hold; whoever writes a row fills them with these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from welfare.core.security.crypto import blind_index
from welfare.core.thai.text import search_key

KEY_LENGTH = 400
LONGEST_WORD = 100
LONGEST_LINE = 400
PHONE_END = 4
"""Digits at the end of a telephone number by which people name it."""
_OVERLAP = 40
_NUMBERED = re.compile("(?:(?<=ซอย)|(?<=ถนน)|(?<=ซ\\.)|(?<=ถ\\.))(?=[0-9])")


_folded = lru_cache(maxsize=50_000)(search_key)
"""Many people share a name: what is indexed in bulk is folded once."""


def identifier_index(digits: str | None) -> bytes | None:
    """Blind index of a national ID, G-code or passport number without separators."""
    return blind_index(digits, purpose="identifier")


def phone_index(stored: str | None) -> bytes | None:
    """Blind index of a telephone number as ``normalise_phone`` gives it, extension left out.

    Reporters of complaints use the same purpose, so that a caller is found in the registry.
    """
    return blind_index((stored or "").partition("x")[0], purpose="phone")


def phone_end_index(stored: str | None) -> bytes | None:
    """Blind index of the last four digits of a telephone number, extension left out."""
    digits = (stored or "").partition("x")[0]
    return blind_index(digits[-PHONE_END:], purpose="phone end") if digits else None


def person_key(first: str, middle: str, last: str, earlier: Iterable[str] = ()) -> str:
    """First, middle and last name, then the earlier names that differ, as ``search_key`` text."""
    now = search_key(f"{first} {middle} {last}")
    before = [key for name in earlier if (key := search_key(name)) and key not in now]
    return " ".join([now, *dict.fromkeys(before)])[:KEY_LENGTH]


def household_key(
    house_no: str, community: str = "", lane: str = "", road: str = "", landmark: str = ""
) -> str:
    """House number first, then community, lane, road and landmark. The village is a column of its
    own: as text its number would be found by everybody who looks for a house number."""
    return search_key(f"{house_no} {community} {lane} {road} {landmark}")[:KEY_LENGTH]


def name_words(first: str, middle: str, last: str) -> list[str]:
    """The words by which a name is found: each word; a part of several words (ณ อุโมงค์) also in
    one; a middle name also joined to its neighbours. No word twice."""
    parts = [key for text in (first, middle, last) if text and (key := _folded(text))]
    words = [word for part in parts for word in part.split()]
    words += [part.replace(" ", "") for part in parts]
    if len(parts) > 2:
        bare = [part.replace(" ", "") for part in parts]
        words += [bare[0] + bare[1], bare[1] + bare[2]]
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in words))


def name_line(words: Iterable[str]) -> str:
    """The words of a person in one line, a space before and behind each; empty if too long."""
    line = f" {' '.join(words)} "
    return line if len(line) <= LONGEST_LINE else ""


def address_words(key: str) -> list[str]:
    """The words of an address's search key; prose written without spaces in pieces that overlap,
    a number written to its ซอย or ถนน apart."""
    pieces = [
        word[start : start + LONGEST_WORD]
        for word in _NUMBERED.sub(" ", key).split()
        for start in range(0, max(len(word) - _OVERLAP, 1), LONGEST_WORD - _OVERLAP)
    ]
    return list(dict.fromkeys(pieces))


def ends_of(word: str) -> list[str]:
    """What is left of a word from its second letter, its third letter … on."""
    return [word[start:] for start in range(1, len(word))]
