"""The workers as dispatch knows them: what they can do, where, when, and when not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.engine import Row

from welfare.accounts.models import User, UserArea, UserRole
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import SYSTEM, Permission, Role, Viewer
from welfare.dispatch.models import Absence, WorkerProfile
from welfare.dispatch.queries.loading import WORKING_ROLES
from welfare.dispatch.workflow import AbsenceKind, Vehicle
from welfare.households.kinds import Sex
from welfare.households.models import Person


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a worker is not there."""

    id: int
    version: int
    first_day: date
    last_day: date
    kind: AbsenceKind
    note: str


@dataclass(frozen=True, slots=True)
class Member:
    """One worker. ``areas`` ``None``: the whole municipality; ``version`` 0: no profile yet."""

    id: int
    username: str
    name: str
    position: str
    areas: frozenset[int] | None
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    villages: frozenset[int] = frozenset()
    sex: Sex = Sex.UNKNOWN
    starts: str = "08:30"
    ends: str = "16:30"
    max_visits: int = 12
    alone: bool = True
    person_id: int | None = None
    person_number: str = ""
    version: int = 0
    vehicle: Vehicle = Vehicle.NONE
    away: tuple[Away, ...] = ()
    roles: frozenset[Role] = frozenset()

    def covers(self, village_no: int | None) -> bool:
        """Whether a village (or an unknown one) lies in their area."""
        return self.areas is None or village_no is None or village_no in self.areas

    def away_on(self, day: date) -> Away | None:
        """Why they are not there on a day; ``None`` when they are."""
        return next((one for one in self.away if one.first_day <= day <= one.last_day), None)


_areas = (
    select(func.aggregate_strings(cast(UserArea.village_no, String), ","))
    .where(UserArea.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_roles = (
    select(func.aggregate_strings(cast(UserRole.role, String), ","))
    .where(UserRole.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)


def crew(
    *, viewer: Viewer, only: Collection[int] | None = None, since: date | None = None
) -> list[Member]:
    """The active workers by name, with their absences from a day on (today), in one statement.

    Who gives out work sees all of them; a worker sees themselves; others nobody.
    """
    if viewer is not SYSTEM and not viewer.can(Permission.ASSIGN_CASES):
        only = {viewer.user_id} if viewer.can(Permission.WORK_CASES) else set()
    roles = select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))
    statement = (
        select(
            User.id, User.username, User.display_name, User.position, _areas.label("areas"),
            _roles.label("roles"),
            WorkerProfile.skills, WorkerProfile.languages, WorkerProfile.villages,
            WorkerProfile.sex, WorkerProfile.starts, WorkerProfile.ends,
            WorkerProfile.max_visits, WorkerProfile.alone, WorkerProfile.person_id,
            WorkerProfile.version, WorkerProfile.vehicle, Person.number.label("person_number"),
            Absence.id.label("absence_id"), Absence.version.label("absence_version"),
            Absence.first_day, Absence.last_day, Absence.kind, Absence.note,
        )
        .outerjoin(
            Absence,
            (Absence.user_id == User.id)
            & (Absence.last_day >= (since or clock.today()))
            & Absence.taken_back_at.is_(None),
        )
        .outerjoin(WorkerProfile, WorkerProfile.user_id == User.id)
        .outerjoin(Person, Person.id == WorkerProfile.person_id)
        .where(User.active, User.id.in_(roles))
        .order_by(User.display_name, User.id, Absence.first_day, Absence.id)
    )  # fmt: skip
    if only is not None:
        statement = statement.where(User.id.in_(sorted(only)))
    found: dict[int, tuple[Row[*tuple[Any, ...]], list[Away]]] = {}
    for row in db.session.execute(statement):
        _first, away = found.setdefault(row.id, (row, []))
        if row.absence_id is not None:
            away.append(
                Away(
                    row.absence_id, row.absence_version, row.first_day, row.last_day, row.kind,
                    row.note,
                )
            )  # fmt: skip
    return [_member(row, tuple(away)) for row, away in found.values()]


def member(username: str, *, viewer: Viewer, since: date | None = None) -> Member:
    """One worker by user name; ``NotFound`` for who may not know."""
    found = [one for one in crew(viewer=viewer, since=since) if one.username == username]
    if not found:
        raise NotFound
    return found[0]


def _member(row: Row[*tuple[Any, ...]], away: tuple[Away, ...]) -> Member:
    areas = frozenset(int(no) for no in row.areas.split(",")) if row.areas else None
    roles = frozenset(Role(name) for name in (row.roles or "").split(",") if name)
    if row.version is None:
        return Member(
            row.id, row.username, row.display_name, row.position, areas, away=away, roles=roles
        )
    return Member(
        id=row.id,
        username=row.username,
        name=row.display_name,
        position=row.position,
        areas=areas,
        skills=frozenset(row.skills),
        languages=frozenset(row.languages),
        villages=frozenset(row.villages),
        sex=row.sex,
        starts=row.starts,
        ends=row.ends,
        max_visits=row.max_visits,
        alone=row.alone,
        person_id=row.person_id,
        person_number=row.person_number or "",
        version=row.version,
        vehicle=row.vehicle,
        away=away,
        roles=roles,
    )
