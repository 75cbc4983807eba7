"""แบบบันทึกการเยี่ยมบ้านและสอบข้อเท็จจริง: what was found at the door, filled or blank.

Sections follow the fact-finding form of the Ministry of Social Development: occupation and
income of the family, who is looked after, help so far, the visitor's opinion.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from welfare.core.pdf.layouts.choices import Choice, ticked
from welfare.core.pdf.letterhead import Office

TEMPLATE = "documents/visit_form.html"

INCOME_FROM = ("การประกอบอาชีพ", "บุตรหรือผู้อุปการะ", "สวัสดิการของรัฐ")
CARES_FOR = ("บิดามารดา", "บุตร", "ผู้สูงอายุ", "คนพิการหรือทุพพลภาพ")
TENURE = ("บ้านของตนเอง", "บ้านเช่า", "อาศัยผู้อื่น", "ที่สาธารณะ")
HOUSE = ("มั่นคงแข็งแรง", "ชำรุดบางส่วน", "ทรุดโทรมมาก", "มีไฟฟ้า", "มีน้ำประปา", "มีห้องน้ำใช้ได้")
MOBILITY = ("ติดสังคม (๑๒–๒๐)", "ติดบ้าน (๕–๑๑)", "ติดเตียง (๐–๔)")
HELP_SO_FAR = (
    "เงินสงเคราะห์", "ทุนประกอบอาชีพ", "เบี้ยยังชีพผู้สูงอายุ", "เบี้ยความพิการ", "เงินเด็กแรกเกิด",
    "บัตรสวัสดิการแห่งรัฐ", "เงินซ่อมแซมบ้าน", "เครื่องช่วยความพิการ",
)  # fmt: skip
PROPOSALS = ("ช่วยเหลือเป็นเงิน", "ช่วยเหลือเป็นสิ่งของ", "ให้คำปรึกษา", "ส่งต่อหน่วยงาน", "ติดตามต่อเนื่อง", "ยุติ")
_BLANK_ROWS = 6


@dataclass(frozen=True, slots=True)
class MemberFound:
    """Somebody who lives there; `age` in years, `income` in baht a month."""

    name: str = ""
    relation: str = ""
    age: int | None = None
    occupation: str = ""
    income: Decimal | None = None
    health: str = ""


@dataclass(frozen=True, slots=True)
class VisitForm:
    """All that stands in the form. `VisitForm(office)` alone is the blank form."""

    office: Office
    case_number: str = ""
    visited_at: datetime | None = None
    visitors: tuple[str, ...] = ()
    informant: str = ""
    name: str = ""
    age: int | None = None
    id_number: str = ""
    phone: str = ""
    address: str = ""
    marital_status: str = ""
    members: tuple[MemberFound, ...] = ()
    occupation: str = ""
    income: Decimal | None = None
    debt: Decimal | None = None
    income_from: tuple[Choice, ...] = ticked(INCOME_FROM)
    cares_for: tuple[Choice, ...] = ticked(CARES_FOR)
    tenure: tuple[Choice, ...] = ticked(TENURE)
    house: tuple[Choice, ...] = ticked(HOUSE)
    illness: str = ""
    adl: int | None = None
    mobility: tuple[Choice, ...] = ticked(MOBILITY)
    help_so_far: tuple[Choice, ...] = ticked(HELP_SO_FAR)
    times_this_year: int | None = None
    help_amount: Decimal | None = None
    findings: str = ""
    needs: str = ""
    opinion: str = ""
    proposals: tuple[Choice, ...] = ticked(PROPOSALS)
    proposed_amount: Decimal | None = None
    next_visit: date | None = None
    purpose: str = ""
    with_link: bool = False
    """Whether a QR code (the drawing `link`) leads to the case."""
    blank_rows: int = _BLANK_ROWS
    """Empty lines of the table of members where none is known."""
