"""Are two records one house?"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from welfare.households.likeness.names import Agreement, agreement
from welfare.households.likeness.places import house_number, metres
from welfare.households.likeness.signs import Likeness, Sign
from welfare.households.likeness.traits import HouseTraits
from welfare.households.likeness.weights import HOUSE_PRIOR, HOUSE_WEIGHTS, probability

NEAR_METRES = 25.0
"""Two readings of one house by telephones are rarely farther apart."""


def compare_houses(a: HouseTraits, b: HouseTraits) -> Likeness:
    """How likely they are one house, with what speaks for and against it."""
    signs = [sign for sign in (_code(a, b), *_address(a, b), _people(a, b), _place(a, b)) if sign]
    bits = HOUSE_PRIOR + sum(HOUSE_WEIGHTS[sign] for sign in signs)
    return Likeness(
        round(probability(bits), 4),
        round(bits, 1),
        tuple(sign for sign in signs if HOUSE_WEIGHTS[sign] > 0),
        tuple(sign for sign in signs if HOUSE_WEIGHTS[sign] < 0),
    )


def _code(a: HouseTraits, b: HouseTraits) -> Sign | None:
    if not a.house_code or not b.house_code:
        return None
    if a.house_code == b.house_code:
        return Sign.HOUSE_CODE
    slip = OSA.distance(a.house_code, b.house_code, score_cutoff=1) == 1
    return Sign.CODE_NEAR if slip else Sign.OTHER_CODE


def _address(a: HouseTraits, b: HouseTraits) -> list[Sign]:
    signs = []
    known = a.village_no is not None and b.village_no is not None
    if known and a.village_no != b.village_no:
        signs.append(Sign.OTHER_VILLAGE)
    one, two = house_number(a.house_no), house_number(b.house_no)
    if one and two:
        if one == two:
            signs.append(Sign.SAME_ADDRESS if known else Sign.ADDRESS_NEAR)
        elif sorted(one) == sorted(two) or one.replace("/", "") == two.replace("/", ""):
            signs.append(Sign.ADDRESS_NEAR)
    return signs


def _people(a: HouseTraits, b: HouseTraits) -> Sign | None:
    """Whether somebody lives in both; none in common says something where both are inhabited."""
    if not a.members or not b.members:
        return None
    for first, last in a.members:
        for other_first, other_last in b.members:
            alike = max(agreement(first, other_first), agreement(last, other_last))
            if alike <= Agreement.SOUNDS:
                return Sign.SAME_PEOPLE
    return Sign.OTHER_PEOPLE


def _place(a: HouseTraits, b: HouseTraits) -> Sign | None:
    if a.lat is None or a.lng is None or b.lat is None or b.lng is None:
        return None
    return Sign.SAME_PLACE if metres(a.lat, a.lng, b.lat, b.lng) <= NEAR_METRES else None
