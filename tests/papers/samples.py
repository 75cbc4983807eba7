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
from welfare.core.pdf.layouts import (
    charts,
    committee,
    complaints,
    days,
    forms,
    handing_over,
    labels,
    management,
    visits,
)
from welfare.core.pdf.layouts.choices import ticked
from welfare.core.pdf.letterhead import Office
from welfare.core.thai.dates import MONTHS_SHORT
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


def pixel() -> bytes:
    """A drawing, as a QR code is one."""
    out = io.BytesIO()
    Image.new("1", (40, 40)).save(out, "PNG")
    return out.getvalue()


def _receipt(words: Words, secret: str | None = None) -> intake.Receipt:
    return intake.build_receipt(
        office=OFFICE,
        base_url="https://welfare.example",
        reference="UM70-000123-7",
        secret=secret,
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
    made = _receipt(words, "K7QF-2MXD-9RTW")
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
        assessments=(
            cases.AssessmentOnPaper(
                date(2026, 11, 5), words.name,
                (cases.NeedOnPaper("สุขภาพ", "ต้องช่วยเหลือเร่งด่วน", words.note),), words.note,
            ),
        ),
        goals=(
            cases.GoalOnPaper(
                words.short, "กำลังดำเนินการ", "สุขภาพ", date(2026, 12, 1),
                (cases.ActionOnPaper(words.short, words.name, "รอทำ", date(2026, 12, 1)),),
            ),
        ),
        agreement=cases.AgreementOnPaper(date(2026, 11, 6), words.name, words.note, True),
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


def _letter(words: Words, layout: str) -> Paper:
    values = {
        "office": OFFICE,
        "kind": "หนังสือ",
        "title": words.short,
        "recipient": words.name,
        "body": words.note,
        "refers": (words.short,),
        "enclosures": (words.short, words.short),
        "closing": "",
        "signer": words.name,
        "signer_position": "นายกเทศมนตรีตำบลอุโมงค์",
        "number": "ลพ 52001/123",
        "dated": date(2026, 11, 22),
        "verify": {"code": "1234-5678-9012", "address": "welfare.example/verify"},
    }
    qr = _receipt(words).qr_image
    return Paper(f"documents/{layout}.html", values, drawings={"verify": qr})


def letter(words: Words) -> Paper:
    """หนังสือภายนอก."""
    return _letter(words, "letter")


def memo(words: Words) -> Paper:
    """บันทึกข้อความ."""
    return _letter(words, "memo")


def visit_form(words: Words) -> Paper:
    """แบบบันทึกการเยี่ยมบ้าน, filled."""
    return Paper(
        visits.TEMPLATE,
        visits.VisitForm(
            office=OFFICE,
            case_number="C70-000045-1",
            visited_at=AT,
            visitors=(words.name,),
            informant=words.name,
            name=words.name,
            age=87,
            id_number="1-5101-00123-45-6",
            phone="081-234-5678",
            address=words.address,
            marital_status="หม้าย",
            members=(
                visits.MemberFound(words.name, "บุตร", 51, "รับจ้าง", Decimal(6000), words.short),
            ),
            occupation="ทำสวนลำไย",
            income=Decimal(4500),
            debt=Decimal(120000),
            income_from=ticked(visits.INCOME_FROM, ("สวัสดิการของรัฐ",)),
            cares_for=ticked(visits.CARES_FOR),
            tenure=ticked(visits.TENURE, ("บ้านของตนเอง",)),
            house=ticked(visits.HOUSE, ("ทรุดโทรมมาก", "หลังคารั่ว")),
            illness=words.short,
            adl=4,
            mobility=ticked(visits.MOBILITY, visits.MOBILITY[2:]),
            times_this_year=1,
            help_amount=Decimal(3000),
            findings=words.note,
            needs=words.note,
            opinion=words.note,
            proposed_amount=Decimal("12345.50"),
            next_visit=date(2026, 12, 9),
            purpose=words.short,
            with_link=True,
        ),
        drawings={"link": pixel()},
    )


def visit_form_blank(words: Words) -> Paper:
    """The same to be filled by hand."""
    return Paper(visits.TEMPLATE, visits.VisitForm(office=OFFICE))


def aid_receipt(words: Words) -> Paper:
    """ใบสำคัญรับเงิน."""
    lines = (
        handing_over.Given(words.short, amount=Decimal(2000)),
        handing_over.Given("ผ้าอ้อมผู้ใหญ่", "4 ห่อ"),
    )
    return Paper(
        handing_over.TEMPLATE,
        handing_over.AidReceipt(
            office=OFFICE,
            number="ชร 12/2570",
            given_on=date(2026, 11, 22),
            receiver=words.name,
            id_number="1-5101-00123-45-6",
            address=words.address,
            on_behalf_of=words.name,
            case_number="C70-000045-1",
            fund=words.short,
            decided_by=words.name,
            decided_on=date(2026, 11, 20),
            lines=lines,
            payer=words.name,
            payer_position="นักพัฒนาชุมชน",
            witnesses=(words.name, ""),
            total=handing_over.total_of(lines),
        ),
    )


def loan_slip(words: Words) -> Paper:
    """ใบยืม, the same form for what is lent."""
    return Paper(
        handing_over.TEMPLATE,
        handing_over.AidReceipt(
            office=OFFICE,
            given_on=date(2026, 11, 22),
            receiver=words.name,
            address=words.address,
            decided_by=words.name,
            decided_on=date(2026, 11, 22),
            lines=(handing_over.Given(words.short, "1"),),
            payer=words.name,
            return_by=date(2027, 5, 22),
            remark=words.note,
        ),
    )


def worker_day(words: Words) -> Paper:
    """ใบงานเยี่ยมบ้านประจำวัน."""
    stop = days.Stop(
        AT, words.name, words.address, words.short, "C70-000045-1", words.short, "081-234-5678",
        words.note, words.short,
    )  # fmt: skip
    return Paper(
        days.TEMPLATE,
        days.WorkerDay(
            OFFICE,
            words.name,
            date(2026, 11, 22),
            (stop, stop, stop),
            "รถยนต์ กข 1234",
            "42",
            words.note,
        ),
    )


def _meeting(words: Words) -> committee.Meeting:
    asked = committee.Request(
        "HR70-000012-3", words.name, words.short, Decimal(3000), words.note, 5, 0, 1, "อนุมัติ",
        Decimal(2500), (words.name,),
    )  # fmt: skip
    items = (
        committee.Item("เรื่องที่ประธานแจ้งให้ทราบ", words.note),
        committee.Item("รับรองรายงานการประชุมครั้งที่แล้ว", resolution="รับรอง"),
        committee.Item("เรื่องเพื่อพิจารณา", requests=(asked, asked), said=words.note),
        committee.Item("เรื่องอื่น ๆ"),
    )
    seat = committee.Seat(words.name, "กรรมการ")
    return committee.Meeting(
        OFFICE, "คณะกรรมการให้ความช่วยเหลือประชาชน", "3/2569", "ห้องประชุมเทศบาลตำบลอุโมงค์", AT, items,
        (seat, seat), (seat,), (seat,), AT, AT, words.name, words.name,
    )  # fmt: skip


def committee_agenda(words: Words) -> Paper:
    """ระเบียบวาระการประชุม."""
    return Paper(committee.AGENDA, _meeting(words))


def committee_minutes(words: Words) -> Paper:
    """รายงานการประชุม, with resolutions."""
    return Paper(committee.MINUTES, _meeting(words))


def _addressees(words: Words) -> labels.Addressees:
    one = labels.Addressee(words.name, words.address, "ลพ 52001/123")
    return labels.Addressees(OFFICE, (one,) * 5, skip=1, frank="ชำระค่าฝากส่งเป็นรายเดือน")


def address_labels(words: Words) -> Paper:
    """Sheets of labels."""
    return Paper(labels.LABELS, _addressees(words))


def envelopes(words: Words) -> Paper:
    """Envelopes."""
    return Paper(labels.ENVELOPES, _addressees(words))


def management_report(words: Words) -> Paper:
    """รายงานผลการดำเนินงาน, with charts."""
    report = management.ManagementReport(
        office=OFFICE,
        period="ประจำเดือน พฤศจิกายน 2569",
        counted_on=date(2026, 11, 30),
        headlines=(management.Headline("กรณีรับใหม่", "48", "41", words.short),),
        months=tuple(
            charts.Pair(m, 30 + 3 * n, 25 + 4 * n) for n, m in enumerate(MONTHS_SHORT[:6])
        ),
        categories=(charts.Bar("ซ่อมบ้าน", 21), charts.Bar(words.short, 13), charts.Bar("อื่น ๆ", 0)),
        outcomes=(charts.Bar("ช่วยเหลือได้ทั้งหมด", 31), charts.Bar("ช่วยเหลือไม่ได้", 2)),
        villages=tuple(
            management.VillageLine(f"หมู่ที่ {n}", n + 2, n, 12 - n, n % 3) for n in range(1, 12)
        ),
        explanation=words.note,
        unmet=words.note,
        proposals=words.note,
        how_counted="นับทุกกรณีที่เปิดในรอบ ไม่นับที่รวมเข้ากับกรณีอื่น",
        author=words.name,
        author_position="นักพัฒนาชุมชน",
        head=words.name,
        head_position="ผู้อำนวยการกองสวัสดิการสังคม",
    )
    return Paper(management.TEMPLATE, report, drawings=management.drawings(report))


def complaint_statistics(words: Words) -> Paper:
    """สถิติเรื่องร้องเรียน, as published."""
    share = complaints.Share(words.short, "48", "12.5")
    given = complaints.ComplaintStatisticsOnPaper(
        office=OFFICE,
        period="ปีงบประมาณ พ.ศ. 2570",
        counted_on=date(2026, 11, 30),
        headlines=(share, complaints.Share("รับทั้งหมด", "384")),
        months=tuple(charts.Bar(m, 3 * n) for n, m in enumerate(MONTHS_SHORT)),
        tables=(complaints.Table("แยกตามประเภทเรื่อง", "ประเภท", [share] * 12),),
        conduct=(complaints.Share("ทั้งหมด", "0"),),
        how_counted=words.note,
    )
    return Paper(complaints.TEMPLATE, given, drawings=complaints.drawings(given))


def programme_form(words: Words) -> Paper:
    """A form of a programme, with every kind of line, in part filled in."""
    places = (
        forms.Piece("ชื่อ – สกุล "), forms.Piece(value=words.name, dots=30),
        forms.Piece(" ที่อยู่ "), forms.Piece(value=words.address, dots=60),
        forms.Piece(" โทรศัพท์ "), forms.Piece(dots=24),
    )  # fmt: skip
    lines = (
        forms.FormLine("text", pieces=places),
        forms.FormLine("head", words="ความเดือดร้อน"),
        forms.FormLine("choose", words="สถานภาพ", choices=ticked(("โสด", "สมรส"), ("สมรส",))),
        forms.FormLine("write", lines=3),
        forms.FormLine("declare", words="ขอรับรองว่าข้อความข้างต้นเป็นความจริง"),
        forms.FormLine("sign", parts=("ผู้ยื่นคำขอ", "เจ้าหน้าที่")),
    )
    given = forms.FormOnPaper(OFFICE, words.short, words.note, lines, "C70-000001-5")
    return Paper(forms.TEMPLATE, given)


PAPERS: dict[str, Callable[[Words], Paper]] = {
    made.__name__: made
    for made in (
        receipt, receipt_in_english, slip, case_report, household_record, referral_letter,
        letter, memo,
        visit_form, visit_form_blank, aid_receipt, loan_slip, worker_day, committee_agenda,
        committee_minutes, address_labels, envelopes, management_report,
        complaint_statistics, programme_form,
    )
}  # fmt: skip
