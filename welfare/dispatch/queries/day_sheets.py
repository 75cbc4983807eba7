"""A day on paper: the worker's own, and every worker's of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from flask_babel import force_locale
from sqlalchemy import select

from welfare.cases.models import Case
from welfare.cases.queries import category_words
from welfare.core import clock
from welfare.core.db import db
from welfare.core.pdf.layouts.days import Stop, WorkerDay
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import format_short
from welfare.core.thai.phones import format_phone
from welfare.dispatch.models import Visit
from welfare.dispatch.queries.plan_rows import PlanFile, StopRow, TourRow
from welfare.dispatch.queries.visits import DayVisit, day_of
from welfare.dispatch.workflow import VisitStatus
from welfare.households import labels
from welfare.households.models import Person
from welfare.papers.queries.office import the_office

UNNAMED = "กรณีลับ ดูในระบบ"
NOBODY = "ยังไม่ทราบชื่อ"


def own_day(viewer: Viewer) -> WorkerDay:
    """The viewer's own visits of today that are still to be made, with telephones: who works on a
    case may call."""
    visits = [one for one in day_of(viewer) if one.visit.status == VisitStatus.PLANNED]
    phones = _phones(viewer, [one.visit.number for one in visits])
    categories = _categories()
    return WorkerDay(
        office=the_office(),
        worker=viewer.display_name,
        on=clock.today(),
        stops=tuple(_own_stop(one, categories, phones.get(one.visit.number, "")) for one in visits),
    )


def _categories() -> dict[int, str]:
    """In Thai: the paper is, whatever language its reader's screen speaks."""
    return {number: words[0] for number, words in category_words().items()}


def _address(one: DayVisit | StopRow) -> str:
    """In Thai as well."""
    if not one.house_no:
        return ""
    with force_locale("th"):
        return labels.address(one.house_no, one.village_no, one.lane)


def _own_stop(one: DayVisit, categories: Mapping[int, str], phone: str) -> Stop:
    known = [categories.get(one.category_id, "")]
    if one.visit.overdue:
        known.append(f"ค้างจากวันที่ {format_short(one.visit.planned_on)}")
    return Stop(
        at=_at(one.visit.planned_on, one.visit.planned_time),
        name=one.person or NOBODY,
        address=_address(one),
        purpose=one.visit.purpose or one.case_title,
        case_number=one.case_number,
        landmark=one.landmark,
        phone=phone,
        known=" · ".join(part for part in known if part),
    )


def _phones(viewer: Viewer, numbers: list[str]) -> dict[str, str]:
    rows = db.session.execute(
        select(Visit.number, Person.phone)
        .join(Case, Case.id == Visit.case_id)
        .join(Person, Person.id == Case.person_id)
        .where(Visit.number.in_(numbers), Case.assignee_id == viewer.user_id)
    )
    return {row.number: format_phone(row.phone) for row in rows if row.phone}


def plan_days(file: PlanFile) -> tuple[WorkerDay, ...]:
    """The days of a plan, of workers who have something to do; its rows hold only what their
    reader may see."""
    categories = _categories()
    return tuple(_tour(file, tour, categories) for tour in file.tours if tour.stops)


def _tour(file: PlanFile, tour: TourRow, categories: Mapping[int, str]) -> WorkerDay:
    parts = [
        f"ออก {tour.leave} กลับ {tour.back}" if tour.leave else "",
        f"พักกลางวัน {tour.lunch}" if tour.lunch else "",
    ]
    return WorkerDay(
        office=the_office(),
        worker=tour.worker,
        on=file.day,
        stops=tuple(_stop(file.day, tour.worker_id, one, categories) for one in tour.stops),
        kilometres=f"{tour.metres / 1000:.1f}" if tour.metres else "",
        note=" ".join(part for part in parts if part),
    )


def _stop(day: date, worker_id: int, one: StopRow, categories: Mapping[int, str]) -> Stop:
    if one.moved:
        return _not_to_make(day, one)
    known = [categories.get(one.category_id, "")]
    if one.partner_id == worker_id:
        known.append(f"ไปเป็นเพื่อน {one.worker}")
    elif one.partner:
        known.append(f"ไปกับ {one.partner}")
    return Stop(
        at=_at(day, one.time),
        name=one.person or (NOBODY if one.title else UNNAMED),
        address=_address(one),
        purpose=one.title,
        case_number=one.number,
        landmark=one.landmark,
        known=" · ".join(part for part in known if part),
    )


def _not_to_make(day: date, one: StopRow) -> Stop:
    """Somebody else's by now, or nobody's: the paper tells nothing more of the house."""
    why = "เยี่ยมนี้ยกเลิกแล้ว" if one.moved == "off" else f"ไม่ได้เป็นของ {one.worker} แล้ว"
    to = f" ย้ายไป {one.now}" if one.moved == "other" else ""
    return Stop(
        at=_at(day, one.time), name="ไม่ต้องไป", address="-", purpose=why + to,
        case_number=one.number,
    )  # fmt: skip


def _at(day: date, hour: str) -> datetime | None:
    return datetime.combine(day, time.fromisoformat(hour), clock.BANGKOK) if hour else None
