"""Statistics of complaints as a spreadsheet, in Thai, as they are published: a number a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import force_locale

from welfare.core import clock
from welfare.core.spreadsheets import Cell, Column, stream_sheet
from welfare.core.thai.dates import format_long
from welfare.intake.labels import CHANNEL, KIND, STATUS
from welfare.reports.documents.complaints import BEFORE, FEWER, HOW_COUNTED, month_words
from welfare.reports.queries.complaints import FEW, ComplaintStatistics
from welfare.reports.queries.places import village_names

COLUMNS = (Column("หมวด", 36), Column("รายการ", 40), Column("จำนวน", 14), Column("ร้อยละ", 12))


def complaint_sheet(found: ComplaintStatistics) -> Iterator[bytes]:
    """The file, piece by piece."""
    with force_locale("th"):
        rows = list(_rows(found))
    return stream_sheet(
        title="สถิติเรื่องร้องเรียน",
        columns=COLUMNS,
        rows=rows,
        about_title="เกี่ยวกับไฟล์นี้",
        about=[
            ("ช่วงเวลา", found.period.words("th")),
            ("ข้อมูล ณ วันที่", f"{format_long(clock.now())} ({clock.today().isoformat()})"),
            ("วิธีนับ", HOW_COUNTED),
        ],
    )


def _rows(found: ComplaintStatistics) -> Iterator[list[Cell]]:
    of, (conduct, settled) = found.received, found.conduct
    whole = "ภาพรวม"
    yield [whole, "เรื่องที่รับทั้งหมด", of, None]
    yield [whole, BEFORE, found.before if found.before is not None else "ไม่มีข้อมูล", None]
    yield [whole, "ดำเนินการแล้วเสร็จ", found.settled, _part(found.settled, of)]
    yield [whole, "อยู่ระหว่างดำเนินการ", found.open, _part(found.open, of)]
    in_time, decided = found.answered.in_time, found.answered.decided
    yield [whole, "พิจารณาแล้วภายในกำหนด", in_time, _part(in_time, decided)]
    days = found.answered.days
    yield [whole, "ระยะเวลาพิจารณาเฉลี่ย (วัน)", round(days, 1) if days is not None else None, None]
    staff = "เรื่องร้องเรียนเจ้าหน้าที่"
    yield [staff, "จำนวนเรื่องทั้งหมด", conduct, None]
    yield [staff, "ดำเนินการแล้วเสร็จ", settled, _part(settled, conduct)]
    yield [staff, "อยู่ระหว่างดำเนินการ", conduct - settled, _part(conduct - settled, conduct)]
    for month, n in found.by_month.items():
        yield ["รายเดือน", month_words(month), n, _part(n, of)]
    yield from _worded("ลักษณะเรื่อง", KIND, found.by_kind, of)
    for name, _english, n in found.by_category:
        yield ["ประเภทเรื่อง", name, n, _part(n, of)]
    yield from _worded("ช่องทาง", CHANNEL, found.by_channel, of)
    yield from _worded("ผลการพิจารณา", STATUS, found.by_status, of)
    names = village_names("th")
    for number, n in found.by_village.items():
        told: list[Cell] = [FEWER, None] if n < FEW else [n, _part(n, of)]
        yield ["หมู่บ้าน", names.get(number, "ไม่ทราบหมู่บ้าน"), *told]


def _worded(
    head: str, words: Mapping[Any, Any], numbers: Mapping[Any, int], of: int
) -> Iterator[list[Cell]]:
    for one, n in numbers.items():
        yield [head, str(words[one]), n, _part(n, of)]


def _part(n: int, of: int) -> float | None:
    return round(100 * n / of, 1) if of else None
