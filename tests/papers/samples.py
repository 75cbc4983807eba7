"""Every paper of the program, filled with what is usual or with what is hardest.

A new template belongs here: `test_every_template_has_a_sample` fails until it does. The checks of
the text layer, of PDF/A and PDF/UA, of missing values and of markup then hold for it too.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from PIL import Image

from tests.papers.hard_thai import LONGEST_NAME, TEN_LINE_ADDRESS
from welfare.cases import documents as cases
from welfare.core import pdf
from welfare.core.pdf.letterhead import Office
from welfare.households import documents as households
from welfare.intake import documents as intake
from welfare.referrals import documents as referrals

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
OFFICE = Office(
    "เทศบาลตำบลอุโมงค์", "กองสวัสดิการสังคม", "ตำบลอุโมงค์ อำเภอเมืองลำพูน จังหวัดลำพูน ๕๑๑๕๐", "053-000000",
    "office@umong.example",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What people wrote, put into every field that takes it."""

    name: str = "นางกตัญญู ศรีสุวรรณ"
    address: str = "บ้านเลขที่ ๑๒/๓ หมู่ที่ ๑๑"
    note: str = "หลังคารั่ว น้ำไหลลงที่นอน ปู่ป่วยติดเตียง"
    short: str = "ผู้สูงอายุติดเตียง"


