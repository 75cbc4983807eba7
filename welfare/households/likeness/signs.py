"""What speaks for and against two records being one, and the outcome of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """One observation about a pair. Words for it are in ``words``."""

    SAME_ID = "same_id"
    ID_ONE_DIGIT = "id_one_digit"
    ID_TRANSPOSED = "id_transposed"
    ID_CUT = "id_cut"
    SAME_NAME = "same_name"
    NAME_SOUNDS = "name_sounds"
    NAME_NEAR = "name_near"
    NAMES_SWAPPED = "names_swapped"
    EARLIER_NAME = "earlier_name"
    SURNAME_CHANGED = "surname_changed"
    SAME_BIRTH = "same_birth"
    BIRTH_YEAR = "birth_year"
    BIRTH_MONTH = "birth_month"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_ERA = "birth_era"
    BIRTH_NEAR = "birth_near"
    SAME_PHONE = "same_phone"
    SAME_HOUSE = "same_house"
    SAME_SEX = "same_sex"
    HOUSE_CODE = "house_code"
    CODE_NEAR = "code_near"
    SAME_ADDRESS = "same_address"
    ADDRESS_NEAR = "address_near"
    SAME_PEOPLE = "same_people"
    SAME_PLACE = "same_place"

    OTHER_ID = "other_id"
    OTHER_FIRST = "other_first"
    OTHER_LAST = "other_last"
    OTHER_SEX = "other_sex"
    BIRTH_APART = "birth_apart"
    BIRTH_OTHER = "birth_other"
    SIDE_BY_SIDE = "side_by_side"
    ONE_DEAD = "one_dead"
    OTHER_CODE = "other_code"
    OTHER_VILLAGE = "other_village"
    OTHER_PEOPLE = "other_people"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are.

    ``score``: the probability, 0 to 1, that they are one, given the weights. ``weight``: the same
    in bits, for putting pairs in order where the score is 1 for all practical purposes.
    """

    score: float
    weight: float
    reasons: tuple[Sign, ...]
    against: tuple[Sign, ...] = ()

    @property
    def sure(self) -> bool:
        """The same ID, and nothing that speaks against it."""
        return Sign.SAME_ID in self.reasons and not self.against
