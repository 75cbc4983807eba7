"""The figures of dispatch, the list of skills, what kinds of trouble need."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Permission, Viewer
from welfare.dispatch.models import CategoryVisit, DispatchRules, Skill
from welfare.dispatch.workflow import FIRST_WEIGHTS, Weight
from welfare.households.models import Village


@dataclass(frozen=True, slots=True)
class Figures:
    """What ways, breaks and points are reckoned with."""

    road_factor: float = 1.3
    speed_kmh: int = 30
    lunch_minutes: int = 60
    office_lat: float | None = None
    office_lng: float | None = None
    weights: dict[Weight, int] = field(default_factory=lambda: dict(FIRST_WEIGHTS))
    version: int = 0


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill with its names."""

    code: str
    name_th: str
    name_en: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class KindRow:
    """What a visit of one kind of trouble takes."""

    category_id: int
    skills: tuple[str, ...]
    minutes: int
    pair: bool
    version: int


def figures() -> Figures:
    """The figures as they stand; without a row, the first ones."""
    row = db.session.execute(
        select(
            DispatchRules.road_factor, DispatchRules.speed_kmh, DispatchRules.lunch_minutes,
            DispatchRules.office_lat, DispatchRules.office_lng, DispatchRules.weights,
            DispatchRules.version,
        ).limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        return Figures()
    weights = {one: int(row.weights.get(one.value, FIRST_WEIGHTS[one])) for one in Weight}
    return Figures(
        row.road_factor, row.speed_kmh, row.lunch_minutes, row.office_lat, row.office_lng,
        weights, row.version,
    )  # fmt: skip


def skills(*, active_only: bool = True) -> list[SkillRow]:
    """The list of skills in its order."""
    statement = select(Skill.code, Skill.name_th, Skill.name_en, Skill.active)
    if active_only:
        statement = statement.where(Skill.active)
    rows = db.session.execute(statement.order_by(Skill.position, Skill.id))
    return [SkillRow(*row) for row in rows]


def kinds(*, viewer: Viewer) -> dict[int, KindRow]:
    """What visits take, by the id of the kind of trouble."""
    if not viewer.can(Permission.ASSIGN_CASES):
        raise Forbidden
    rows = db.session.execute(
        select(
            CategoryVisit.category_id, CategoryVisit.skills, CategoryVisit.minutes,
            CategoryVisit.pair, CategoryVisit.version,
        )
    )  # fmt: skip
    return {
        row.category_id: KindRow(
            row.category_id, tuple(row.skills), row.minutes, row.pair, row.version
        )
        for row in rows
    }


def centres() -> dict[int, tuple[float, float]]:
    """Centres of the villages that have one, by number."""
    rows = db.session.execute(
        select(Village.village_no, Village.lat, Village.lng).where(
            Village.lat.is_not(None), Village.lng.is_not(None)
        )
    )
    return {row.village_no: (row.lat, row.lng) for row in rows}
