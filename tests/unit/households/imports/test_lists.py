"""Whole lists: title rows, merged cells, headers, totals, rows that say several things at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.integration.households.imports.lists import HEADERS, pid, row, workbook
from welfare.households.imports.body import Body
from welfare.households.imports.fields import Field
from welfare.households.imports.findings import Level
from welfare.households.imports.guards import Kind
from welfare.households.imports.headers import (
    fills_down,
    find_header,
    village_of_sheet,
    with_meanings,
)
from welfare.households.imports.reading import Sheet, glance, read_sheets
from welfare.households.imports.rows import RowReader, Surroundings
from welfare.households.imports.values import RowValues, values_from
from welfare.households.kinds import Disability, Relation, Sex

TODAY = date(2026, 11, 22)
VILLAGES = {no: f"บ้าน {no}" for no in range(1, 12)}
AROUND = Surroundings(VILLAGES, TODAY)


def sheet_of(tmp_path: Path, rows: Any, merged: Any = ()) -> Sheet:
    path = workbook(tmp_path / "list.xlsx", ("ข้อมูล", rows), merged=merged)
    return read_sheets(path, Kind.XLSX, ["ข้อมูล"])[0]


def read(
    sheet: Sheet, *, fill_down: bool = False, around: Surroundings = AROUND, **means: str
) -> list[RowValues]:
    header = find_header(sheet)
    assert header is not None
    header = with_meanings(header, means)
    reader = RowReader(sheet.name, header, around)
    return [reader.read(found.number, found.cells) for found in Body(sheet, header, fill_down)]


def one(tmp_path: Path, headers: tuple[str, ...], *cells: Any, **means: str) -> RowValues:
    """The one row under these headers."""
    return read(sheet_of(tmp_path, [headers, cells]), **means)[0]


def codes(values: RowValues, level: Level | None = None) -> set[str]:
    return {found.code for found in values.findings if level in (None, found.level)}


def test_title_rows_stand_above_the_header(tmp_path: Path) -> None:
    rows = [
        ["ทะเบียนผู้สูงอายุ หมู่ที่ 4"],
        ["ข้อมูล ณ วันที่ 1 ต.ค. 2569"],
        [],
        HEADERS,
        row(1, "คำ", "ใจดี", "1", ""),
    ]
    sheet = sheet_of(tmp_path, rows)
    header = find_header(sheet)
    assert header is not None
    assert (header.first, header.last) == (4, 4)
    assert village_of_sheet(sheet, header) == 4
    assert header.columns[1].meaning == Field.IDENTIFIER
    assert header.columns[1].samples == (pid(1),)


def test_a_header_of_two_rows_with_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["", "", "", "", "", "", ""],
        ["", "", "", "", "บ้านเลขที่", "หมู่", "ตำบล"],
        ["1", pid(1), "นางคำ ใจดี", "หญิง", "12/1", 4, "อุโมงค์"],
    ]
    merged = [
        (0, 0, 1, 0, "ลำดับ"), (0, 1, 1, 1, "เลขประจำตัวประชาชน"), (0, 2, 1, 2, "ชื่อ-สกุล"),
        (0, 3, 1, 3, "เพศ"), (0, 4, 0, 6, "ที่อยู่"),
    ]  # fmt: skip
    sheet = sheet_of(tmp_path, rows, merged)
    header = find_header(sheet)
    assert header is not None
    assert [column.meaning for column in header.columns] == [
        Field.SERIAL, Field.IDENTIFIER, Field.FULL_NAME, Field.SEX, Field.HOUSE_NO,
        Field.VILLAGE_NO, Field.SUBDISTRICT,
    ]  # fmt: skip
    values = read(sheet)[0]
    assert values.person["first_name"] == "คำ"
    assert values.house == {"house_no": "12/1", "village_no": 4, "subdistrict": "อุโมงค์"}


def test_headers_in_any_order_have_one_fingerprint(tmp_path: Path) -> None:
    first = find_header(sheet_of(tmp_path, [HEADERS, row(1, "คำ", "ใจดี", "1", 1)]))
    second = find_header(sheet_of(tmp_path, [tuple(reversed(HEADERS)), ["x"] * 11]))
    assert first is not None
    assert second is not None
    assert first.fingerprint == second.fingerprint


def test_merged_house_cells_belong_to_every_row_beneath(tmp_path: Path) -> None:
    headers = ("ชื่อ-สกุล", "บ้านเลขที่", "หมู่")
    rows = [headers, ["นางคำ ใจดี", "", 4], ["นายสม ใจดี", "", 4], ["นางปี ใจดี", "13", 4]]
    sheet = sheet_of(tmp_path, rows, [(1, 1, 2, 1, "12/1")])
    assert [values.house["house_no"] for values in read(sheet)] == ["12/1", "12/1", "13"]


def test_empty_house_cells_may_mean_the_house_above(tmp_path: Path) -> None:
    headers = ("ชื่อ-สกุล", "บ้านเลขที่", "หมู่")
    rows = [headers, ["นางคำ ใจดี", "12/1", 4], ["นายสม ใจดี", "", ""], ["นางปี ใจดี", "13", 4]]
    sheet = sheet_of(tmp_path, rows)
    header = find_header(sheet)
    assert header is not None
    assert fills_down(sheet, header)
    assert [values.house for values in read(sheet, fill_down=True)][1] == {
        "house_no": "12/1", "village_no": 4,
    }  # fmt: skip
    assert read(sheet)[1].house == {}


def test_what_is_no_row_is_left_out_and_counted(tmp_path: Path) -> None:
    rows = [
        HEADERS, row(1, "คำ", "ใจดี", "1", 1), [2, "", "", "", "", "", "", "", "", "", ""], HEADERS,
        row(3, "สม", "ใจดี", "1", 1), ["", "", "", "รวม", "", "", 2], ["รวมทั้งสิ้น 2 คน"],
        ["หมายเหตุ ข้อมูลจาก อสม."], ["", "", "", "(นายสมชาย ใจดี)"], ["ผู้จัดทำ"],
    ]  # fmt: skip
    sheet = sheet_of(tmp_path, rows)
    header = find_header(sheet)
    assert header is not None
    body = Body(sheet, header, False)
    assert [found.number for found in body] == [2, 5]
    assert body.skipped["header"] == 1
    assert body.skipped["total"] == 2
    assert sum(body.skipped.values()) == 7


def test_one_cell_with_title_and_surname(tmp_path: Path) -> None:
    values = one(tmp_path, ("เลขบัตร", "ชื่อ-สกุล"), pid(1), "น.ส.บัวผัน ณ อุโมงค์")
    assert values.person["title"] == "นางสาว"
    assert values.person["first_name"] == "บัวผัน"
    assert values.person["last_name"] == "ณ อุโมงค์"
    assert values.person["sex"] == Sex.FEMALE
    assert "sex" in values.guessed


def test_a_house_number_that_became_a_date_is_doubted(tmp_path: Path) -> None:
    values = one(tmp_path, ("ชื่อ-สกุล", "บ้านเลขที่", "หมู่"), "นางคำ ใจดี", date(2026, 3, 12), 4)
    assert values.house["house_no"] == "12/3"
    assert values.doubtful
    assert not values.refused


def test_an_address_in_the_cell_of_the_house_number(tmp_path: Path) -> None:
    values = one(tmp_path, ("ชื่อ-สกุล", "บ้านเลขที่", "โทร"), "นางคำ ใจดี", "๙๙/๑ ม.๔", "")
    assert values.house == {"house_no": "99/1", "village_no": 4}


def test_the_village_of_the_sheet_is_that_of_rows_that_name_none(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, [("ชื่อ-สกุล", "บ้านเลขที่"), ["นางคำ ใจดี", "5"]])
    values = read(sheet, around=Surroundings(VILLAGES, TODAY, 7))[0]
    assert values.house == {"house_no": "5", "village_no": 7}


def test_an_age_gives_a_year_and_says_so(tmp_path: Path) -> None:
    values = one(tmp_path, ("ชื่อ-สกุล", "อายุ"), "นางคำ ใจดี", "65 ปี")
    assert values.person["birth_date"] == date(1961, 1, 1)
    assert "birth_date" in values.guessed
    assert codes(values) == {"age_only"}


def test_age_and_birth_that_disagree_are_doubted(tmp_path: Path) -> None:
    values = one(tmp_path, ("ชื่อ-สกุล", "วันเกิด", "อายุ"), "นางคำ ใจดี", "4/1/2509", 40)
    assert codes(values, Level.DOUBTFUL) == {"age_differs"}


def test_day_month_and_year_in_columns_of_their_own(tmp_path: Path) -> None:
    headers = ("ชื่อ-สกุล", "วัน", "เดือนเกิด", "ปี พ.ศ. ที่เกิด")
    values = one(tmp_path, headers, "นางคำ ใจดี", 4, "ม.ค.", 2509, วัน="birth_day")
    assert values.person["birth_date"] == date(1966, 1, 4)


def test_title_and_sex_that_disagree_are_doubted(tmp_path: Path) -> None:
    values = one(tmp_path, ("ชื่อ-สกุล", "เพศ"), "นายสม ใจดี", "หญิง")
    assert codes(values, Level.DOUBTFUL) == {"sex_title"}


def test_words_of_closed_lists(tmp_path: Path) -> None:
    headers = ("ชื่อ-สกุล", "ความสัมพันธ์", "ประเภทความพิการ", "บัตรสวัสดิการแห่งรัฐ", "สถานภาพ")
    values = one(tmp_path, headers, "นางคำ ใจดี", "เจ้าบ้าน", 3, "ไม่มี", "หม้าย")
    assert values.link == {"relation": Relation.HEAD}
    assert values.health == {"disability": Disability.MOBILITY}
    assert values.person["welfare_card"] == "no"
    assert values.person["marital_status"] == "widowed"
    odd = one(tmp_path, headers, "นางคำ ใจดี", "เพื่อนบ้าน", "ขี้เกียจ", "มี", "โสด")
    assert odd.link == {"relation": Relation.OTHER}
    assert odd.extras == {"ความสัมพันธ์": "เพื่อนบ้าน"}
    assert codes(odd, Level.REFUSED) == {"word"}


def test_unknown_columns_are_kept(tmp_path: Path) -> None:
    values = one(tmp_path, ("ชื่อ-สกุล", "เพศ", "กรุ๊ปเลือด"), "นางคำ ใจดี", "หญิง", "O")
    assert values.extras == {"กรุ๊ปเลือด": "O"}


def test_a_head_of_household_in_a_column_of_its_own(tmp_path: Path) -> None:
    alone = one(tmp_path, ("บ้านเลขที่", "หมู่", "ชื่อหัวหน้าครัวเรือน"), "5", 2, "นายสม ใจดี")
    assert alone.person["first_name"] == "สม"
    assert alone.link["relation"] == Relation.HEAD
    beside = one(tmp_path, ("ชื่อ-สกุล", "บ้านเลขที่", "หัวหน้าครัวเรือน"), "นางคำ ใจดี", "5", "นายสม ใจดี")
    assert "relation" not in beside.link
    assert beside.extras == {"หัวหน้าครัวเรือน": "นายสม ใจดี"}


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [("เลขบัตร", "1.23457E+12", "id_scientific"), ("วันเกิด", "4/1/09", "date_two_digit_year"),
     ("วันเกิด", "1/1/2599", "birth_future"), ("หมู่", "99", "village"),
     ("โทร", "12345", "phone_length"),
     ("เพศ", "แมว", "word"), ("รหัสไปรษณีย์", "5115", "postcode")],
)  # fmt: skip
def test_a_refused_cell_is_named(tmp_path: Path, header: str, cell: str, code: str) -> None:
    values = one(tmp_path, ("ชื่อ-สกุล", header), "นางคำ ใจดี", cell)
    found = next(one for one in values.findings if one.level == Level.REFUSED)
    assert (found.code, found.column, found.read) == (code, header, cell)
    assert found.right


def test_a_row_survives_being_kept(tmp_path: Path) -> None:
    headers = (*HEADERS, "ประเภทความพิการ", "รายได้")
    cells = [*row(1, "คำ", "ใจดี", date(2026, 3, 12), 2, relation="เจ้าบ้าน"), "3", 1500]
    values = read(sheet_of(tmp_path, [headers, cells]))[0]
    assert values_from(values.sheet, values.number, values.plain()) == values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_in_every_encoding_and_with_every_separator(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    path = tmp_path / "list.csv"
    lines = [mark.join(("ลำดับ", "ชื่อ-สกุล", "ที่อยู่")), mark.join(("1", "นางคำ ใจดี", '"99/1, ม.4"'))]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    sheet = glance(path, Kind.CSV)[0]
    assert sheet.rows[1].cells[1:] == ["นางคำ ใจดี", "99/1, ม.4"]
