"""Comparing house numbers and places."""

from __future__ import annotations

import re
from functools import lru_cache
from math import cos, hypot, radians

from welfare.core.thai.text import search_key
from welfare.households.likeness.traits import PersonTraits

_METRES = 111_320.0
"""One degree of latitude."""
_NUMBER = re.compile("[0-9]+")
_WORDS = re.compile("^(?:บ้าน)?(?:เลขที่|เลข)?|[ .]|บ้านเลขที่")


@lru_cache(maxsize=60_000)
def house_number(text: str) -> str:
    """``๙๙ / ๐๑`` and ``99-1`` as ``99/1``: Arabic digits, one stroke, no leading zeros."""
    bare = _WORDS.sub("", search_key(text)).replace("-", "/").replace("ทับ", "/")
    return _NUMBER.sub(lambda digits: digits[0].lstrip("0") or "0", bare)


def same_house(a: PersonTraits, b: PersonTraits) -> bool:
    """One household, or the same house number in the same village."""
    if a.household_id is not None and a.household_id == b.household_id:
        return True
    return (
        bool(a.house_no)
        and bool(b.house_no)
        and a.village_no is not None
        and a.village_no == b.village_no
        and house_number(a.house_no) == house_number(b.house_no)
    )


def metres(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """The distance of two points near each other, in metres."""
    across = (lng - other_lng) * cos(radians((lat + other_lat) / 2))
    return hypot(lat - other_lat, across) * _METRES
