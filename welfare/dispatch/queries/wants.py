"""What the visits of cases take, and where: kind, wishes, place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.engine import Row

from welfare.cases.models import Case
from welfare.cases.queries import NOWHERE, told_places
from welfare.cases.queries.rights import sees_names, visible_to
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.dispatch.models import CaseWish, CategoryVisit
from welfare.dispatch.queries.visits import person_name
from welfare.households.kinds import Sex
from welfare.households.models import Household, Membership, Person

MINUTES = 30
"""Of a visit whose kind says nothing."""


@dataclass(frozen=True, slots=True)
class VisitBy:
    """Until when a visit is to be made: the ``first``, or one that the last visit asked for."""

    day: date
    first: bool

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.day < clock.today()


@dataclass(frozen=True, slots=True)
class CaseWant:
    """One case with what its visit takes. Words are empty where the viewer must not read them."""

    id: int
    number: str
    title: str
    person: str
    house_no: str
    category_id: int
    priority: Priority
    status: CaseStatus
    sensitivity: Sensitivity
    village_no: int | None
    household_id: int | None
    person_id: int | None
    home_id: int | None
    """The house in which the person of the case lives."""
    assignee_id: int | None
    opened_by_id: int | None
    due_at: datetime
    paused: bool
    skills: frozenset[str]
    minutes: int
    pair: bool
    language: str
    sex: Sex
    earliest: str
    latest: str
    never: frozenset[int]
    lat: float | None
    lng: float | None
    estimated: bool
    """The place is the centre of the village, or not known at all."""
    visit_by: VisitBy | None = None

    @property
    def overdue(self) -> bool:
        """Whether the deadline has passed while the office's clock was running."""
        return not self.paused and self.due_at <= clock.now()


_home = (
    select(Membership.household_id)
    .where(
        Membership.person_id == Case.person_id,
        Membership.to_day.is_(None),
        Membership.de_facto,
    )
    .correlate(Case)
    .limit(1)
    .scalar_subquery()
)


def wants(
    condition: ColumnElement[bool],
    *,
    viewer: Viewer,
    centres: Mapping[int, tuple[float, float]],
    most: int = 400,
    places: bool = True,
) -> list[CaseWant]:
    """Open cases that the viewer sees and that meet a condition, the earliest deadline first.

    Without ``places`` nobody asks the requests where a case without a household lies.
    """
    rows = db.session.execute(
        _wants().where(condition, visible_to(viewer), Case.closed_at.is_(None)).limit(most)
    ).all()
    bare = [row.id for row in rows if row.lat is None or not row.house_no] if places else []
    told = told_places(bare)
    return [_want(row, viewer, told.get(row.id, NOWHERE), centres) for row in rows]


def case_wants(ids: Collection[int], *, viewer: Viewer) -> list[CaseWant]:
    """The open ones among these cases, without a place."""
    if not ids:
        return []
    return wants(Case.id.in_(sorted(ids)), viewer=viewer, centres={}, places=False)


def _wants() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Case.id, Case.number, Case.title.label("case_title"), Case.category_id, Case.priority,
            Case.status, Case.sensitivity, Case.village_no, Case.household_id, Case.person_id,
            Case.assignee_id, Case.opened_by_id, Case.due_at, Case.paused_at,
            _home.label("home_id"), Household.house_no, Household.lat, Household.lng,
            Person.title, Person.first_name, Person.middle_name, Person.last_name,
            CategoryVisit.skills.label("kind_skills"), CategoryVisit.minutes.label("kind_minutes"),
            CategoryVisit.pair.label("kind_pair"), CaseWish.language, CaseWish.sex,
            CaseWish.skills, CaseWish.pair, CaseWish.minutes, CaseWish.earliest, CaseWish.latest,
            CaseWish.never,
        )
        .outerjoin(Household, Household.id == Case.household_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .outerjoin(CategoryVisit, CategoryVisit.category_id == Case.category_id)
        .outerjoin(CaseWish, CaseWish.case_id == Case.id)
        .order_by(Case.due_at, Case.id)
    )  # fmt: skip


def _want(
    row: Row[*tuple[Any, ...]],
    viewer: Viewer,
    told: Any,
    centres: Mapping[int, tuple[float, float]],
) -> CaseWant:
    lat, lng = row.lat, row.lng
    if lat is None or lng is None:
        lat, lng = told.lat, told.lng
    estimated = lat is None or lng is None
    if estimated:
        lat, lng = centres.get(row.village_no or told.village_no or 0, (None, None))
    named = sees_names(viewer, row)
    return CaseWant(
        id=row.id,
        number=row.number,
        title=row.case_title if named else "",
        person=(person_name(row) or told.subject) if named else "",
        house_no=(row.house_no or told.house_no) if named else "",
        category_id=row.category_id,
        priority=row.priority,
        status=row.status,
        sensitivity=row.sensitivity,
        village_no=row.village_no or told.village_no,
        household_id=row.household_id,
        person_id=row.person_id,
        home_id=row.home_id,
        assignee_id=row.assignee_id,
        opened_by_id=row.opened_by_id,
        due_at=row.due_at,
        paused=row.paused_at is not None,
        skills=frozenset(row.kind_skills or ()) | frozenset(row.skills or ()),
        minutes=row.minutes or row.kind_minutes or MINUTES,
        pair=bool(row.kind_pair or row.pair),
        language=row.language or "",
        sex=row.sex or Sex.UNKNOWN,
        earliest=row.earliest or "",
        latest=row.latest or "",
        never=frozenset(row.never or ()),
        lat=lat,
        lng=lng,
        estimated=estimated,
    )
