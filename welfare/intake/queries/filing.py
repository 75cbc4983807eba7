"""What the filing form offers to choose from, kept for a minute in each process."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Category
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.db import db
from welfare.households.models import Village

KEPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """A kind of trouble as the filing form needs it."""

    id: int
    code: str
    name_th: str
    name_en: str
    hint_th: str
    hint_en: str
    due_working_days: int
    acknowledge_days: int
    sensitivity: Sensitivity
    default_priority: Priority
    danger: bool

    def name(self, lang: str) -> str:
        """Its name in a language."""
        return self.name_en if lang == "en" else self.name_th

    def hint(self, lang: str) -> str:
        """What belongs to it, in a language."""
        return self.hint_en if lang == "en" else self.hint_th


@dataclass(frozen=True, slots=True)
class VillageChoice:
    """A village as the filing form needs it."""

    village_no: int
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Categories by code and villages by number, in the order to show them."""

    categories: dict[str, CategoryChoice]
    villages: dict[int, VillageChoice]


_kept: dict[str, tuple[float, Lists]] = {}


def filing_lists() -> Lists:
    """Active categories and all villages; at most a minute old."""
    key = str(db.engine.url)
    until, lists = _kept.get(key, (0.0, None))
    if lists is not None and until > time.monotonic():
        return lists
    lists = Lists(_categories(), _villages())
    if lists.categories:
        _kept[key] = (time.monotonic() + KEPT_SECONDS, lists)
    return lists


def forget_lists() -> None:
    """Read them anew the next time (after one was edited)."""
    _kept.clear()


def _categories() -> dict[str, CategoryChoice]:
    rows = db.session.execute(
        select(
            Category.id,
            Category.code,
            Category.name_th,
            Category.name_en,
            Category.hint_th,
            Category.hint_en,
            Category.due_working_days,
            Category.acknowledge_days,
            Category.sensitivity,
            Category.default_priority,
            Category.danger,
        )
        .where(Category.active)
        .order_by(Category.position, Category.id)
    )
    return {row.code: CategoryChoice(*row) for row in rows}


def _villages() -> dict[int, VillageChoice]:
    rows = db.session.execute(
        select(Village.village_no, Village.name_th, Village.name_en).order_by(Village.village_no)
    )
    return {row.village_no: VillageChoice(*row) for row in rows}