LONGEST = Words(
    LONGEST_NAME, TEN_LINE_ADDRESS, "น้ำท่วมซ้ำ ปั๊มน้ำเสีย " * 12, "ปรับสภาพแวดล้อมที่อยู่อาศัยสำหรับคนพิการ"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A template and what goes into it."""

    template: str
    values: Mapping[str, object] | object
    lang: str = "th"
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    drawings: Mapping[str, bytes] = field(default_factory=dict)

    def html(self) -> str:
        """As it goes into the layout."""
        return pdf.html_for(self.template, self.values, lang=self.lang, pictures=self.pictures)

    def pdf(self) -> bytes:
        """As it comes out."""
        return pdf.draw(self.html(), pictures=self.pictures, drawings=self.drawings)


def jpeg() -> bytes:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def _receipt(words: Words) -> intake.Receipt:
    return intake.build_receipt(
        office=OFFICE,
        base_url="https://welfare.example",
        reference="UM70-000123-7",
        secret="K7QF-2MXD-9RTW",
        received_at=AT,
        channel="ยื่นด้วยตนเอง",
        kind="ขอความช่วยเหลือ",
        category=words.short,
        subject_name=words.name,
        place=words.address,
        description=words.note,
        next_steps=("ติดต่อกลับภายใน ๓ วันทำการ", "มีผู้รับผิดชอบมาดูแล"),
        due_on=date(2026, 12, 15),
        documents_received=("สำเนาบัตรประจำตัวประชาชน",),
        documents_missing=(intake.MissingDocument("เอกสารรับรองความพิการ", date(2026, 12, 1)),),
        officer_name=words.name,
        officer_position="นักพัฒนาชุมชน",
        hotlines=(intake.Hotline("1669", "เจ็บป่วยฉุกเฉิน"), intake.Hotline("191", "เหตุด่วน")),
    )


def receipt(words: Words) -> Paper:
    """ใบรับคำร้อง."""
    made = _receipt(words)
    return Paper("documents/receipt.html", made, drawings={"qr": made.qr_image})


def receipt_in_english(words: Words) -> Paper:
    """The same for a reader of English."""
    made = _receipt(words)
    return Paper("documents/receipt.html", made, "en", drawings={"qr": made.qr_image})


def slip(words: Words) -> Paper:
    """The slip, A6."""
    made = _receipt(words)
    return Paper("documents/receipt_slip.html", made, drawings={"qr": made.qr_image})


def case_report(words: Words) -> Paper:
    """รายงานกรณี."""
    broken = cases.PhotoOnPaper(b"broken", words.short)
    report = cases.CaseReport(
        office=OFFICE,
        number="C70-000045-1",
        title=words.short,
        category=words.short,
        priority="เร่งด่วน",
        status="กำลังดำเนินการ",
        opened_on=date(2026, 11, 3),
        printed_at=AT,
        printed_by=words.name,
        summary=words.note,
        subject_name=words.name,
        due_on=date(2026, 12, 15),
        caseworker=words.name,
        household=cases.HouseholdOnPaper(
            "H-000123-4", words.address, "51010234567", words.short, words.note
        ),
        people=(
            cases.PersonOnPaper(
                words.name, "เจ้าบ้าน", 87, "1-5101-00123-45-6", "081-234-5678", words.short
            ),
            cases.PersonOnPaper(words.name),
        ),
        complaints=(
            cases.ComplaintOnPaper("UM70-000123-7", AT, "เว็บ", words.note, words.name, "081112233"),
        ),
        visits=(
            cases.VisitOnPaper(
                AT, words.name, "เยี่ยมแล้ว", words.note, words.note,
                (cases.PhotoOnPaper(jpeg(), words.short), broken),
            ),
        ),
        assistance=(
            cases.AssistanceOnPaper(
                date(2026, 11, 6), words.short, amount=Decimal(3000), fund=words.short,
                decided_by=words.name,
            ),
            cases.AssistanceOnPaper(date(2026, 11, 7), "ผ้าอ้อมผู้ใหญ่", "4 ห่อ"),
        ),
        timeline=(cases.EventOnPaper(AT, words.name, "รับเข้ากรณี", words.note),),
        outcome="ช่วยเหลือได้บางส่วน",
        outcome_note=words.note,
    )  # fmt: skip
    return Paper(
        "documents/case_report.html",
        cases.case_report_values(report),
        pictures={"0-0": jpeg(), "0-1": b"broken"},
    )


def household_record(words: Words) -> Paper:
    """ทะเบียนครัวเรือน."""
    return Paper(
        "documents/household_record.html",
        households.HouseholdRecord(
            office=OFFICE,
            number="H-000123-4",
            address=words.address.replace("\n", " "),
            printed_at=AT,
            printed_by=words.name,
            facts=(("สภาพบ้าน", words.short), ("น้ำดื่ม", "ประปาหมู่บ้าน"), ("รายได้", "4,500")),
            members=(
                households.MemberOnPaper(
                    words.name, "เจ้าบ้าน", "หญิง", 87, True, True, date(2010, 1, 5), words.short
                ),
                households.MemberOnPaper(words.name, "", "", None, False, False),
            ),
            needs=(households.NeedOnPaper("ปัญหา", "สุขภาพ", words.note, date(2026, 2, 3)),),
            years=(households.YearOnPaper(2569, 3, Decimal(9000)),),
            help=(
                households.HelpOnPaper(date(2026, 1, 9), words.short, words.short, Decimal(500)),
            ),
            cases=(
                households.CaseOnPaper(
                    "C70-000045-1", words.short, words.short, date(2026, 11, 3), "กำลังดำเนินการ"
                ),
            ),
            notes=words.note,
            left_out=("ยังมีอีก 12 กรณี",),
        ),
    )


def referral_letter(words: Words) -> Paper:
    """หนังสือส่งต่อ, with what is shared and the form of the answer."""
    return Paper(
        "documents/referral_letter.html",
        referrals.Letter(
            office=OFFICE,
            letter_no="ลพ 52001/123",
            written_on=date(2026, 11, 22),
            subject=words.short,
            to="พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดลำพูน",
            agency="สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดลำพูน",
            purpose=words.note,
            ground="โดยความยินยอมของเจ้าของข้อมูล",
            lines=(("ชื่อ", words.name), ("ที่อยู่", words.address), ("เรื่องที่ขอ", words.note)),
            answer_by=date(2026, 12, 15),
            signer=words.name,
            signer_position="นายกเทศมนตรีตำบลอุโมงค์",
            reference="R70-000009-2",
            code="ABCD-EFGH-JKLM",
            address="welfare.example/referrals",
            open_until=date(2027, 2, 15),
        ),
        drawings={"qr": _receipt(words).qr_image},
    )


PAPERS: dict[str, Callable[[Words], Paper]] = {
    made.__name__: made
    for made in (
        receipt, receipt_in_english, slip, case_report, household_record, referral_letter,
    )
}  # fmt: skip
