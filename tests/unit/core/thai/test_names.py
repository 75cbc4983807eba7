"""Names taken apart, put together and sorted the Thai way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import collate

from welfare.core.thai.names import NameParts, display_name, name_sort_key, split_name


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("นาย สมชาย ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("นายสมชาย  ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("น.ส. มานี มีนา", ("นางสาว", "มานี", "มีนา")),
        ("นางสาวมานี มีนา", ("นางสาว", "มานี", "มีนา")),
        ("นางบัวผัน ใจดี", ("นาง", "บัวผัน", "ใจดี")),
        ("ด.ช.เอก ใจดี", ("เด็กชาย", "เอก", "ใจดี")),
        ("พระ สมชาย", ("พระ", "สมชาย", "")),
        ("พระพาย ใจดี", ("", "พระพาย", "ใจดี")),
        ("นางฟ้า", ("", "นางฟ้า", "")),
        ("นายิกา ดี", ("", "นายิกา", "ดี")),
        ("สมหญิง ณ ลำพูน", ("", "สมหญิง", "ณ ลำพูน")),
        ("Mr. John Paul Smith", ("Mr", "John Paul", "Smith")),
        ("Missaka Bee", ("", "Missaka", "Bee")),
        ("สมชาย", ("", "สมชาย", "")),
        ("นาย", ("นาย", "", "")),
        ("", ("", "", "")),
    ],
)
def test_taken_apart(typed: str, parts: tuple[str, str, str]) -> None:
    assert split_name(typed) == NameParts(*parts)


def test_put_together() -> None:
    assert display_name("นาย", "สมชาย", "ใจดี") == "นายสมชาย ใจดี"
    assert display_name("", "สมชาย", "") == "สมชาย"
    assert display_name("Mr", "John", "Smith") == "Mr John Smith"


@given(st.text(max_size=40))
def test_any_text_splits(typed: str) -> None:
    parts = split_name(typed)
    assert split_name(typed) == parts


def test_dictionary_order() -> None:
    ordered = ["กนก", "กร", "ก่อ", "กอง", "ก้อน", "เก", "เก่ง", "แก้ว", "ไก่", "ขจร", "ฤดี", "ลำพูน",
               "วัน", "วันที่", "วัว", "สม ก", "สมชาย", "หมู", "อุโมงค์", "เอก"]  # fmt: skip
    mixed = ordered[::-1]
    assert sorted(mixed, key=name_sort_key) == ordered


@pytest.mark.parametrize(
    "ordered",
    [
        ["นา", "เก"][::-1],
        ["กา", "ก่า", "ก้า", "กาก", "เก"],
        ["กอ", "ก่อ", "กอง"],
        ["ปาน", "ป่าน", "ป้าน", "ปานะ"],
        ["ไก่", "ไกร", "ขา"],
        ["Anan", "bee", "กา"],
    ],
)
def test_order_of_names(ordered: list[str]) -> None:
    mixed = ordered[::-1]
    assert sorted(mixed, key=name_sort_key) == ordered


@given(st.lists(st.sampled_from(["กาล", "เกิด", "ไก", "เปด", "หมู", "วัว", "วันท", "แมว", "สมชาย"])))
def test_agrees_with_pythainlp_without_tones(words: list[str]) -> None:
    assert sorted(words, key=name_sort_key) == collate(words)
