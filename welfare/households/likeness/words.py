"""The signs in words, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.households.likeness.signs import Sign

WORDS: Mapping[Sign, Any] = {
    Sign.SAME_ID: _l("same ID number"),
    Sign.ID_ONE_DIGIT: _l("ID numbers differ in one digit"),
    Sign.ID_TRANSPOSED: _l("two digits of the ID number are swapped"),
    Sign.ID_CUT: _l("one ID number is the other with digits missing"),
    Sign.SAME_NAME: _l("same name"),
    Sign.NAME_SOUNDS: _l("names sound the same, spelt differently"),
    Sign.NAME_NEAR: _l("names differ by a letter or a vowel"),
    Sign.NAMES_SWAPPED: _l("first and last name are swapped"),
    Sign.EARLIER_NAME: _l("same as an earlier name"),
    Sign.SURNAME_CHANGED: _l("same first name, the surname may have changed"),
    Sign.SAME_BIRTH: _l("same date of birth"),
    Sign.BIRTH_YEAR: _l("same year of birth, one day unknown"),
    Sign.BIRTH_MONTH: _l("same month and year of birth"),
    Sign.BIRTH_SWAPPED: _l("day and month of birth are swapped"),
    Sign.BIRTH_ERA: _l("dates of birth are 543 years apart: one is in the other calendar"),
    Sign.BIRTH_NEAR: _l("dates of birth differ in one part"),
    Sign.SAME_PHONE: _l("same telephone number"),
    Sign.SAME_HOUSE: _l("same house"),
    Sign.SAME_SEX: _l("same sex"),
    Sign.HOUSE_CODE: _l("same house code"),
    Sign.CODE_NEAR: _l("house codes differ in one digit"),
    Sign.SAME_ADDRESS: _l("same house number in the same village"),
    Sign.ADDRESS_NEAR: _l("house numbers are alike"),
    Sign.SAME_PEOPLE: _l("the same people live there"),
    Sign.SAME_PLACE: _l("same place on the map"),
    Sign.OTHER_ID: _l("both have an ID number, and they differ"),
    Sign.OTHER_FIRST: _l("first names differ"),
    Sign.OTHER_LAST: _l("surnames differ"),
    Sign.OTHER_SEX: _l("sex differs"),
    Sign.BIRTH_APART: _l("years of birth are far apart"),
    Sign.BIRTH_OTHER: _l("dates of birth differ"),
    Sign.SIDE_BY_SIDE: _l("both are listed in one household with different relations"),
    Sign.ONE_DEAD: _l("one is noted as deceased, the other is not"),
    Sign.OTHER_CODE: _l("house codes differ"),
    Sign.OTHER_VILLAGE: _l("another village"),
    Sign.OTHER_PEOPLE: _l("other people live there"),
}


def words(signs: Iterable[Sign]) -> list[str]:
    """Each sign as a phrase."""
    return [str(WORDS[sign]) for sign in signs]
