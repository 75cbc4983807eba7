"""Statistics of complaints as ITA asks for them, on paper. Thai: it is published by the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import force_locale

from welfare.core import clock
from welfare.core.pdf.layouts.charts import Bar
from welfare.core.pdf.layouts.complaints import (
    ComplaintStatisticsOnPaper,
    Share,
    Table,
)
from welfare.core.thai.dates import BE_OFFSET, MONTHS_SHORT
from welfare.core.thai.digits import to_thai
from welfare.intake.labels import CHANNEL, KIND, STATUS
from welfare.papers.queries.office import the_office
from welfare.reports.queries.complaints import FEW, ComplaintStatistics
from welfare.reports.queries.places import village_names

HOW_COUNTED = (
    "นับเรื่องที่ยื่นภายในช่วงเวลาตามวันที่รับเรื่อง ตามสถานะ ณ วันที่ออกรายงาน; ดำเนินการแล้วเสร็จ หมายถึง"
    " พิจารณาแล้วและปิดกรณีที่เกี่ยวข้องแล้ว; พิจารณาทันกำหนด หมายถึง พิจารณาภายในวันที่แจ้งผู้ยื่นไว้;"
    f" หมู่บ้านที่มีน้อยกว่า {FEW} เรื่อง ไม่แสดงจำนวน เพื่อคุ้มครองข้อมูลส่วนบุคคล"
)
FEWER = f"น้อยกว่า {FEW}"
BEFORE = "ช่วงก่อนหน้า (ระยะเวลาเท่ากัน)"


def on_paper(found: ComplaintStatistics) -> ComplaintStatisticsOnPaper:
    """The numbers as they stand on paper."""
    return ComplaintStatisticsOnPaper(
        office=the_office(),
        period=found.period.words("th"),
        counted_on=clock.today(),
        headlines=_headlines(found),
        months=tuple(Bar(to_thai(month_words(name)), n) for name, n in found.by_month.items()),
        tables=tables(found),
        conduct=_conduct(found),
        how_counted=HOW_COUNTED,
    )


def month_words(month: str) -> str:
    """``ต.ค. 2569``."""
    return f"{MONTHS_SHORT[int(month[5:]) - 1]} {int(month[:4]) + BE_OFFSET}"


def _headlines(found: ComplaintStatistics) -> tuple[Share, ...]:
    days = found.answered.days
    return (
        Share("เรื่องที่รับทั้งหมด", f"{found.received:,}"),
        Share(BEFORE, "–" if found.before is None else f"{found.before:,}", _unknown(found)),
        Share("ดำเนินการแล้วเสร็จ", f"{found.settled:,}", _part(found.settled, found.received)),
        Share("อยู่ระหว่างดำเนินการ", f"{found.open:,}", _part(found.open, found.received)),
        Share(
            "พิจารณาแล้วภายในกำหนด", f"{found.answered.in_time:,}",
            _part(found.answered.in_time, found.answered.decided),
        ),
        Share("ระยะเวลาพิจารณาเฉลี่ย (วัน)", f"{days:.1f}" if days is not None else "–"),
    )  # fmt: skip


def _unknown(found: ComplaintStatistics) -> str:
    return "ไม่มีข้อมูล" if found.before is None else ""


def _conduct(found: ComplaintStatistics) -> tuple[Share, ...]:
    every, settled = found.conduct
    return (
        Share("จำนวนเรื่องทั้งหมด", f"{every:,}"),
        Share("ดำเนินการแล้วเสร็จ", f"{settled:,}", _part(settled, every)),
        Share("อยู่ระหว่างดำเนินการ", f"{every - settled:,}", _part(every - settled, every)),
    )


def tables(found: ComplaintStatistics) -> tuple[Table, ...]:
    """The numbers by what they are broken down by."""
    with force_locale("th"):
        of = found.received
        return (
            Table("แยกตามลักษณะเรื่อง", "ลักษณะ", _worded(KIND, found.by_kind, of)),
            Table(
                "แยกตามประเภทเรื่อง", "ประเภท",
                [Share(th, f"{n:,}", _part(n, of)) for th, _en, n in found.by_category],
            ),
            Table("แยกตามช่องทาง", "ช่องทาง", _worded(CHANNEL, found.by_channel, of)),
            Table("แยกตามผลการพิจารณา", "ผล", _worded(STATUS, found.by_status, of)),
            Table("แยกตามหมู่บ้าน", "หมู่บ้าน", list(_villages(found))),
        )  # fmt: skip


def _worded(words: Mapping[Any, Any], numbers: Mapping[Any, int], of: int) -> list[Share]:
    return [Share(str(words[one]), f"{n:,}", _part(n, of)) for one, n in numbers.items()]


def _villages(found: ComplaintStatistics) -> Iterable[Share]:
    names = village_names("th")
    for number, n in sorted(found.by_village.items(), key=lambda one: (one[0] == 0, one[0])):
        name = names.get(number, "ไม่ทราบหมู่บ้าน")
        if n < FEW:
            yield Share(name, FEWER)
        else:
            yield Share(name, f"{n:,}", _part(n, found.received))


def _part(n: int, of: int) -> str:
    return f"{100 * n / of:.1f}" if of else ""
