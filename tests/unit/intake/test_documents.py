import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest

from tests.unit.core.pdf.extraction import by_pypdf, letters
from welfare.core.pdf import html_for
from welfare.core.pdf.letterhead import Office
from welfare.intake.documents import (
    Hotline,
    MissingDocument,
    Receipt,
    build_receipt,
    receipt_pdf,
    slip_pdf,
    track_link,
)

OFFICE = Office("เทศบาลตำบลตัวอย่าง", "กองสวัสดิการสังคม", "๙๙ หมู่ที่ ๑", "053-000000", "a@b.example")
SECRET = "K7QF-2MXD-9RTW"


def receipt(**changes: Any) -> Receipt:
    values: dict[str, Any] = {
        "office": OFFICE,
        "base_url": "https://welfare.example",
        "reference": "UM70-000123-7",
        "secret": SECRET,
        "received_at": datetime(2026, 11, 22, 2, 30, tzinfo=UTC),
        "channel": "ยื่นด้วยตนเอง",
        "kind": "ขอความช่วยเหลือ",
        "category": "ผู้สูงอายุติดเตียง",
        "subject_name": "นางสาวกตัญญุตาภรณ์ ศรีสุวรรณ",
        "place": "บ้านเลขที่ ๑๒/๓\nหมู่ที่ ๑๑",
        "description": "ลุกไม่ได้ <script>alert(1)</script>",
        "next_steps": ("ติดต่อกลับภายใน ๓ วันทำการ",),
        "due_on": date(2026, 12, 15),
        "documents_received": ("สำเนาบัตรประจำตัวประชาชน",),
        "documents_missing": (MissingDocument("เอกสารรับรองความพิการ", date(2026, 12, 1)),),
        "officer_name": "นางสาวพิมพ์ชนก ใจดี",
        "officer_position": "นักพัฒนาชุมชน",
        "hotlines": (Hotline("1669", "เจ็บป่วยฉุกเฉิน"),),
    }
    return build_receipt(**(values | changes))


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_receipt_says_all_that_is_owed() -> None:
    paper = receipt_pdf(receipt(secret=None))
    read = letters(by_pypdf(paper))
    for said in (
        "ใบรับคำร้อง", "UM70-000123-7", "๒๒พฤศจิกายน๒๕๖๙", "๐๙.๓๐น.", "ผู้สูงอายุติดเตียง",
        "นางสาวกตัญญุตาภรณ์ศรีสุวรรณ", "<script>alert(๑)</script>", "๑๕ธันวาคม๒๕๖๙",
        "เอกสารรับรองความพิการ", "๑ธันวาคม๒๕๖๙", "welfare.example/requests/track", "๑๖๖๙",
        "(นางสาวพิมพ์ชนกใจดี)", "หน้า๑จาก๑",
    ):  # fmt: skip
        assert letters(said) in read
    assert pages(paper) == 1


def test_receipt_never_has_the_secret_and_says_where_it_is() -> None:
    with pytest.raises(ValueError, match="slip"):
        receipt_pdf(receipt())
    assert letters("รหัสลับอยู่ในบัตรติดตามคำร้อง") in letters(by_pypdf(receipt_pdf(receipt(secret=None))))


def test_receipt_in_english() -> None:
    paper = receipt_pdf(receipt(secret=None), lang="en")
    read = by_pypdf(paper)
    assert "Receipt of your request" in read
    assert "22 November 2026 (B.E. 2569)" in read
    assert "Page 1 of 1" in read
    assert pypdf.PdfReader(io.BytesIO(paper)).trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("template", ["receipt", "receipt_slip"])
def test_nothing_known_prints_blanks_and_never_none(template: str, lang: str) -> None:
    empty = build_receipt(
        office=Office(""), base_url="https://w.example", reference="UM70-000001-5",
        received_at=datetime(2026, 11, 22, tzinfo=UTC), channel="", kind="", category="",
    )  # fmt: skip
    html = html_for(f"documents/{template}.html", empty, lang=lang)
    assert "None" not in html
    assert "……………" in html


def test_a_private_receipt_tells_nothing_and_a_nameless_one_promises_no_help() -> None:
    private = receipt(secret=None, private=True, anonymous=True)
    html = re.sub("<[^>]+>", "", html_for("documents/receipt.html", private, lang="th"))
    assert "ลุกไม่ได้" not in html and "กตัญญุตาภรณ์" not in html and "คำร้องทั่วไป" in html
    assert "หากทำหายโปรดติดต่อ" not in html and "จะไม่มีผู้ใดเปิดดูเรื่องให้ได้" in html


def test_slip_names_nobody_and_fits_one_small_page() -> None:
    paper = slip_pdf(receipt())
    read = letters(by_pypdf(paper))
    assert SECRET in read
    assert letters("กตัญญุตาภรณ์") not in read
    assert letters("ลุกไม่ได้") not in read
    page = pypdf.PdfReader(io.BytesIO(paper)).pages[0]
    assert pages(paper) == 1
    assert round(float(page.mediabox.width) / 72 * 25.4) == 105


def test_the_secret_travels_in_the_fragment_only() -> None:
    link = track_link("https://w.example/", "UM70-000123-7", SECRET)
    assert link == f"https://w.example/requests/track?r=UM70-000123-7#s={SECRET}"
    assert track_link("https://w.example", "UM70-000123-7").endswith("?r=UM70-000123-7")
    assert SECRET not in receipt().track_address


def test_long_names_and_addresses_stay_readable() -> None:
    name = "นางสาว" + "กตัญญุตาภรณ์" * 3 + " ศรีสุวรรณวิบูลย์กิจเจริญรุ่งเรืองทรัพย์"
    place = "\n".join(f"บรรทัดที่ {line} ตำบลอุโมงค์" for line in range(10))
    read = letters(by_pypdf(receipt_pdf(receipt(secret=None, subject_name=name, place=place))))
    assert letters(name) in read
    assert letters("บรรทัดที่ ๙") in read
