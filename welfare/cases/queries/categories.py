"""Kinds of trouble."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Category
from welfare.cases.queries.kept import Kept
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.db import db


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One kind of trouble as plain values."""

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
    active: bool
    review_closing: bool

    def name(self, lang: str) -> str:
        """The name in a language."""
        return self.name_en if lang == "en" else self.name_th

    def hint(self, lang: str) -> str:
        """The line beneath the name."""
        return self.hint_en if lang == "en" else self.hint_th


def _read() -> list[CategoryRow]:
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
            Category.active,
            Category.review_closing,
        ).order_by(Category.position, Category.id)
    )
    return [CategoryRow(*tuple(row)) for row in rows]


_kept = Kept(_read)


def categories(*, active_only: bool = True) -> list[CategoryRow]:
    """All kinds of trouble in the municipality's order."""
    return [row for row in _kept.get() if row.active or not active_only]


def category_by_code(code: str) -> CategoryRow | None:
    """The kind of trouble with this code."""
    return next((row for row in _kept.get() if row.code == code), None)


def category_by_id(category_id: int) -> CategoryRow | None:
    """The kind of trouble with this id, active or not; read anew when it is not known yet."""
    found = next((row for row in _kept.get() if row.id == category_id), None)
    if found is None:
        _kept.forget()
        found = next((row for row in _kept.get() if row.id == category_id), None)
    return found


def category_words() -> dict[int, tuple[str, str]]:
    """Thai and English name by id."""
    return {row.id: (row.name_th, row.name_en) for row in _kept.get()}
