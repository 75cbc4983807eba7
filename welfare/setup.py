"""The first contents of an empty database: the municipality, its villages, categories, closures.

All of it is data that an administrator edits afterwards; running it again changes nothing that
is there.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from welfare.cases.models import Category
from welfare.cases.services.care.first import fill_checklists, fill_reasons, fill_texts
from welfare.cases.services.deadlines.first import fill_escalation, fill_rules
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.municipality import Closure, Municipality
from welfare.core.security.permissions import SYSTEM
from welfare.core.workdays import thai_holidays
from welfare.dispatch.services.rules import fill_kinds, fill_skills
from welfare.households.models import Village
from welfare.households.services.editions import ensure_editions
from welfare.papers.services import fill_identity
from welfare.referrals.services.agencies import fill_agencies

CATEGORIES = Path(__file__).resolve().parent / "cases" / "data" / "categories.toml"
VILLAGES = 11
HOLIDAY_YEARS = 4

HOTLINES = [
    {"number": "191", "label_th": "เหตุด่วนเหตุร้าย ตำรวจ", "label_en": "Police, emergencies"},
    {"number": "1669", "label_th": "เจ็บป่วยฉุกเฉิน รถพยาบาล", "label_en": "Ambulance"},
    {
        "number": "1300",
        "label_th": "ศูนย์ช่วยเหลือสังคม ความรุนแรง เด็ก คนไร้ที่พึ่ง",
        "label_en": "Social help: violence, children, homeless people",
    },
    {"number": "1479", "label_th": "สายด่วนคนพิการ", "label_en": "People with disabilities"},
    {"number": "1567", "label_th": "ศูนย์ดำรงธรรม", "label_en": "Damrongdhama centre"},
]


def ensure_basics() -> list[str]:
    """Fill what is missing; returns what was added. The caller commits."""
    added = [
        name
        for name, fill in (
            ("municipality", _municipality),
            ("villages", _villages),
            ("categories", _categories),
            ("closures", _closures),
            ("survey editions", ensure_editions),
            ("skills", fill_skills),
            ("visits", _visits),
            ("deadlines", _deadlines),
            ("escalation", fill_escalation),
            ("agencies", fill_agencies),
            ("reasons of risk", fill_reasons),
            ("checklists", _checklists),
            ("standard texts", fill_texts),
            ("certificate", fill_identity),
        )
        if fill()
    ]
    if added:
        audit.record(SYSTEM, "setup.filled", "municipality", "1", {"added": added})
    db.session.flush()
    return added


def _visits() -> bool:
    rows = db.session.execute(select(Category.code, Category.id))
    return fill_kinds({row.code: row.id for row in rows})


def _deadlines() -> bool:
    rows = db.session.scalars(select(Category))
    return fill_rules({row.code: row for row in rows})


def _checklists() -> bool:
    rows = db.session.execute(select(Category.code, Category.id))
    return fill_checklists({row.code: row.id for row in rows})


def _empty(table: type[Any]) -> bool:
    return db.session.scalar(select(func.count()).select_from(table)) == 0


def _municipality() -> bool:
    if not _empty(Municipality):
        return False
    db.session.add(
        Municipality(
            id=1,
            name_th="เทศบาลตำบลอุโมงค์",
            name_en="Umong Subdistrict Municipality",
            address_th="ตำบลอุโมงค์ อำเภอเมืองลำพูน จังหวัดลำพูน 51150",
            address_en="Umong, Mueang Lamphun District, Lamphun 51150",
            phone="053-983-234",
            letter_prefix="ลพ",
            hotlines=HOTLINES,
        )
    )
    return True


def _villages() -> bool:
    """Villages by number only: their names are for the municipality to enter."""
    if not _empty(Village):
        return False
    db.session.add_all(
        Village(village_no=no, name_th=f"หมู่ที่ {no}", name_en=f"Village {no}")
        for no in range(1, VILLAGES + 1)
    )
    return True


def _categories() -> bool:
    if not _empty(Category):
        return False
    content = tomllib.loads(CATEGORIES.read_text(encoding="utf-8"))
    for entry in content["category"]:
        words = dict(entry)
        words["sensitivity"] = Sensitivity(words["sensitivity"])
        words["default_priority"] = Priority(words["default_priority"])
        db.session.add(Category(**words, source=content["source"]))
    return True


def _closures() -> bool:
    if not _empty(Closure):
        return False
    year = clock.today().year
    days: dict[date, Closure] = {}
    for day, name_th, name_en in thai_holidays(range(year - 2, year + HOLIDAY_YEARS - 1)):
        days.setdefault(
            day, Closure(day=day, name_th=name_th, name_en=name_en, source="holidays (Thailand)")
        )
    db.session.add_all(days.values())
    return True
