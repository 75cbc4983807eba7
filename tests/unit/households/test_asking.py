"""How a query is read, without a database."""

import pytest

from welfare.households.queries.asking import read_query
from welfare.households.queries.fitting import Where
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


@pytest.mark.parametrize("typed", ["c70-152", "C70152", "c70 152", "C๗๐-๑๕๒", "c70/152"])
def test_a_case_number_as_it_is_said(typed: str) -> None:
    asked = read_query(typed)
    assert asked.elsewhere is not None
    assert (asked.elsewhere.prefix, asked.elsewhere.running) == ("C", 152)
    assert str(asked.elsewhere).startswith("C70-000152-")


@pytest.mark.parametrize("typed", ["C70-000152-0", "C70-0", "ค70-152", "C7", "X70-152"])
def test_no_case_number(typed: str) -> None:
    asked = read_query(typed)
    assert asked.elsewhere is None or str(asked.elsewhere) == typed


@pytest.mark.parametrize(
    ("typed", "end", "homes"),
    [
        ("1234", "1234", ("1234",)), ("๑๒๓๔", "1234", ("1234",)), ("โทร 1234", "1234", ()),
        ("xxx-xxx-1234", "1234", ()), ("...1234", "1234", ()), ("12345", None, ("12345",)),
        ("สมชาย 1234", "1234", ("1234",)), ("นายสมชาย ใจดี โทร 1234", "1234", ()),
        ("สมชาย เบอร์ ๑๒๓๔", "1234", ()), ("สมชาย บ้านเลขที่ 1234", None, ("1234",)),
        ("สมชาย ซอย 1234", None, ("1234",)), ("สมชาย 12345", None, ("12345",)),
    ],
)  # fmt: skip
def test_the_end_of_a_telephone(typed: str, end: str | None, homes: tuple[str, ...]) -> None:
    asked = read_query(typed)
    assert (asked.phone_end, asked.house_words) == (end, homes)
    assert bool(asked.name_words) is typed.startswith(("สมชาย", "นายสมชาย"))


@pytest.mark.parametrize(
    ("typed", "numbers", "lanes", "whole"),
    [
        ("4 หมู่ 1", ["4"], [], "4"), ("ซอย 4", [], ["4"], None), ("ซ.๔ ม.1", [], ["4"], None),
        ("12/3 ซอย4", ["12/3"], ["4"], "12/3"), ("7ก", ["7ก"], [], "7ก"), ("5/", ["5/"], [], None),
        ("สมชาย 12", ["12"], [], None), ("ซอยสุขใจ", [], [], None),
    ],
)  # fmt: skip
def test_numbers_of_houses_and_of_lanes(
    typed: str, numbers: list[str], lanes: list[str], whole: str | None
) -> None:
    asked = read_query(typed)
    assert [word for word, where in asked.homes if where is Where.NUMBER] == numbers
    assert [word for word, where in asked.homes if where is Where.BESIDE] == lanes
    assert asked.house_no == whole


def test_house_numbers_in_their_order() -> None:
    numbers = ["10", "9/10", "9", "9/2", "99 ก"]
    assert sorted(numbers, key=lambda no: address_sort_key(1, no)) == [
        "9", "9/2", "9/10", "10", "99 ก",
    ]  # fmt: skip
