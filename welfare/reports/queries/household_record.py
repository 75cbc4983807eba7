"""Everything that stands in the record of a household, gathered from the domains it touches."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import force_locale

from welfare.cases.labels import KINDS_OF_HELP, OUTCOMES, STATUSES
from welfare.cases.queries import category_words
from welfare.cases.queries.homes import HomeCase, HomeHelp, HomeWork, work_for_home
from welfare.core import clock
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import local_date
from welfare.core.thai.money import format_baht
from welfare.households import labels
from welfare.households.documents import (
    TEMPLATE,
    CaseOnPaper,
    HelpOnPaper,
    HouseholdRecord,
    MemberOnPaper,
    NeedOnPaper,
    YearOnPaper,
)
from welfare.households.queries import HouseholdFile, Member, household_file
from welfare.households.queries.house_parts import NeedLine, house_parts
from welfare.papers.parts import About, Asked, Sheet
from welfare.reports.queries.casereport import office_on_paper, relation_on_paper

MOST_HELP, MOST_CASES = 8, 10


def household_sheet(about: About, _asked: Asked, viewer: Viewer) -> Sheet:
    """The record as a paper. Complaints about staff are left out of it for everybody, so that it
    can be read by whoever may see all the rest."""
    others = replace(viewer, permissions=viewer.permissions - {Permission.VIEW_CONDUCT})
    return Sheet(
        title=f"ทะเบียนครัวเรือน {about.number}",
        template=TEMPLATE,
        values=household_record(about.number, viewer=others),
        recipient=about.title,
        own_number=about.number,
        reads=(("household", about.number),),
    )


def household_record(number: str, *, viewer: Viewer) -> HouseholdRecord:
    """The record as the viewer may see the household (``NotFound`` otherwise), in Thai."""
    with force_locale("th"):
        file = household_file(number, viewer=viewer)
        work = work_for_home(household_id=file.id, person_id=None, viewer=viewer)
        needs = house_parts(file.id, viewer=viewer).needs
        return _record(file, work, needs, viewer)


def _record(
    file: HouseholdFile, work: HomeWork, needs: tuple[NeedLine, ...], viewer: Viewer
) -> HouseholdRecord:
    categories = {key: words[0] for key, words in category_words().items()}
    return HouseholdRecord(
        office=office_on_paper(),
        number=file.number,
        address=file.address,
        printed_at=clock.now(),
        printed_by=viewer.display_name,
        facts=_facts(file),
        members=tuple(_member(member) for member in file.members),
        needs=tuple(_need(one) for one in needs if one.to_day is None),
        years=tuple(YearOnPaper(one.year, one.times, one.baht) for one in work.years),
        help=tuple(_help(one) for one in work.help[:MOST_HELP]),
        cases=tuple(
            _case(one, categories.get(one.category_id, "")) for one in work.cases[:MOST_CASES]
        ),
        notes=file.facts.notes,
        left_out=_left_out(work),
    )


def _facts(file: HouseholdFile) -> tuple[tuple[str, str], ...]:
    house = file.facts
    said = (
        ("รหัสประจำบ้าน", file.house_code),
        ("หมู่บ้าน", file.village_name),
        ("ชุมชน", house.community),
        ("ตำบล อำเภอ จังหวัด", _beyond(file)),
        ("จุดสังเกต", house.landmark),
        ("พิกัด", _place(file)),
        ("ทะเบียนบ้านกลาง", "ใช่" if house.central_register else "ไม่ใช่"),
        ("สิทธิในการอยู่อาศัย", labels.word(labels.TENURE, house.tenure)),
        ("สภาพบ้าน", labels.word(labels.CONDITION, house.condition)),
        ("น้ำสะอาด", labels.word(labels.YES_NO, house.water)),
        ("ไฟฟ้า", labels.word(labels.YES_NO, house.electricity)),
        ("ห้องสุขา", labels.word(labels.YES_NO, house.toilet)),
        ("รายได้ต่อเดือน (บาท)", _baht(house.monthly_income)),
        ("หนี้สิน (บาท)", _baht(house.debts)),
        ("อยู่จริง (คน)", str(sum(not one.deceased for one in file.living))),
    )
    return tuple((label, value or "–") for label, value in said)


def _beyond(file: HouseholdFile) -> str:
    house = file.facts
    words = (house.subdistrict, house.district, house.province, house.postcode)
    return " ".join(word for word in words if word)


def _place(file: HouseholdFile) -> str:
    house = file.facts
    if house.lat is None or house.lng is None:
        return ""
    about = f" (คลาดเคลื่อน {house.accuracy_m} ม.)" if house.accuracy_m else ""
    return f"{house.lat:.5f}, {house.lng:.5f}{about}"


def _baht(amount: object) -> str:
    return "" if amount is None else format_baht(amount)  # type: ignore[arg-type]


def _member(member: Member) -> MemberOnPaper:
    signs = member.signs
    said = (
        (signs.bed_bound, "ติดเตียง"), (signs.home_bound, "ติดบ้าน"), (signs.disabled, "พิการ"),
    )  # fmt: skip
    return MemberOnPaper(
        name=member.name,
        relation=relation_on_paper(member.relation, dead=member.deceased),
        sex=labels.word(labels.SEX, member.sex),
        age=member.age,
        lives_here=member.de_facto and not member.deceased,
        registered=member.on_register,
        since=member.from_day,
        remarks=" ".join(word for holds, word in said if holds),
    )


def _need(one: NeedLine) -> NeedOnPaper:
    return NeedOnPaper(
        kind=labels.word(labels.NEED_KIND, one.kind),
        dimension=labels.word(labels.DIMENSION, one.dimension),
        text=one.text or ("(ไม่แสดง)" if one.hidden else ""),
        since=one.from_day,
    )


def _help(one: HomeHelp) -> HelpOnPaper:
    what = one.description or str(KINDS_OF_HELP[one.kind])
    return HelpOnPaper(one.given_on, what, one.fund, one.amount)


def _case(one: HomeCase, category: str) -> CaseOnPaper:
    state = str(OUTCOMES[one.outcome]) if one.outcome else str(STATUSES[one.status])
    return CaseOnPaper(one.number, one.title, category, local_date(one.opened_at), state)


def _left_out(work: HomeWork) -> tuple[str, ...]:
    said = (
        (len(work.help) - MOST_HELP, "รายการช่วยเหลือก่อนหน้านี้อีก {n} รายการ ดูได้ในระบบ"),
        (len(work.cases) - MOST_CASES, "กรณีก่อนหน้านี้อีก {n} เรื่อง ดูได้ในระบบ"),
    )
    return tuple(words.format(n=n) for n, words in said if n > 0)
