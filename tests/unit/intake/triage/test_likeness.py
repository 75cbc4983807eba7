"""Why two complaints are thought to be one matter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from welfare.intake.queries.likeness import (
    Matter,
    Reason,
    house_key,
    likeness,
    name_key,
    neighbouring,
)

STORY = "หลังคาบ้านยายรั่วทุกครั้งที่ฝนตก อยากให้มาดู"
ONE = Matter(
    filed_at=datetime(2026, 11, 20, 3, tzinfo=UTC),
    category_id=1,
    description=STORY,
    subject_name="ยายคำ ใจดี",
    house_no="12/1",
    village_no=2,
    lat=18.65,
    lng=99.04,
    subject_phone=b"a",
    reporter_phone=b"b",
    household_id=None,
    person_id=None,
)
OTHER = Matter(
    filed_at=datetime(2026, 11, 10, 3, tzinfo=UTC),
    category_id=2,
    description="ขอรถเข็นให้คุณตา เดินไม่ได้มาหลายเดือนแล้ว",
    subject_name="นายมา ดีใจ",
    house_no="99",
    village_no=2,
    lat=None,
    lng=None,
    subject_phone=b"c",
    reporter_phone=b"d",
    household_id=None,
    person_id=None,
)


def test_two_strangers_have_nothing_in_common() -> None:
    found = likeness(ONE, OTHER)
    assert (found.score, found.reasons) == (0, ())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"subject_phone": b"a"}, Reason.PHONE),
        ({"subject_phone": b"b"}, Reason.PHONE),
        ({"reporter_phone": b"b"}, Reason.REPORTER),
        ({"house_no": "บ้านเลขที่ ๑๒/๑"}, Reason.HOUSE),
        ({"house_no": "12/1", "category_id": 1}, Reason.HOUSE_CATEGORY),
        ({"subject_name": "นางคำ ใจดี"}, Reason.NAME),
        ({"subject_name": "นางคำ ใจดึ"}, Reason.NAME_ALIKE),
        ({"description": STORY + " ครับ"}, Reason.TEXT),
        ({"description": "หลังคาบ้านยายรั่วฝนตกทุกครั้ง อยากให้มาช่วยดูหน่อย"}, Reason.TEXT_ALIKE),
        ({"lat": 18.651, "lng": 99.04}, Reason.NEAR),
    ],
)
def test_one_thing_in_common_is_named(changes: dict[str, object], reason: Reason) -> None:
    assert likeness(ONE, replace(OTHER, **changes)).reasons == (reason,)  # type: ignore[arg-type]


def test_same_person_of_the_registry() -> None:
    one, other = replace(ONE, person_id=7), replace(OTHER, person_id=7)
    assert likeness(one, other).reasons == (Reason.PERSON,)


def test_house_and_category_within_sixty_days_is_a_likely_duplicate() -> None:
    again = replace(OTHER, house_no="12/1", category_id=1)
    assert likeness(ONE, again).likely_duplicate
    long_ago = replace(again, filed_at=ONE.filed_at - timedelta(days=61))
    found = likeness(ONE, long_ago)
    assert found.reasons == (Reason.HOUSE,)
    assert not found.likely_duplicate
    assert found.same_house_or_person


def test_the_same_number_in_another_village_is_another_house() -> None:
    assert likeness(ONE, replace(OTHER, house_no="12/1", village_no=3)).reasons == ()


def test_a_caller_for_many_makes_no_duplicate() -> None:
    assert not likeness(ONE, replace(OTHER, reporter_phone=b"b")).likely_duplicate


def test_no_telephone_is_not_the_same_telephone() -> None:
    one = replace(ONE, subject_phone=None, reporter_phone=None)
    other = replace(OTHER, subject_phone=None, reporter_phone=None)
    assert likeness(one, other).reasons == ()


@pytest.mark.parametrize("name", ["ยายคำ ใจดี", "คุณยายคำ ใจดี", "นางคำ ใจดี", "คำ  ใจดี"])
def test_forms_of_address_are_no_part_of_a_name(name: str) -> None:
    assert name_key(name) == "คำ ใจดี"


@pytest.mark.parametrize(
    "typed", ["12/1", "๑๒/๑", "บ้านเลขที่ 12/1", "เลขที่12/1", "12/1 หมู่ 3", " 12 /1"]
)
def test_house_numbers_however_typed(typed: str) -> None:
    assert house_key(typed) == "12/1"


def test_neighbours() -> None:
    assert neighbouring("12/1", "12/2")
    assert neighbouring("12", "14")
    assert not neighbouring("12", "12")
    assert not neighbouring("12", "20")
    assert not neighbouring("", "12")
