"""How a query is read, without a database."""

import pytest

from welfare.households.queries.asking import read_query
from welfare.households.queries.search import address_sort_key


@pytest.mark.parametrize(
    ("typed", "words", "village"),
    [
        ("99/1 ม.4", ("99/1",), 4),
        ("๙๙/๑ หมู่ที่ ๔", ("99/1",), 4),
        ("บ้านเลขที่ 12 หมู่ 11", ("12",), 11),
        ("12ม.3", ("12",), 3),
        ("หมู่บ้านสุขใจ", ("หมู่บ้านสุขใจ",), None),
        ("สม 3", ("สม", "3"), None),
        ("ม.4", (), 4),
        ("", (), None),
    ],
)
def test_addresses(typed: str, words: tuple[str, ...], village: int | None) -> None:
    asked = read_query(typed)
    assert (asked.all_words, asked.village_no) == (words, village)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("นายสมชาย ใจดี", (("สมชาย",), ("ใจดี",))),
        ("นางคำ", (("นางคำ", "คำ"),)),
        ("นางฟ้า น้ำใจ", (("ฟ้า",), ("น้ำใจ",))),
        ("นาย", (("นาย",),)),
        ("สมชาย 99/1", (("สมชาย",),)),
        ("0812345678", ()),
    ],
)
def test_names(typed: str, names: tuple[tuple[str, ...], ...]) -> None:
    assert read_query(typed).name_words == names


def test_numbers() -> None:
    asked = read_query("๐๘๑-๒๓๔ ๕๖๗๘")
    assert (asked.phone, asked.house_words) == ("66812345678", ())
    assert read_query("1669").phone is None
    assert read_query("1669").house_words == ("1669",)
    assert read_query("1-2345-67890-12-3").fault == "id_checksum"


def test_house_numbers_in_their_order() -> None:
    numbers = ["10", "9/10", "9", "9/2", "99 ก"]
    assert sorted(numbers, key=lambda no: address_sort_key(1, no)) == [
        "9", "9/2", "9/10", "10", "99 ก",
    ]  # fmt: skip
