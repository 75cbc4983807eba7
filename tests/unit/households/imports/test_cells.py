"""Every trap that a cell of a municipality's list can be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from welfare.core.thai.identity import IdKind, check_digit
from welfare.households.imports import lexicon
from welfare.households.imports.dates import read_date
from welfare.households.imports.fields import Field
from welfare.households.imports.findings import Unreadable
from welfare.households.imports.identifiers import (
    SHAPE,
    read_code_of_house,
    read_identifier,
    read_phone,
)
from welfare.households.imports.numbers import read_degrees, read_money, read_score, read_years
from welfare.households.imports.places import has_marks, read_address, read_house_no, read_village

TODAY = date(2026, 11, 22)
GOOD = "351990000002" + check_digit("351990000002")
ZERO = "089990000012" + check_digit("089990000012")


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("4 ม.ค. 2509", date(1966, 1, 4), "day"),
        ("04/01/2509", date(1966, 1, 4), "day"),
        ("๔ มกราคม ๒๕๐๙", date(1966, 1, 4), "day"),
        ("4-ม.ค.-2509", date(1966, 1, 4), "day"),
        ("1966-01-04 00:00:00", date(1966, 1, 4), "day"),
        ("4/1/2509 0:00:00", date(1966, 1, 4), "day"),
        ("29/2/2567", date(2024, 2, 29), "day"),
        ("04012509", date(1966, 1, 4), "day"),
        ("25090104", date(1966, 1, 4), "day"),
        (4012509.0, date(1966, 1, 4), "day"),
        (4012509, date(1966, 1, 4), "day"),
        (date(2509, 1, 4), date(1966, 1, 4), "day"),
        (date(1966, 1, 4), date(1966, 1, 4), "day"),
        (24111.0, date(1966, 1, 4), "day"),
        (2509.0, date(1966, 1, 1), "year"),
        (1966, date(1966, 1, 1), "year"),
        ("2509", date(1966, 1, 1), "year"),
        ("พ.ศ. 2509", date(1966, 1, 1), "year"),
        ("00/00/2509", date(1966, 1, 1), "year"),
        ("-/-/2509", date(1966, 1, 1), "year"),
        ("0/5/2509", date(1966, 5, 1), "month"),
        ("ม.ค. 2509", date(1966, 1, 1), "month"),
        ("'4/1/2509", date(1966, 1, 4), "day"),
    ],
)
def test_dates(cell: Any, day: date, precision: str) -> None:
    found = read_date(cell).value
    assert (found.date, found.precision) == (day, precision)


@pytest.mark.parametrize("cell", ["4/1/09", "อังคาร", 5.0e9, True, "31/2/2509", date(300, 1, 1)])
def test_dates_that_cannot_be_read(cell: Any) -> None:
    with pytest.raises(Unreadable):
        read_date(cell)


def test_month_first_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(Unreadable) as caught:
        read_date("12/25/2509")
    assert caught.value.right == "25 ธ.ค. 09"


@pytest.mark.parametrize(
    "cell",
    [
        GOOD, float(GOOD), int(GOOD), f"'{GOOD}", f"{GOOD}.0",
        f"{GOOD[0]}-{GOOD[1:5]}-{GOOD[5:10]}-{GOOD[10:12]}-{GOOD[12]}",
        f"{GOOD[0]} {GOOD[1:5]} {GOOD[5:10]} {GOOD[10:12]} {GOOD[12]}",
        GOOD.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
        f"{GOOD[0]}.{GOOD[1:]}E+12",
    ],
)  # fmt: skip
def test_ids(cell: Any) -> None:
    read = read_identifier(cell)
    assert read.value.digits == GOOD
    assert not read.doubtful


@pytest.mark.parametrize("cell", ["1.23457E+12", "1.23457e12", "3.5199E+12", "1,23457E+12"])
def test_an_id_in_scientific_notation_has_lost_digits(cell: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_identifier(cell)
    assert caught.value.code == "id_scientific"
    assert caught.value.right.startswith(f"{cell[0]}-")
    assert "x" in caught.value.right


def test_an_id_whose_last_digit_became_zero() -> None:
    wrong = GOOD[:12] + "0"
    assert wrong != GOOD
    with pytest.raises(Unreadable) as caught:
        read_identifier(float(wrong))
    assert caught.value.code == "id_last_digit_lost"
    assert caught.value.right == SHAPE


def test_an_id_with_a_wrong_digit() -> None:
    wrong = GOOD[:12] + str((int(GOOD[12]) + 1) % 10 or 1)
    with pytest.raises(Unreadable) as caught:
        read_identifier(wrong)
    assert caught.value.code in ("id_checksum", "id_last_digit_lost")


def test_an_id_that_lost_its_zero_in_front() -> None:
    read = read_identifier(float(ZERO))
    assert (read.value.digits, read.code) == (ZERO, "id_zero_restored")
    with pytest.raises(Unreadable):
        read_identifier(float("100000000001"))


def test_other_numbers_of_people() -> None:
    assert read_identifier("G123456789012").value.kind == IdKind.G_CODE
    assert read_identifier("AB1234567").value.kind == IdKind.PASSPORT


@pytest.mark.parametrize("cell", ["12345", 123.5, True, "1111111111111", "ไม่มี13หลัก"])
def test_ids_that_are_none(cell: Any) -> None:
    with pytest.raises(Unreadable):
        read_identifier(cell)


@pytest.mark.parametrize(
    ("cell", "stored", "code"),
    [
        (812345678.0, "66812345678", "phone_zero"),
        ("0812345678", "66812345678", ""),
        ("081-234-5678", "66812345678", ""),
        ("๐๘๑ ๒๓๔ ๕๖๗๘", "66812345678", ""),
        (53983234.0, "6653983234", "phone_zero"),
        ("0812345678, 0898765432", "66812345678", "phone_first"),
        ("081-2345678/089-8765432", "66812345678", "phone_first"),
        ("+66812345678", "66812345678", ""),
    ],
)
def test_phones(cell: Any, stored: str, code: str) -> None:
    read = read_phone(cell)
    assert (read.value, read.code) == (stored, code)


@pytest.mark.parametrize("cell", ["8.12E+08", "12", "ถามลูก"])
def test_phones_that_are_none(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_phone(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (date(2026, 3, 12), "12/3"),
        (date(2569, 3, 12), "12/3"),
        (date(1945, 3, 1), "3/45"),
        (46093.0, "12/3"),
        ("12 มี.ค.", "12/3"),
        ("12-มี.ค.", "12/3"),
        ("12-Mar", "12/3"),
        ("Mar-12", "3/12"),
        ("มี.ค.-45", "3/45"),
        ("2026-03-12 00:00:00", "12/3"),
        ("12/3/2026", "12/3"),
        ("12/3/2569", "12/3"),
        (12.3, "12/3"),
    ],
)
def test_house_numbers_that_became_dates_are_put_back_and_doubted(cell: Any, number: str) -> None:
    read = read_house_no(cell, TODAY)
    assert (read.value, read.doubtful) == (number, True)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12/3", "12/3"), ("๙๙/๑", "99/1"), (99.0, "99"), (7, "7"), ("บ้านเลขที่ 5 / 2", "5/2"),
        ("12 ก", "12 ก"), ("'12/3", "12/3"), ("99.0", "99"), ("123/456", "123/456"),
    ],
)  # fmt: skip
def test_house_numbers(cell: Any, number: str) -> None:
    read = read_house_no(cell, TODAY)
    assert (read.value, read.doubtful) == (number, False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("๙๙/๑ ม.๔", {"house_no": "99/1", "village_no": 4}),
        ("99/1 หมู่ที่ 4 ต.อุโมงค์ อ.เมือง จ.ลำพูน 51150", {
            "house_no": "99/1", "village_no": 4, "subdistrict": "อุโมงค์", "district": "เมือง",
            "province": "ลำพูน", "postcode": "51150"}),
        ("บ้านเลขที่ 12 หมู่ 3 ซอย 5 ถนนลำพูน-ป่าซาง", {
            "house_no": "12", "village_no": 3, "lane": "5", "road": "ลำพูน-ป่าซาง"}),
    ],
)  # fmt: skip
def test_addresses_in_one_cell(text: str, parts: dict[str, Any]) -> None:
    assert has_marks(text)
    assert read_address(text).parts == parts


@pytest.mark.parametrize(
    ("cell", "village"),
    [(4.0, 4), ("๔", 4), ("ม.4", 4), ("หมู่ที่ ๔", 4), ("หมู่ 4 บ้านแม่ร่องน้อย", 4), ("04", 4),
     ("บ้านป่าเส้า", 5), ("ป่าเส้า", 5)],
)  # fmt: skip
def test_villages(cell: Any, village: int) -> None:
    names = {4: "บ้านแม่ร่องน้อย", 5: "บ้านป่าเส้า", 6: "บ้านไร่"}
    assert read_village(cell, names).value == village


@pytest.mark.parametrize("cell", [99, "หมู่ 12", "บ้านที่ไม่มี", date(2026, 1, 1)])
def test_villages_that_are_none(cell: Any) -> None:
    with pytest.raises(Unreadable) as caught:
        read_village(cell, {1: "หนึ่ง", 2: "สอง", 3: "สาม"})
    assert caught.value.right == "1–3"


def test_house_codes() -> None:
    assert read_code_of_house("5101-023456-7").value == "51010234567"
    assert read_code_of_house(51010234567.0).value == "51010234567"
    with pytest.raises(Unreadable):
        read_code_of_house("5.1E+10")


def test_amounts_ages_scores_degrees() -> None:
    assert str(read_money("1,500 บาท/เดือน").value) == "1500.00"
    assert str(read_money(2500.0).value) == "2500.00"
    assert read_years("๖๕ ปี 3 เดือน").value == 65
    assert read_score(12.0).value == 12
    assert read_degrees("18.65", "lat") == 18.65
    assert read_degrees(2063000, "lat") is None
    for read, cell in ((read_money, "ไม่แน่นอน"), (read_years, "สูงอายุ"), (read_score, 21)):
        with pytest.raises(Unreadable):
            read(cell)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("เลขบัตร", Field.IDENTIFIER),
        ("เลข ปชช.", Field.IDENTIFIER),
        ("ชื่อ-สกุล", Field.FULL_NAME),
        ("ชื่อ - นามสกุล", Field.FULL_NAME),
        ("ว.ด.ป. เกิด", Field.BIRTH_DATE),
        ("บ้านเลขที่", Field.HOUSE_NO),
        ("ม.", Field.VILLAGE_NO),
        ("หมู่", Field.VILLAGE_NO),
        ("หมู่ที่", Field.VILLAGE_NO),
        ("โทร", Field.PHONE),
        ("ลำดับที่", Field.SERIAL),
        ("เลขประจําตัวประชาชน", Field.IDENTIFIER),
        ("Date of Birth", Field.BIRTH_DATE),
        ("เลขประจำตัวประชาช", Field.IDENTIFIER),
        ("สกุล", Field.LAST_NAME),
        ("ชื่อ", Field.FIRST_NAME),
    ],
)
def test_headers(header: str, meaning: Field) -> None:
    assert lexicon.header_meaning(header)[0] == meaning


@pytest.mark.parametrize("header", ["สีที่ชอบ", "กรุ๊ปเลือด", "", "ผู้สำรวจ"])
def test_headers_nobody_knows(header: str) -> None:
    assert lexicon.header_meaning(header)[0] is None


@pytest.mark.parametrize(
    ("group", "word", "code"),
    [
        ("sex", "ช.", "male"),
        ("sex", "หญิง", "female"),
        ("relation", "เจ้าบ้าน", "head"),
        ("relation", "ลูกสาว", "child"),
        ("disability", "3", "mobility"),
        ("disability", "ทางการเห็น", "seeing"),
        ("yes_no", "✓", "yes"),
        ("yes_no", "ไม่มี", "no"),
        ("marital_status", "หม้าย", "widowed"),
    ],
)
def test_words(group: str, word: str, code: str) -> None:
    assert lexicon.meaning(group, word) == code


def test_totals_and_nothing() -> None:
    assert lexicon.is_total("รวมทั้งสิ้น 45 คน")
    assert not lexicon.is_total("รวมพร")
    assert lexicon.says_nothing("-")
    assert not lexicon.says_nothing("มี")
