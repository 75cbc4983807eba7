"""What an agreement or a disagreement is worth, in bits, and why.

The model is that of Fellegi and Sunter (1969): each observation adds ``log2(m / u)``, where ``m``
is how often it is seen between two records of one person and ``u`` how often between two people.
Before anything is seen the odds are ``PRIOR``; the sum, as a probability, is the score.

``u`` comes from counting (birthdays in 80 years, names in a municipality of 13,000); ``m`` from
what registers get wrong, set by hand and meant to be replaced by counts once the office has
decided some hundred pairs. Where observations depend on each other (a family shares surname, house
and telephone), the second one is worth less, which the plain model does not know.
"""

from __future__ import annotations

from math import exp2, log2
from typing import Final

from welfare.households.likeness.signs import Sign

OFFERED: Final = 0.5
"""From this score on a pair is offered: more likely one person than two."""

PRIOR: Final = -17.0
"""One person in ten is entered twice: of 13,000 others, one in 130,000 is the same person."""

FIRST_NAME: Final = 8.0
"""The same first name by chance: about 1 in 250; a rarer or commoner name by its own count."""
LAST_NAME: Final = 9.0
"""The same surname by chance: about 1 in 500."""
NAME_BITS: Final = (3.0, 11.0)
"""No name is so common that it says nothing, none so rare that it alone decides."""

KNOWN: Final = 500
"""So many people weigh as much as the average: a registry of ten says nothing about names."""

SOUNDS: Final = -1.5
"""Spelt otherwise, said alike (ณัฐพงษ์, ณัฐพงศ์): nearly the same name."""
NEAR: Final = -4.0
"""One letter, vowel or tone differs: as often a slip as another name (สมชาย, สมชัย)."""
OTHER_FIRST: Final = -14.0
"""First names are changed (1 in 50), but brothers, sisters and twins share all the rest."""
OTHER_LAST_WOMAN: Final = -2.0
"""Women's surnames change at marriage and divorce."""
OTHER_LAST_MAN: Final = -6.0
SWAPPED: Final = -1.0
EARLIER: Final = -1.0

WEIGHTS: Final[dict[Sign, float]] = {
    Sign.SAME_ID: 30.0,  # numbers are given once; it is wrong only where it was copied wrongly
    Sign.ID_ONE_DIGIT: 14.0,  # only if one of the two fails its check digit: then it is a slip
    Sign.ID_TRANSPOSED: 14.0,
    Sign.ID_CUT: 14.0,  # a spreadsheet lost the last digits
    Sign.SAME_BIRTH: 13.0,  # 1 in 29,000 days of 80 years, wrong in some percent
    Sign.BIRTH_SWAPPED: 9.0,
    Sign.BIRTH_ERA: 11.0,  # a year of the one era read as the other: 543 years apart to the day
    Sign.BIRTH_MONTH: 8.0,
    Sign.BIRTH_YEAR: 5.0,  # 1 in 60; all that many old records have
    Sign.BIRTH_NEAR: 3.0,  # one part of three differs
    Sign.BIRTH_OTHER: -6.0,  # the same year or the next, but another day
    Sign.BIRTH_APART: -12.0,  # father and son
    Sign.SAME_PHONE: 6.0,  # a household shares one
    Sign.SAME_HOUSE: 7.0,  # 1 house in 4,500, but people move
    Sign.SAME_SEX: 0.9,
    Sign.OTHER_SEX: -7.0,  # wrong in 1 of 130
    Sign.OTHER_ID: -20.0,  # two right numbers are two people, but for a number of somebody else
    Sign.SIDE_BY_SIDE: -3.0,  # who wrote down the household meant two
    Sign.ONE_DEAD: -1.0,
}
FAMILY_HOUSE: Final = 3.0
"""The same house where the surname is the same: families live together. Not where the first name
is the same too: nobody gives two children of one house one name."""
FAMILY_PHONE: Final = 3.0
FIRST_OF_JANUARY: Final = 6.0
"""1 January is what a register writes when it knows the year only."""
RIGHT_YET_NEAR: Final = 2.0
"""Both keep their check digit and still differ by one slip: the rule leaves 2 of 11 unseen."""
STATUS_CHANGED: Final = -8.0
"""Two right numbers of two kinds: somebody without nationality who got it has a new number."""

HOUSE_PRIOR: Final = -14.0
HOUSE_WEIGHTS: Final[dict[Sign, float]] = {
    Sign.HOUSE_CODE: 24.0,
    Sign.CODE_NEAR: 8.0,
    Sign.SAME_ADDRESS: 16.0,  # house number and village: 1 in 4,500, seldom given twice
    Sign.ADDRESS_NEAR: 7.0,
    Sign.SAME_PEOPLE: 12.0,
    Sign.SAME_PLACE: 6.0,
    Sign.OTHER_CODE: -10.0,
    Sign.OTHER_VILLAGE: -16.0,
    Sign.OTHER_PEOPLE: -5.0,
}


def probability(bits: float) -> float:
    """The score: odds of two to the ``bits``, as a probability."""
    if bits > 60:
        return 1.0
    odds = exp2(bits)
    return odds / (1.0 + odds)


def rarity(count: int, total: int, average: float) -> float:
    """What sharing a name is worth that ``count`` of ``total`` people bear: the two themselves left
    out, and held to the average as long as few people are known."""
    others = max(count - 2, 0) + KNOWN * exp2(-average)
    low, high = NAME_BITS
    return min(high, max(low, log2((total + KNOWN) / others)))
