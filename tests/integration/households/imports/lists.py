"""Lists as municipalities have them, made for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from welfare.core.thai.identity import check_digit

HEADERS = (
    "ลำดับ", "เลขบัตร ปชช.", "คำนำหน้า", "ชื่อ", "นามสกุล", "ว.ด.ป. เกิด", "บ้านเลขที่", "หมู่ที่",
    "สถานะในบ้าน", "โทร.", "สีที่ชอบ",
)  # fmt: skip


def pid(running: int, first: int = 3) -> str:
    """A valid national ID."""
    twelve = f"{first}5199{running:07d}"
    return twelve + check_digit(twelve)


def row(running: int, first: str, last: str, house: Any, village: Any, **more: Any) -> list[Any]:
    """One row under HEADERS."""
    values: dict[str, Any] = {
        "no": running, "id": pid(running), "title": "นาง", "birth": "4 ม.ค. 2509", "relation": "",
        "phone": "", "color": "",
    }  # fmt: skip
    values |= more
    return [
        values["no"], values["id"], values["title"], first, last, values["birth"], house, village,
        values["relation"], values["phone"], values["color"],
    ]  # fmt: skip


def workbook(
    path: Path,
    *sheets: tuple[str, Sequence[Sequence[Any]]],
    merged: Sequence[tuple[int, int, int, int, Any]] = (),
) -> Path:
    """An .xlsx with these sheets; dates become true dates, ``merged`` is of the first sheet."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the same bytes each time
    day = book.add_format({"num_format": "d/m/yyyy"})
    for place, (name, rows) in enumerate(sheets):
        sheet = book.add_worksheet(name)
        for y, cells in enumerate(rows):
            for x, value in enumerate(cells):
                if isinstance(value, date | datetime):
                    sheet.write_datetime(y, x, value, day)
                elif value is not None and value != "":
                    put = sheet.write_string if isinstance(value, str) else sheet.write
                    put(y, x, value)
        if place == 0:
            for top, left, bottom, right, value in merged:
                sheet.merge_range(top, left, bottom, right, value)
    book.close()
    return path
