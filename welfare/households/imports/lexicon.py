"""The words of headers and cells, from the data files beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from welfare.core.thai.text import search_key
from welfare.households.imports.fields import Field

_DATA = Path(__file__).parent / "data"
_NOISE = re.compile(r"[\s.\-_/()\[\]:*ฯ,'\"‐-―]+")
_ADDING = ("รวม", "ยอด", "ทั้ง", "total", "grand", "sum")
NEARLY = 86
"""How alike (of 100) a header must be to one that is known."""
LONGEST_NOTHING = 16
SHORT = 4
"""Words up to this length must be the same: one letter makes another word of them."""


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """A header or a word of a cell in the form in which both are compared."""
    folded = search_key(text)
    return _NOISE.sub("", folded) or folded


@cache
def _headers() -> dict[str, Field]:
    with (_DATA / "headers.toml").open("rb") as file:
        data = tomllib.load(file)
    return {key(word): Field(name) for name, words in data.items() for word in words}


@cache
def _words() -> dict[str, Any]:
    with (_DATA / "words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _meanings(group: str) -> dict[str, str]:
    return {key(word): code for code, words in _words()[group].items() for word in words}


@cache
def _listed(group: str) -> frozenset[str]:
    return frozenset(key(word) for word in _words()[group])


@cache
def _long_headers() -> list[str]:
    return [word for word in _headers() if len(word) > SHORT]


@lru_cache(maxsize=4096)
def header_meaning(text: str) -> tuple[Field | None, int]:
    """What a header means, and how sure that is (0 to 100)."""
    wanted = key(text)
    known = _headers()
    if not wanted:
        return None, 0
    if wanted in known:
        return known[wanted], 100
    bare = key(without_era(text))
    if bare in known:
        return known[bare], 98
    if len(wanted) <= SHORT:
        return None, 0
    long = _long_headers()
    best = process.extractOne(wanted, long, scorer=fuzz.ratio, score_cutoff=NEARLY)
    if best is not None:
        return known[best[0]], int(best[1])
    inside = [word for word in long if len(word) >= 6 and word in wanted]
    if inside:
        return known[max(inside, key=len)], 70
    return None, 0


_ERA = re.compile(r"\s*\((?:พ\.ศ\.|ค\.ศ\.|Buddhist era|Christian era)\)\s*$", re.I)


def without_era(text: str) -> str:
    """A header without the era that stands in brackets at its end."""
    return _ERA.sub("", text)


@lru_cache(maxsize=4096)
def meaning(group: str, text: str) -> str | None:
    """The code that a word of a cell stands for; ``None`` for one nobody knows."""
    wanted = key(text)
    known = _meanings(group)
    if wanted in known:
        return known[wanted]
    if len(wanted) > SHORT:
        long = [word for word in known if len(word) > SHORT]
        best = process.extractOne(wanted, long, scorer=fuzz.ratio, score_cutoff=NEARLY)
        if best is not None:
            return known[best[0]]
    return None


@lru_cache(maxsize=4096)
def says_nothing(text: str) -> bool:
    """Whether a cell says that nothing is known (-, ไม่มี, n/a)."""
    if len(text) > LONGEST_NOTHING:
        return False
    return key(text) in _listed("nothing") or not key(text)


def is_total(text: str) -> bool:
    """Whether a row that begins so adds up those above it."""
    if not text.lstrip(" (").casefold().startswith(_ADDING):
        return False
    wanted = key(text)
    return wanted in _listed("totals") or wanted.startswith(
        ("รวมทั้ง", "ยอดรวม", "รวมจำนวน", "รวมหมู่", "รวมเงิน")
    )


def is_footer(text: str) -> bool:
    """Whether a row that begins so stands below the list (notes, signatures)."""
    wanted = key(text)
    return any(wanted.startswith(word) for word in _listed("footers"))


def spellings() -> int:
    """How many spellings of headers are known (for the page that shows them)."""
    return len(_headers())
