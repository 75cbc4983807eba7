"""What the lists of casework begin with in an empty database: data that the administrator edits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from welfare.cases.kinds import TextUse
from welfare.cases.models import Case, Checklist, ChecklistItem, RiskReason, StandardText
from welfare.core import clock
from welfare.core.db import db

BEGINNING = date(2020, 1, 1)

REASONS = (
    ("อยู่คนเดียวและช่วยเหลือตนเองไม่ได้", "Lives alone and cannot manage alone"),
    ("ผู้ป่วยติดเตียงไม่มีผู้ดูแล", "Bed-bound without a carer"),
    ("มีความรุนแรงในบ้าน", "Violence at home"),
    ("เด็กถูกละเลยหรือถูกทำร้าย", "A child is neglected or hurt"),
    ("เสี่ยงทำร้ายตนเองหรือผู้อื่น", "May hurt themselves or others"),
    ("ไม่มีอาหารหรือรายได้", "No food or no income"),
    ("ที่อยู่อาศัยไม่ปลอดภัย", "The house is unsafe"),
    ("ขาดยาหรือขาดการรักษา", "Medicine or treatment has stopped"),
    ("มีการใช้สารเสพติดในบ้าน", "Drugs are used in the house"),
    ("ผู้ดูแลเจ็บป่วยหรืออ่อนล้า", "The carer is ill or worn out"),
)

CHECKS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dependent_care": (
        ("ประเมินกิจวัตรประจำวัน (ADL)", "Daily living (ADL) assessed"),
        ("ตรวจสิทธิเบี้ยยังชีพและเบี้ยความพิการ", "Allowances of age and disability looked at"),
        ("แจ้ง รพ.สต. หรือผู้จัดการการดูแล", "Health centre or care manager told"),
        ("ดูความปลอดภัยของบ้านและห้องน้ำ", "Safety of house and bathroom looked at"),
    ),
    "housing": (
        ("ถ่ายภาพสภาพบ้านก่อนดำเนินการ", "House photographed before the work"),
        ("ตรวจกรรมสิทธิ์หรือความยินยอมของเจ้าของที่ดิน", "Ownership or the owner's consent seen"),
        ("ประมาณการค่าซ่อม", "Cost of the repair estimated"),
    ),
    "child_welfare": (
        ("พบและพูดคุยกับเด็ก", "The child was met and spoken with"),
        ("ติดต่อโรงเรียน", "The school was asked"),
        ("พิจารณาแจ้งพนักงานเจ้าหน้าที่คุ้มครองเด็ก", "Duty to tell child protection considered"),
    ),
    "emergency_aid": (
        ("ดูบัตรประชาชนหรือยืนยันตัวบุคคล", "Identity seen"),
        ("ตรวจว่าไม่ได้รับซ้ำจากหน่วยงานอื่น", "Not helped twice by another agency"),
    ),
}

TEXTS = (
    (
        "ขอเอกสารเพิ่มเติม", TextUse.CITIZEN,
        "เทศบาลได้รับเรื่องเลขที่ {case_number} แล้ว ขอให้ท่านนำเอกสารเพิ่มเติมมายื่นที่{office}"
        " ในวันและเวลาราชการ หรือสอบถามได้ที่ {office_phone}",
    ),
    (
        "แจ้งความคืบหน้า", TextUse.CITIZEN,
        "เรื่องเลขที่ {case_number} ({category}) กำลังดำเนินการ คาดว่าจะแล้วเสร็จภายในวันที่ {due_date}"
        " ผู้รับผิดชอบคือ {worker} โทร {office_phone}",
    ),
    (
        "ปิดเรื่อง ให้ความช่วยเหลือแล้ว", TextUse.CLOSING,
        "{office}ได้ดำเนินการช่วยเหลือตามเรื่องเลขที่ {case_number} เรียบร้อยแล้วเมื่อวันที่ {today}"
        " หากยังมีปัญหา แจ้งได้ที่ {office_phone}",
    ),
    ("บันทึกการโทรศัพท์", TextUse.NOTE, "วันที่ {today} โทรศัพท์สอบถาม ได้ความว่า "),
)  # fmt: skip


def fill_reasons() -> bool:
    """The first reasons of risk, where there are none. The caller commits."""
    if _any(RiskReason):
        return False
    db.session.add_all(
        RiskReason(name_th=th, name_en=en, effective_from=BEGINNING, position=place)
        for place, (th, en) in enumerate(REASONS, start=1)
    )
    return True


def fill_checklists(categories: Mapping[str, int]) -> bool:
    """The first checklists, where there are none: nothing in them hinders closing. They hold from
    the beginning where no case is there yet, else from now on. The caller commits."""
    if _any(Checklist):
        return False
    now = clock.now()
    since = now if _any(Case) else datetime(2020, 1, 1, tzinfo=UTC)
    for code, items in CHECKS.items():
        if code not in categories:
            continue
        made = Checklist(category_id=categories[code], edition=1, made_at=since)
        db.session.add(made)
        db.session.flush()
        db.session.add_all(
            ChecklistItem(checklist_id=made.id, position=place, name_th=th, name_en=en)
            for place, (th, en) in enumerate(items, start=1)
        )
    return True


def fill_texts() -> bool:
    """The first standard texts, where there are none. The caller commits."""
    if _any(StandardText):
        return False
    now = clock.now()
    db.session.add_all(
        StandardText(name=name, use=use, body=body, made_at=now) for name, use, body in TEXTS
    )
    return True


def _any(model: type[object]) -> bool:
    return bool(db.session.scalar(select(func.count()).select_from(model)))
