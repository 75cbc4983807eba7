import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdf
from PIL import Image

from tests.unit.core.pdf.extraction import by_pypdf, letters
from welfare.cases.documents import (
    AssistanceOnPaper,
    CaseReport,
    ComplaintOnPaper,
    EventOnPaper,
    HouseholdOnPaper,
    PersonOnPaper,
    PhotoOnPaper,
    VisitOnPaper,
    case_report_pdf,
    case_report_values,
)
from welfare.core.pdf import html_for
from welfare.core.pdf.letterhead import Office

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


EMPTY = CaseReport(
    office=Office("เทศบาลตำบลตัวอย่าง"), number="C70-000045-1", category="ผู้สูงอายุ",
    priority="เร่งด่วน", status="กำลังดำเนินการ", opened_on=date(2026, 11, 3), printed_at=AT,
    printed_by="เจ้าหน้าที่",
)  # fmt: skip
FULL = replace(
    EMPTY,
    subject_name="นางกตัญญู ศรีสุวรรณ",
    household=HouseholdOnPaper("H-000123-4", "บ้านเลขที่ ๑๒/๓\nหมู่ที่ ๑๑", "51010234567"),
    people=(PersonOnPaper("นางกตัญญู ศรีสุวรรณ", "เจ้าบ้าน", 87, "1-5101-00123-45-6", "081-234-5678"),),
    complaints=(ComplaintOnPaper("UM70-000123-7", AT, "เว็บ", "<b>ด่วน</b>", "ปิ่น", "0891112233"),),
    visits=(VisitOnPaper(AT, "ผู้เยี่ยม", "เยี่ยมแล้ว", "พบแผล\n" * 60, "ที่นอนลม",
                         (PhotoOnPaper(jpeg(), "ห้องนอน"), PhotoOnPaper(b"broken", "หลังคา"))),),
    assistance=(AssistanceOnPaper(date(2026, 11, 6), "เงินสงเคราะห์", amount=Decimal("3000")),
                AssistanceOnPaper(date(2026, 11, 7), "ผ้าอ้อม", "4 ห่อ"),
                AssistanceOnPaper(date(2026, 11, 8), "ซ่อมบ้าน", amount=Decimal("12345.50"))),
    timeline=(EventOnPaper(AT, "เจ้าหน้าที่", "รับเข้ากรณี"),),
    outcome="ช่วยเหลือได้บางส่วน",
)  # fmt: skip


def html(report: CaseReport) -> str:
    return html_for("documents/case_report.html", case_report_values(report))


def test_the_report_tells_the_case() -> None:
    read = letters(by_pypdf(case_report_pdf(FULL)))
    for said in (
        "รายงานกรณี", "C70-000045-1", "นางกตัญญูศรีสุวรรณ", "H-000123-4", "UM70-000123-7", "<b>ด่วน</b>",
        "ที่นอนลม", "ภาพนี้เปิดไม่ได้", "๑๕,๓๔๕.๕๐", "หนึ่งหมื่นห้าพันสามร้อยสี่สิบห้าบาทห้าสิบสตางค์",
        "ช่วยเหลือได้บางส่วน", "ผู้ตรวจสอบ",
    ):  # fmt: skip
        assert letters(said) in read


def test_contacts_are_covered_whatever_is_handed_in() -> None:
    shown = html(FULL)
    for hidden in ("081-234", "0891112", "1-5101", "5101023"):
        assert hidden not in shown
    for kept in ("xxx-xxx-x๖๗๘", "xxxxxxx๒๓๓", "x-xxxx-xxxxx-๔๕-๖"):
        assert kept in shown


def test_a_long_note_flows_over_pages() -> None:
    reader = pypdf.PdfReader(io.BytesIO(case_report_pdf(FULL)))
    assert len(reader.pages) >= 3
    assert letters("".join(page.extract_text() for page in reader.pages)).count("พบแผล") == 60


def test_only_the_readable_photograph_is_shown() -> None:
    reader = pypdf.PdfReader(io.BytesIO(case_report_pdf(FULL)))
    assert len({image.name for page in reader.pages for image in page.images}) == 1


def test_an_empty_case_says_so_and_never_none() -> None:
    shown = html(EMPTY)
    assert "None" not in shown
    for said in ("ยังไม่ได้ระบุ", "ยังไม่มีการ", "กรณียังไม่ปิด"):
        assert said in shown


def test_an_anonymous_reporter_stays_so() -> None:
    shown = html(replace(EMPTY, complaints=(ComplaintOnPaper("UM70-1", AT, "เว็บ", "ก"),)))
    assert "ไม่เปิดเผยชื่อ" in shown


def test_total_counts_money_only() -> None:
    assert FULL.total == Decimal("15345.50")
    assert EMPTY.total == 0
