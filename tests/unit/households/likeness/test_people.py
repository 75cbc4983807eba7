"""Two records of one person are recognised by every slip that registers make, families are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from welfare.core.thai.identity import check_digit
from welfare.households.kinds import DatePrecision, Relation, Sex
from welfare.households.likeness import (
    OFFERED,
    Commonness,
    Likeness,
    PersonTraits,
    Sign,
    compare_people,
)
from welfare.households.likeness.names import Agreement, agreement
from welfare.households.likeness.sounds import plain, skeleton, spoken


def number(start: str) -> str:
    return start + check_digit(start)


ID = number("351010012345")
KHAM = PersonTraits(
    "ณัฐพงศ์", "ศรีสุข", title="นาย", sex=Sex.MALE, birth=date(1990, 7, 12), identifier=ID,
    phone="66812345678", house_no="12/3", village_no=4,
)  # fmt: skip
BARE = replace(KHAM, identifier="", phone="", house_no="", village_no=None)


def like(a: PersonTraits, b: PersonTraits, **more: Any) -> Likeness:
    found = compare_people(a, b, **more)
    assert found is not None
    turned = compare_people(b, a, **more)
    assert turned == found, "the order of the two does not matter"
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ณัฐพงษ์", "ณัฐพงศ์"),
        ("ศรีสุข", "สีสุข"),
        ("กตัญญู", "กตัญู"),
        ("น้ำใจ", "นํ้าใจ"),
        ("น้ำใจ", "นำใจ"),
        ("พันธุ์ทิพย์", "พันทิพย์"),
        ("ศักดิ์สิทธิ์", "สักดิ์สิทธิ์"),
        ("พรรณี", "พันนี"),
        ("ไชยา", "ชัยา"),
        ("จันทร์ดี", "จันดี"),
        ("หนูเล็ก", "นูเล็ก"),
        ("เเก้ว", "แก้ว"),
        ("ธนา", "ทนา"),
        ("สม ชาย", "สมชาย"),
    ],
)
def test_said_alike(one: str, other: str) -> None:
    assert agreement(one, other) <= Agreement.SOUNDS


@pytest.mark.parametrize(
    ("one", "other"), [("สมชาย", "สมชัย"), ("วิไล", "วิไร"), ("อมร", "อมน"), ("บุญมี", "บุนมี")]
)
def test_one_slip_apart(one: str, other: str) -> None:
    assert agreement(one, other) == Agreement.NEAR


@pytest.mark.parametrize(
    ("one", "other"),
    [("สมชาย", "สมหญิง"), ("คำ", "ดำ"), ("มานี", "ชูใจ"), ("แก้ว", "กล้วย"), ("ประเสริฐ", "ประยูร")],
)
def test_two_names(one: str, other: str) -> None:
    assert agreement(one, other) == Agreement.OTHER


def test_a_name_that_is_not_known_says_nothing() -> None:
    assert agreement("", "คำ") == Agreement.UNKNOWN


def test_sara_am_is_never_taken_apart() -> None:
    assert plain("คํา") == plain("คำ") == "คำ"
    assert "\u0e4d" not in spoken("น้ำ") and spoken("น้ำ")


def test_a_skeleton_outlives_vowels_and_tones() -> None:
    assert skeleton("สมชาย") == skeleton("สมชัย")
    assert skeleton("คำ"), "something is left of a short name"


def test_the_same_in_all() -> None:
    found = like(KHAM, KHAM)
    assert found.score > 0.999 and found.sure and not found.against


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"first": "ณัฐพงษ์"}, Sign.NAME_SOUNDS),
        ({"last": "ศรีสุก"}, Sign.NAME_NEAR),
        ({"first": "ศรีสุข", "last": "ณัฐพงศ์"}, Sign.NAMES_SWAPPED),
        ({"birth": date(1990, 12, 7)}, Sign.BIRTH_SWAPPED),
        ({"birth": date(1447, 7, 12)}, Sign.BIRTH_ERA),
        ({"birth": date(1990, 7, 22)}, Sign.BIRTH_NEAR),
        ({"birth": date(1980, 7, 12)}, Sign.BIRTH_NEAR),
        ({"birth": date(1990, 1, 1)}, Sign.BIRTH_YEAR),
        ({"birth": date(1990, 1, 1), "precision": DatePrecision.YEAR}, Sign.BIRTH_YEAR),
        ({"birth": date(1990, 7, 1), "precision": DatePrecision.MONTH}, Sign.BIRTH_MONTH),
    ],
)
def test_each_slip_is_offered_and_named(change: dict[str, Any], sign: Sign) -> None:
    """With the same house and no ID on the second record."""
    other = replace(KHAM, identifier="", phone="", **change)
    found = like(KHAM, other)
    assert sign in found.reasons
    assert found.score >= OFFERED


@pytest.mark.parametrize(
    ("digits", "sign"),
    [
        (ID[:4] + str((int(ID[4]) + 1) % 10) + ID[5:], Sign.ID_ONE_DIGIT),
        (ID[:6] + ID[7] + ID[6] + ID[8:], Sign.ID_TRANSPOSED),
        (ID[:12], Sign.ID_CUT),
        (ID[:5] + ID[6:], Sign.ID_CUT),
        (ID, Sign.SAME_ID),
    ],
)
def test_slips_of_the_number(digits: str, sign: Sign) -> None:
    other = replace(BARE, identifier=digits, birth=None)
    found = like(KHAM, other)
    assert sign in found.reasons and found.score >= OFFERED


def test_two_right_numbers_are_two_people() -> None:
    other = replace(BARE, identifier=number("351010067890"))
    found = like(KHAM, other)
    assert Sign.OTHER_ID in found.against and found.score < OFFERED


def test_a_new_number_with_the_nationality_is_no_second_person() -> None:
    one = replace(KHAM, identifier=number("651010012345"))
    other = replace(KHAM, identifier=number("851010067890"))
    assert like(one, other).score >= OFFERED


def test_a_passport_says_nothing_against_a_national_id() -> None:
    assert Sign.OTHER_ID not in like(KHAM, replace(KHAM, identifier="AB1234567")).against


def test_one_number_on_two_people_is_always_shown() -> None:
    other = PersonTraits("มาลี", "ทองดี", sex=Sex.FEMALE, birth=date(1950, 3, 3), identifier=ID)
    found = like(KHAM, other)
    assert found.score >= OFFERED and not found.sure
    assert {Sign.OTHER_FIRST, Sign.OTHER_SEX} <= {*found.against}


def test_a_former_number_counts() -> None:
    found = like(KHAM, replace(BARE, first="อื่น", numbers=(ID,)))
    assert Sign.SAME_ID in found.reasons


def test_a_surname_changed_at_marriage() -> None:
    before = PersonTraits("วาสนา", "ใจดี", title="นางสาว", birth=date(1988, 5, 9))
    after = PersonTraits("วาสนา", "ปันแก้ว", title="นาง", birth=date(1988, 5, 9))
    found = like(before, after)
    assert Sign.SURNAME_CHANGED in found.reasons and Sign.OTHER_LAST not in found.against
    assert found.score >= OFFERED
    assert like(replace(before, title="นาย"), replace(after, title="นาย")).score < found.score


def test_an_earlier_name_is_known() -> None:
    married = PersonTraits("วาสนา", "ปันแก้ว", earlier=(("วาสนา", "ใจดี"),), birth=date(1988, 5, 9))
    found = like(married, PersonTraits("วาสนา", "ใจดี", birth=date(1988, 5, 9)))
    assert Sign.EARLIER_NAME in found.reasons and found.score >= OFFERED


def test_twins_are_two() -> None:
    home = {"house_no": "5", "village_no": 2, "birth": date(2010, 2, 3), "last": "ใจดี"}
    one = PersonTraits("กานดา", sex=Sex.FEMALE, identifier=number("151010012345"), **home)
    other = PersonTraits("กานต์", sex=Sex.MALE, identifier=number("151010012346"), **home)
    assert like(one, other).score < OFFERED
    alike = replace(other, first="กานดี", sex=Sex.FEMALE)
    assert like(one, alike).score < OFFERED
    assert like(replace(one, identifier=""), replace(other, identifier="")).score < OFFERED


def test_father_and_son_are_two() -> None:
    father = replace(KHAM, identifier="", birth=date(1960, 1, 2))
    son = replace(KHAM, identifier="", first="ณัฐพล")
    assert like(father, son).score < OFFERED
    assert like(father, replace(son, first="ณัฐพงษ์")).score < OFFERED


def test_a_common_name_says_less_than_a_rare_one() -> None:
    one = PersonTraits("สมชาย", "ใจดี", birth=date(1960, 1, 1), precision=DatePrecision.YEAR)
    common = Commonness({"สมชาย": 400}, {"ใจดี": 500}, 13_000)
    rare = Commonness({"สมชาย": 2}, {"ใจดี": 3}, 13_000)
    assert like(one, one, known=common).score < OFFERED <= like(one, one, known=rare).score


def test_side_by_side_in_one_house_speaks_against() -> None:
    one = replace(BARE, household_id=1, relation=Relation.HEAD)
    other = replace(BARE, household_id=1, relation=Relation.CHILD)
    assert Sign.SIDE_BY_SIDE in like(one, other).against
    assert Sign.SIDE_BY_SIDE not in like(one, replace(other, relation=Relation.OTHER)).against


def test_a_title_tells_the_sex() -> None:
    one = PersonTraits("ณัฐ", "ใจดี", title="นาย")
    assert Sign.OTHER_SEX in like(one, replace(one, title="นางสาว")).against


def test_one_of_them_has_died() -> None:
    found = like(KHAM, replace(KHAM, deceased=True))
    assert Sign.ONE_DEAD in found.against and found.score >= OFFERED


def test_house_numbers_in_any_writing() -> None:
    found = (
        like(BARE, replace(BARE)),
        like(replace(KHAM, house_no="๑๒/๓"), replace(KHAM, house_no="บ้านเลขที่ 12/03")),
    )
    assert Sign.SAME_HOUSE not in found[0].reasons and Sign.SAME_HOUSE in found[1].reasons


def test_what_cannot_be_is_left_early() -> None:
    other = PersonTraits("มาลี", "ทองดี", sex=Sex.FEMALE, birth=date(1950, 3, 3))
    assert compare_people(KHAM, other, floor=-2.0) is None
