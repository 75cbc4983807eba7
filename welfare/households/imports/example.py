"""A list with the usual mess, to try an import with. Nobody in it exists."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

from welfare.core.thai.identity import check_digit

_HEADERS = (
    "ลำดับ", "เลขประจำตัวประชาชน", "ชื่อ - สกุล", "ว/ด/ป เกิด", "บ้านเลขที่", "หมู่ที่", "สถานะในบ้าน",
    "โทรศัพท์", "รายได้/เดือน", "บัตรสวัสดิการ", "สีเสื้อกีฬา",
)  # fmt: skip
_WIDTHS = (6, 22, 26, 16, 12, 8, 14, 16, 12, 14, 12)


def _number(running: int) -> str:
    """A number of the right form with the office 9999, which there is not."""
    twelve = f"39999{running:07d}"
    return twelve + check_digit(twelve)


def _rows() -> list[tuple[Any, ...]]:
    one, wrong = _number(1), _number(5)
    dashed = f"{one[0]}-{one[1:5]}-{one[5:10]}-{one[10:12]}-{one[12]}"
    return [
        (1, dashed, "นายทดลอง ตัวอย่างดี", "๔ ม.ค. ๒๕๐๙", "๙๙/๑ ม.๔", "", "เจ้าบ้าน", "081-2345678",
         "4,500", "มี", "ฟ้า"),
        (2, _number(2), "น.ส.ตัวอย่าง ตัวอย่างดี", date(1990, 2, 14), "99/1", 4, "บุตร", 812345679,
         9000, "ไม่มี", "เขียว"),
        (3, _number(3), "ด.ช.สมมติ ตัวอย่างดี", "12/5/2558", "99/1", "หมู่ 4", "หลาน", "", "", "", ""),
        (4, "", "นางสมมุติ ไม่มีเลขบัตร", 2489, date(2026, 3, 12), 2, "เจ้าบ้าน", "053-123456", 600, "มี",
         "แดง"),
        (5, wrong[:12] + str((int(wrong[12]) + 1) % 10), "นายเลขผิด พิมพ์พลาด", "1/1/2500", "7", 3,
         "เจ้าบ้าน", "", "", "", ""),
        (6, float(_number(6)), "นางเลขยาว เอ็กเซลย่อ", "1/6/2498", "8", 3, "เจ้าบ้าน", "", "", "", ""),
        (7, _number(2), "น.ส.ตัวอย่าง ตัวอย่างดี", date(1990, 2, 14), "99/1", 4, "บุตร", "", "", "", ""),
        (8, _number(8), "=รวม(ชื่อ) สูตรหลุด", "3/3/2510", "9", 5, "เจ้าบ้าน", "", "", "", ""),
        (9, _number(9), "นายหมู่ผิด ไกลบ้าน", "5 พ.ค. 2511", "10", 99, "เจ้าบ้าน", "", "", "", ""),
    ]  # fmt: skip


def example_workbook() -> bytes:
    """The list as .xlsx: a title over merged cells, both eras, Thai digits, a number with a wrong
    last digit, a row twice, a house number that became a date, a formula, a total at the foot."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "d/m/yyyy"})
    sheet = book.add_worksheet("รายชื่อ")
    sheet.merge_range(0, 0, 0, len(_HEADERS) - 1, "บัญชีรายชื่อผู้ลงทะเบียน (ตัวอย่างสำหรับฝึก)", bold)
    for place, (heading, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
        sheet.write_string(2, place, heading, bold)
        sheet.set_column(place, place, width)
    rows = _rows()
    for line, cells in enumerate(rows, start=3):
        for place, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(line, place, cell, day)
            elif isinstance(cell, str):
                if cell:
                    sheet.write_string(line, place, cell)
            else:
                sheet.write_number(line, place, cell)
    sheet.write_string(len(rows) + 4, 0, "รวมทั้งหมด")
    sheet.write_number(len(rows) + 4, 2, len(rows))
    book.close()
    return content.getvalue()
