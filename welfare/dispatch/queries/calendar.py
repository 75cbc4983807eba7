"""A worker's planned visits for their calendar, by secret address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from welfare.accounts.models import User
from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.crypto import keyed_hash
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import CalendarLink, CaseWish, CategoryVisit, Visit
from welfare.dispatch.queries.wants import MINUTES
from welfare.dispatch.workflow import VisitStatus
from welfare.households.models import Person


@dataclass(frozen=True, slots=True)
class CalendarVisit:
    """One visit as a calendar outside the program may know it: when, which village, its number."""

    number: str
    day: date
    time: str
    minutes: int
    village_no: int | None
    along: bool
    version: int


def calendar_visits(token: str) -> list[CalendarVisit]:
    """The planned visits behind a secret address, from a week ago on; ``NotFound``.

    No name, house or trouble is told: a calendar is kept by others than the office.
    """
    user_id = db.session.scalar(
        select(User.id)
        .join(CalendarLink, CalendarLink.user_id == User.id)
        .where(
            CalendarLink.token_hash == keyed_hash(token, purpose="calendar"),
            CalendarLink.ended_at.is_(None),
            User.active,
        )
    )
    if user_id is None:
        raise NotFound
    rows = db.session.execute(
        select(
            Visit.number, Visit.planned_on, Visit.planned_time, Visit.worker_id, Visit.version,
            Case.village_no, CaseWish.minutes, CategoryVisit.minutes.label("kind_minutes"),
        )
        .join(Case, Case.id == Visit.case_id)
        .outerjoin(CaseWish, CaseWish.case_id == Case.id)
        .outerjoin(CategoryVisit, CategoryVisit.category_id == Case.category_id)
        .where(
            or_(
                (Visit.worker_id == user_id) & (Case.assignee_id == user_id),
                Visit.companion_id == user_id,
            ),
            Visit.status == VisitStatus.PLANNED,
            Visit.planned_on >= clock.today() - timedelta(days=7),
        )
        .order_by(Visit.planned_on, Visit.planned_time, Visit.id)
        .limit(500)
    )  # fmt: skip
    return [
        CalendarVisit(
            row.number,
            row.planned_on,
            row.planned_time,
            row.minutes or row.kind_minutes or MINUTES,
            row.village_no,
            row.worker_id != user_id,
            row.version,
        )
        for row in rows
    ]


def has_calendar_link(viewer: Viewer) -> bool:
    """Whether the viewer's calendar has an address at the moment."""
    found = select(CalendarLink.user_id).where(
        CalendarLink.user_id == viewer.user_id, CalendarLink.ended_at.is_(None)
    )
    return db.session.scalar(found.limit(1)) is not None


def person_by_number(number: str, *, viewer: Viewer) -> int | None:
    """The id of a person in the registry, for who may read it."""
    if not viewer.can(Permission.VIEW_REGISTRY):
        return None
    return db.session.scalar(
        select(Person.id).where(Person.number == number.upper(), Person.merged_into_id.is_(None))
    )
