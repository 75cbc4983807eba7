"""Comparing ID numbers and house codes."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from welfare.core.thai.identity import check_digit
from welfare.households.likeness.signs import Sign
from welfare.households.likeness.weights import RIGHT_YET_NEAR, STATUS_CHANGED, WEIGHTS

WHOLE = 13
LEAST = 10
"""Fewer digits than these are no number that was cut, but another kind of number."""
NOT_THAI = "067"


def compare_ids(a: str, b: str) -> tuple[float, Sign | None]:
    """Bits and what to say of two ID numbers; nothing where one is missing or of another kind."""
    if not a or not b:
        return 0.0, None
    if a == b:
        return WEIGHTS[Sign.SAME_ID], Sign.SAME_ID
    if not (a.isdecimal() and b.isdecimal()) or min(len(a), len(b)) < LEAST:
        return 0.0, None
    both, sign = right(a) and right(b), slip(a, b)
    if sign is not None:
        return (RIGHT_YET_NEAR if both else WEIGHTS[sign]), sign
    same_status = (a[0] in NOT_THAI) == (b[0] in NOT_THAI)
    return (WEIGHTS[Sign.OTHER_ID] if both and same_status else STATUS_CHANGED), Sign.OTHER_ID


@lru_cache(maxsize=60_000)
def right(digits: str) -> bool:
    """Whether the number keeps its check digit (those that begin with 0 are not all checked)."""
    if len(digits) != WHOLE:
        return False
    return digits[0] == "0" or digits[12] == check_digit(digits[:12])


def slip(a: str, b: str) -> Sign | None:
    """What may have happened to one of two different numbers, if it was one slip."""
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) != len(longer):
        cut = longer.startswith(shorter)
        one_lost = len(longer) - len(shorter) == 1 and OSA.distance(a, b, score_cutoff=1) == 1
        return Sign.ID_CUT if cut or one_lost else None
    if OSA.distance(a, b, score_cutoff=1) > 1:
        return None
    return Sign.ID_TRANSPOSED if sorted(a) == sorted(b) else Sign.ID_ONE_DIGIT
