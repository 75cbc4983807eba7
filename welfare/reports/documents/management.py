"""รายงานผลการดำเนินงาน of a month or a fiscal year, from the numbers of the manager's page."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale

from welfare.cases.labels import OUTCOMES
from welfare.core import clock
from welfare.core.pdf.layouts.charts import Bar, Pair
from welfare.core.pdf.layouts.management import (
    Headline,
    ManagementReport,
    VillageLine,
)
from welfare.core.thai.dates import BE_OFFSET, MONTHS_SHORT
from welfare.core.thai.digits import to_thai
from welfare.core.thai.money import format_baht
from welfare.papers.queries.office import the_office
from welfare.reports.queries.overview import ReportNumbers
from welfare.reports.queries.places import village_names

MOST_CATEGORIES = 14
HOW_COUNTED = (
    "รับใหม่และปิดแล้ว นับกรณีที่เปิดหรือปิดในช่วงเวลาของรายงาน ไม่นับกรณีที่รวมเข้ากับกรณีอื่น;"
    " ค้างและเกินกำหนด นับ ณ เวลาที่ออกรายงาน; เรื่องที่รับ นับตามวันที่ยื่น;"
    " ความช่วยเหลือ นับตามวันที่มอบ ไม่นับรายการที่ยกเลิก"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes into the report, and who signs."""

    explanation: str = ""
    unmet: str = ""
    proposals: str = ""
    author: str = ""
    author_position: str = ""
    head: str = ""
    head_position: str = ""


def management_report(found: ReportNumbers, written: Written) -> ManagementReport:
    """The report as plain values."""
    figures = found.figures
    names = village_names("th")
    with force_locale("th"):
        outcomes = tuple(Bar(str(OUTCOMES[one]), n) for one, n in found.outcomes.items())
    return ManagementReport(
        office=the_office(),
        period=span(found),
        counted_on=clock.today(),
        headlines=headlines(found),
        months=tuple(
            Pair(_short(line.month), line.new.n, line.closed.n) for line in figures.trend
        ),
        categories=_categories(found),
        outcomes=outcomes,
        villages=tuple(
            VillageLine(
                names.get(line.key, "ไม่ทราบหมู่บ้าน"), line.new.n, line.closed.n, line.open.n,
                line.overdue.n,
            )
            for line in figures.villages
        ),
        explanation=written.explanation,
        unmet=written.unmet,
        proposals=written.proposals,
        how_counted=HOW_COUNTED,
        author=written.author,
        author_position=written.author_position,
        head=written.head,
        head_position=written.head_position,
    )  # fmt: skip


def span(found: ReportNumbers) -> str:
    """``ประจำเดือน…`` or ``ประจำปีงบประมาณ…``."""
    words = found.figures.period.words("th")
    return f"ประจำ{words}" if found.figures.period.year else f"ประจำเดือน{words}"


def _short(month: str) -> str:
    year = (int(month[:4]) + BE_OFFSET) % 100
    return to_thai(f"{MONTHS_SHORT[int(month[5:]) - 1]} {year}")


def _categories(found: ReportNumbers) -> tuple[Bar, ...]:
    lines = sorted(found.categories, key=lambda one: -one[1])
    shown = [Bar(name, n) for name, n in lines[:MOST_CATEGORIES] if n]
    rest = sum(n for _name, n in lines[MOST_CATEGORIES:])
    return (*shown, Bar("อื่น ๆ", rest)) if rest else tuple(shown)


