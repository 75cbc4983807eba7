"""Comparing names: of one kind with each other, swapped, and with earlier ones."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from welfare.households.likeness.signs import Sign
from welfare.households.likeness.sounds import plain, skeleton, spoken
from welfare.households.likeness.traits import PersonTraits
from welfare.households.likeness.weights import (
    EARLIER,
    FIRST_NAME,
    LAST_NAME,
    NEAR,
    OTHER_FIRST,
    OTHER_LAST_MAN,
    OTHER_LAST_WOMAN,
    SOUNDS,
    SWAPPED,
    rarity,
)

SHORTEST = 3
"""Letters that a name must have for one differing letter to be a slip: คำ and ดำ are two names."""
LONG = 9
"""From here on two slips are forgiven."""


class Agreement(IntEnum):
    """How far two names agree; the smaller the better."""

    SAME = 0
    SOUNDS = 1
    NEAR = 2
    OTHER = 3
    UNKNOWN = 4


_COST = {Agreement.SAME: 0.0, Agreement.SOUNDS: SOUNDS, Agreement.NEAR: NEAR}


class Commonness:
    """How many bear a name; without counts every name is worth the average."""

    def __init__(
        self,
        first: dict[str, int] | None = None,
        last: dict[str, int] | None = None,
        total: int = 0,
    ) -> None:
        """``first`` and ``last``: names as stored and how many of ``total`` people bear them."""
        self._first, self._last, self._total = first or {}, last or {}, total

    def first(self, a: str, b: str) -> float:
        """Bits for sharing this first name, in either spelling."""
        return self._bits(self._first, a, b, FIRST_NAME)

    def last(self, a: str, b: str) -> float:
        """Bits for sharing this surname."""
        return self._bits(self._last, a, b, LAST_NAME)

    def _bits(self, counts: dict[str, int], a: str, b: str, average: float) -> float:
        count = max(counts.get(a, 0), counts.get(b, 0))
        return rarity(count, self._total, average) if count else average


class Named:
    """The outcome for names: bits, how first and last agree, and the signs."""

    __slots__ = ("against", "bits", "first", "last", "reasons")

    def __init__(self, bits: float, first: Agreement, last: Agreement) -> None:
        self.bits, self.first, self.last = bits, first, last
        self.reasons: list[Sign] = []
        self.against: list[Sign] = []

    @property
    def family(self) -> bool:
        """The surname is shared."""
        return self.last <= Agreement.NEAR


@lru_cache(maxsize=120_000)
def agreement(a: str, b: str) -> Agreement:
    """Whether two names are the same, sound alike, differ by a slip, or are two names."""
    one, two = plain(a), plain(b)
    if not one or not two:
        return Agreement.UNKNOWN
    if one == two:
        return Agreement.SAME
    heard, other = spoken(a), spoken(b)
    if heard == other:
        return Agreement.SOUNDS
    if min(len(one), len(two), len(heard), len(other)) >= SHORTEST and (
        _slips(one, two) or _slips(heard, other)
    ):
        return Agreement.NEAR
    bones = skeleton(a)
    return Agreement.NEAR if len(bones) > 1 and bones == skeleton(b) else Agreement.OTHER


def _slips(a: str, b: str) -> bool:
    forgiven = 2 if min(len(a), len(b)) >= LONG else 1
    return OSA.distance(a, b, score_cutoff=forgiven) <= forgiven


def compare_names(a: PersonTraits, b: PersonTraits, *, woman: bool, known: Commonness) -> Named:
    """The best way in which the names agree: straight, swapped, or by an earlier name."""
    best = _straight((a.first, a.last), (b.first, b.last), woman=woman, known=known)
    if best.first == Agreement.OTHER and a.last and b.last:
        best = _swapped(a, b, known) or best
    if (a.earlier or b.earlier) and (best.first, best.last) != (Agreement.SAME, Agreement.SAME):
        best = _earlier(a, b, woman=woman, known=known, best=best)
    return best


def _straight(a: tuple[str, str], b: tuple[str, str], *, woman: bool, known: Commonness) -> Named:
    first, last = agreement(a[0], b[0]), agreement(a[1], b[1])
    bits = 0.0
    if first <= Agreement.NEAR:
        bits += known.first(a[0], b[0]) + _COST[first]
    elif first == Agreement.OTHER:
        bits += OTHER_FIRST
    if last <= Agreement.NEAR:
        bits += known.last(a[1], b[1]) + _COST[last]
    elif last == Agreement.OTHER:
        bits += OTHER_LAST_WOMAN if woman else OTHER_LAST_MAN
    named = Named(bits, first, last)
    _say(named)
    return named


def _say(named: Named) -> None:
    if named.first == Agreement.OTHER:
        named.against.append(Sign.OTHER_FIRST)
    if named.last == Agreement.OTHER:
        named.against.append(Sign.OTHER_LAST)
    if named.first > Agreement.NEAR or named.last == Agreement.OTHER:
        return
    worst = named.first if named.last == Agreement.UNKNOWN else max(named.first, named.last)
    named.reasons.append(
        {
            Agreement.SAME: Sign.SAME_NAME,
            Agreement.SOUNDS: Sign.NAME_SOUNDS,
            Agreement.NEAR: Sign.NAME_NEAR,
        }[worst]
    )


def _swapped(a: PersonTraits, b: PersonTraits, known: Commonness) -> Named | None:
    first, last = agreement(a.first, b.last), agreement(a.last, b.first)
    if max(first, last) > Agreement.NEAR:
        return None
    bits = known.first(a.first, b.last) + known.last(a.last, b.first) + SWAPPED
    named = Named(bits + _COST[first] + _COST[last], first, last)
    named.reasons.append(Sign.NAMES_SWAPPED)
    return named


def _earlier(
    a: PersonTraits, b: PersonTraits, *, woman: bool, known: Commonness, best: Named
) -> Named:
    now = ((a.first, a.last), (b.first, b.last))
    pairs = [(name, now[1]) for name in a.earlier] + [(now[0], name) for name in b.earlier]
    for one, other in pairs:
        named = _straight(one, other, woman=woman, known=known)
        named.bits += EARLIER
        if named.bits > best.bits:
            named.reasons = [Sign.EARLIER_NAME]
            best = named
    return best
