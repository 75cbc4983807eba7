"""Houses: numbers in any writing, codes with a slip, who lives there, and where."""

from __future__ import annotations

import pytest

from welfare.households.likeness import OFFERED, HouseTraits, Sign, compare_houses, house_keys

HOUSE = HouseTraits("12/3", 4, house_code="51010123456", members=(("คำ", "ใจดี"),))


@pytest.mark.parametrize("written", ["12/3", "๑๒/๓", "บ้านเลขที่ 12/3", "12-3", "12 / 03"])
def test_one_number_in_any_writing(written: str) -> None:
    found = compare_houses(HOUSE, HouseTraits(written, 4))
    assert Sign.SAME_ADDRESS in found.reasons and found.score >= OFFERED
    assert {*house_keys(HOUSE)} & {*house_keys(HouseTraits(written, 4))}


def test_another_village_is_another_house() -> None:
    found = compare_houses(HOUSE, HouseTraits("12/3", 5))
    assert Sign.OTHER_VILLAGE in found.against and found.score < OFFERED


def test_a_number_like_it_needs_the_same_people() -> None:
    other = HouseTraits("123", 4)
    assert compare_houses(HOUSE, other).score < OFFERED
    lived = HouseTraits("123", 4, members=(("คำ", "ใจดี"),))
    assert compare_houses(HOUSE, lived).score >= OFFERED


def test_codes() -> None:
    assert compare_houses(HOUSE, HouseTraits("", None, house_code="51010123456")).score >= OFFERED
    other = HouseTraits("12/3", 4, house_code="51010999999", members=(("มี", "มาก"),))
    found = compare_houses(HOUSE, other)
    assert {Sign.OTHER_CODE, Sign.OTHER_PEOPLE} == {*found.against} and found.score < OFFERED


def test_readings_of_one_place() -> None:
    one = HouseTraits("9", 4, lat=18.64800, lng=99.04200)
    near = HouseTraits("9", None, lat=18.64808, lng=99.04205)
    assert Sign.SAME_PLACE in compare_houses(one, near).reasons