def headlines(found: ReportNumbers) -> tuple[Headline, ...]:
    """The figures that count, with those of the time before and what they mean."""
    figures, running = found.figures, found.figures.period.running
    total = figures.total
    given, before = found.given, found.given_before
    return (
        Headline("เรื่องที่รับ", f"{found.received:,}", f"{found.received_before:,}",
                 _compared(found.received, found.received_before, running)),
        Headline("กรณีรับใหม่", f"{total.new.n:,}", f"{figures.before.new:,}",
                 _compared(total.new.n, figures.before.new, running)),
        Headline("กรณีที่ปิดแล้ว", f"{total.closed.n:,}", f"{figures.before.closed:,}",
                 _compared(total.closed.n, figures.before.closed, running)),
        Headline("กรณีที่ค้างอยู่ขณะนี้", f"{total.open.n:,}", "", "นับ ณ เวลาที่ออกรายงาน"),
        Headline("กรณีที่เกินกำหนดขณะนี้", f"{total.overdue.n:,}", "",
                 _of_open(total.overdue.n, total.open.n)),
        Headline("ความช่วยเหลือที่มอบ (รายการ)", f"{given.rows:,}", f"{before.rows:,}",
                 _compared(given.rows, before.rows, running)),
        Headline("ในจำนวนนี้ ไม่ผ่านกองทุน (รายการ)", f"{given.noted:,}", f"{before.noted:,}",
                 "บันทึกไว้ ไม่ได้จ่ายจากกองทุนหรือคลังอุปกรณ์"),
        Headline("ความช่วยเหลือที่มอบ (บาท)", format_baht(given.amount), format_baht(before.amount),
                 "เฉพาะที่บันทึกมูลค่า"),
    )  # fmt: skip


def _compared(now: int, then: int, running: bool) -> str:
    if running:
        return "ช่วงเวลายังไม่สิ้นสุด เทียบกับรอบก่อนทั้งรอบ"
    if not then and now:
        return "รอบก่อนไม่มีข้อมูล"
    if now == then:
        return "เท่ากับรอบก่อน"
    more = "มากกว่า" if now > then else "น้อยกว่า"
    return to_thai(f"{more}รอบก่อน {abs(now - then):,}")


def _of_open(late: int, every: int) -> str:
    if not every:
        return "ไม่มีกรณีค้าง"
    return to_thai(f"ร้อยละ {100 * late / every:.1f} ของกรณีที่ค้าง")


def suggested(found: ReportNumbers) -> Written:
    """What the numbers say by themselves, to begin from."""
    total = found.figures.total
    return Written(explanation=_explained(found), unmet=_unmet(found), head_position="", author="",
                   proposals="" if not total.overdue.n else
                   "เร่งรัดกรณีที่เกินกำหนด และทบทวนการมอบหมายงานในหมู่บ้านที่มีกรณีค้างมาก")  # fmt: skip


def _explained(found: ReportNumbers) -> str:
    figures, names = found.figures, village_names("th")
    total = figures.total
    said = [
        f"{span(found).removeprefix('ประจำ')} มีเรื่องเข้ามา {found.received:,} เรื่อง"
        f" เปิดเป็นกรณีใหม่ {total.new.n:,} กรณี และปิดแล้ว {total.closed.n:,} กรณี"
    ]
    if total.open.n:
        said.append(f"ขณะนี้มีกรณีค้าง {total.open.n:,} กรณี เกินกำหนด {total.overdue.n:,} กรณี")
    worst = max(figures.villages, key=lambda line: line.overdue.n, default=None)
    if worst is not None and worst.overdue.n:
        where = names.get(worst.key, "หมู่บ้านที่ไม่ทราบ")
        said.append(f"หมู่บ้านที่มีกรณีเกินกำหนดมากที่สุดคือ {where} ({worst.overdue.n:,} กรณี)")
    if found.given.rows:
        said.append(
            f"มอบความช่วยเหลือ {found.given.rows:,} รายการ มูลค่าที่บันทึกไว้"
            f" {format_baht(found.given.amount)} บาท"
        )
    return to_thai(" ".join(said))


def _unmet(found: ReportNumbers) -> str:
    said = []
    if found.unsolved:
        said.append(f"กรณีที่ปิดโดยยังช่วยไม่ได้หรือไม่มีสิทธิ {found.unsolved:,} กรณี")
    if found.refused:
        said.append(f"คำขอความช่วยเหลือที่ไม่ได้รับอนุมัติ {found.refused:,} คำขอ")
    if found.waiting:
        said.append(f"คำขอความช่วยเหลือที่รอพิจารณา {found.waiting:,} คำขอ")
    return to_thai("\n".join(said))
