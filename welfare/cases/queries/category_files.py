"""Categories as whoever looks after them sees them: never from memory, with their version."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.models import Category
from welfare.cases.policies import can_manage_categories
from welfare.cases.workflow import Priority, Sensitivity
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Viewer


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """What can be said of a kind of trouble. Days are working days."""

    name_th: str
    name_en: str
    hint_th: str
    hint_en: str
    due_working_days: int
    acknowledge_days: int
    sensitivity: Sensitivity
    default_priority: Priority
    danger: bool
    position: int
    active: bool
    review_closing: bool = False


@dataclass(frozen=True, slots=True)
class CategoryFile:
    """One kind of trouble with its version."""

    code: str
    version: int
    source: str
    facts: CategoryFacts


def category_files(*, viewer: Viewer) -> list[CategoryFile]:
    """All kinds of trouble in the municipality's order."""
    _must_manage(viewer)
    rows = db.session.scalars(select(Category).order_by(Category.position, Category.id))
    return [_file(row) for row in rows]


def category_file(code: str, *, viewer: Viewer) -> CategoryFile:
    """One kind of trouble; ``NotFound``."""
    return _file(load_category(code, viewer=viewer))


def load_category(code: str, *, viewer: Viewer, for_update: bool = False) -> Category:
    """The record of a kind of trouble; ``Forbidden`` without the right to lists, ``NotFound``."""
    _must_manage(viewer)
    statement = select(Category).where(Category.code == code)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def _file(row: Category) -> CategoryFile:
    names = CategoryFacts.__dataclass_fields__
    facts = CategoryFacts(**{name: getattr(row, name) for name in names})
    return CategoryFile(row.code, row.version, row.source, facts)


def _must_manage(viewer: Viewer) -> None:
    if not can_manage_categories(viewer):
        raise Forbidden
