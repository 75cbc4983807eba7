"""What the search columns of the registry hold; whoever writes a row fills them with these."""

from __future__ import annotations

from collections.abc import Iterable

from welfare.core.security.crypto import blind_index
from welfare.core.thai.text import search_key

KEY_LENGTH = 400


def identifier_index(digits: str | None) -> bytes | None:
    """Blind index of a national ID, G-code or passport number without separators."""
    return blind_index(digits, purpose="identifier")


def phone_index(stored: str | None) -> bytes | None:
    """Blind index of a telephone number as ``normalise_phone`` gives it, extension left out.

    Reporters of complaints use the same purpose, so that a caller is found in the registry.
    """
    return blind_index((stored or "").partition("x")[0], purpose="phone")


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
