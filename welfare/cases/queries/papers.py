"""What official papers about cases need to know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from sqlalchemy import Select, and_, select

from welfare.benefits.models import Fund
from welfare.benefits.queries import Finding
from welfare.benefits.wording import explain
from welfare.cases.models import Case, HelpRequest
from welfare.cases.policies import can_edit, can_see, hidden_levels, searchable, visible_to
from welfare.cases.queries.loading import load_case, load_case_by_id
from welfare.cases.workflow import ENDED, HelpStatus, Sensitivity
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import local_date
from welfare.core.thai.digits import whole
from welfare.households.queries import household_card, person_card
from welfare.papers.kinds import Secrecy
from welfare.papers.parts import About


def case_by_number(number: str, viewer: Viewer) -> About:
    """The case with this number; ``NotFound`` when the viewer may not see it."""
    return _about(load_case(number, viewer=viewer), viewer)


def case_by_id(case_id: int, viewer: Viewer) -> About:
    """The same by its id."""
    return _about(load_case_by_id(case_id, viewer=viewer), viewer)


def _about(case: Case, viewer: Viewer) -> About:
    edits = can_edit(viewer, case)
    return About(
        subject="case",
        id=case.id,
        number=case.number,
        title=case.title,
        url=f"/desk/cases/{case.number}",
        may_write=edits,
        may_issue=can_see(viewer, case) and case.sensitivity not in hidden_levels(viewer),
        secrecy=Secrecy.NORMAL if case.sensitivity is Sensitivity.NORMAL else Secrecy.SENSITIVE,
    )


def visible_cases(viewer: Viewer) -> Select[Any]:
    """The ids of the cases that a viewer may see."""
    return select(Case.id).where(visible_to(viewer))


def named_cases(viewer: Viewer) -> Select[Any]:
    """The ids of those of which lists say to them whom they concern."""
    return select(Case.id).where(and_(visible_to(viewer), searchable(viewer)))


def cases_in_use() -> Select[Any]:
    """The ids of the cases that are not ended."""
    return select(Case.id).where(Case.status.not_in(ENDED))


def case_numbers(ids: Collection[int], viewer: Viewer) -> Mapping[int, str]:
    """The numbers of those of these cases that a viewer may see."""
    seen = select(Case.id, Case.number).where(Case.id.in_(ids), visible_to(viewer))
    return {row.id: row.number for row in db.session.execute(seen)}


NAMES: Mapping[str, object] = {
    "ชื่อผู้รับ": "นางคำ ใจดี",
    "ที่อยู่ผู้รับ": "12/1 หมู่ที่ 2",
    "เลขที่กรณี": "C70-000001-5",
    "เรื่องของกรณี": "หลังคารั่ว",
    "รายการที่ขอ": "ค่าซ่อมหลังคา",
    "จำนวนที่ขอ": Decimal(5000),
    "วันที่ขอ": date(2026, 11, 2),
    "กองทุน": "กองทุนช่วยเหลือผู้ประสบความเดือดร้อน",
    "จำนวนที่อนุมัติ": Decimal(3000),
    "วันที่พิจารณา": date(2026, 11, 12),
    "เหตุผล": "บ้านอยู่ในสภาพไม่ปลอดภัย",
}
"""What texts may call by name, with examples."""
LISTS: Mapping[str, tuple[str, ...]] = {
    "ข้อพิจารณา": ("3,000 จากไม่เกิน 3,000 บาทต่อครั้ง (ระเบียบฯ ข้อ 5)",),
}
_DECIDED = (HelpStatus.WAITING, HelpStatus.WITHDRAWN)


def case_values(case_id: int, viewer: Viewer, detail: str) -> Mapping[str, object]:
    """What texts may say of a case: whom it is about, and a decision on help. ``detail``:
    ``help:12`` for that one, ``refused`` for the last refused, else the last granted one."""
    case = load_case_by_id(case_id, viewer=viewer)
    person = person_card(case.person_id, viewer=viewer)
    house = household_card(case.household_id, viewer=viewer)
    with force_locale("th"):
        address = house.household.address if house else ""
    values: dict[str, object] = {
        "ชื่อผู้รับ": person.person.name if person else "",
        "ที่อยู่ผู้รับ": address,
        "เลขที่กรณี": case.number,
        "เรื่องของกรณี": case.title,
    }
    decided = _decision(case.id, detail)
    return values | (_decided_values(*decided) if decided else {})


def _decision(case_id: int, detail: str) -> tuple[HelpRequest, Fund] | None:
    statement = (
        select(HelpRequest, Fund)
        .join(Fund, Fund.id == HelpRequest.fund_id)
        .where(HelpRequest.case_id == case_id, HelpRequest.decided_at.is_not(None))
        .where(HelpRequest.status.not_in(_DECIDED))
        .order_by(HelpRequest.decided_at.desc(), HelpRequest.id.desc())
        .limit(1)
    )
    wanted = whole(detail.removeprefix("help:")) if detail.startswith("help:") else None
    if wanted is not None:
        statement = statement.where(HelpRequest.id == wanted)
    elif detail == "refused":
        statement = statement.where(HelpRequest.status == HelpStatus.REFUSED)
    else:
        statement = statement.where(HelpRequest.status != HelpStatus.REFUSED)
    row = db.session.execute(statement).first()
    return (row.HelpRequest, row.Fund) if row else None


def _decided_values(request: HelpRequest, fund: Fund) -> dict[str, object]:
    with force_locale("th"):
        found = [Finding.from_data(one) for one in request.findings]
        said = tuple(
            f"{explain(one)} ({one.legal_basis})" if one.legal_basis else explain(one)
            for one in found
        )
    decided = request.decided_at
    return {
        "รายการที่ขอ": request.description,
        "จำนวนที่ขอ": request.asked,
        "วันที่ขอ": local_date(request.asked_at),
        "กองทุน": fund.name_th,
        "จำนวนที่อนุมัติ": request.approved if request.approved else None,
        "วันที่พิจารณา": request.met_on or (local_date(decided) if decided else None),
        "เหตุผล": request.grounds,
        "ข้อพิจารณา": said,
    }
