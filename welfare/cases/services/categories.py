"""Looking after the kinds of trouble.

A change holds for what is opened from now on: cases keep the deadline they were given. Lists that
processes remember follow within half a minute; whoever commits calls ``forget_kept``.
"""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import func, select

from welfare.cases.models import Category
from welfare.cases.policies import can_manage_categories
from welfare.cases.queries.category_files import CategoryFacts, load_category
from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def add_category(*, actor: Viewer, code: str, facts: CategoryFacts) -> None:
    """A new kind of trouble; ``Refused`` when the code is taken."""
    if not can_manage_categories(actor):
        raise Forbidden
    if db.session.scalar(select(Category.id).where(Category.code == code)) is not None:
        raise Refused(_("This code is taken."), field="code")
    category = Category(code=code, source="office")
    _assign(category, facts)
    db.session.add(category)
    audit.record(actor, "category.added", "category", code, audit.changes_of(category))
    db.session.flush()


def edit_category(*, actor: Viewer, code: str, version: int, facts: CategoryFacts) -> None:
    """Change a kind of trouble. ``StaleRecord`` when somebody saved meanwhile; ``Refused`` when
    citizens would find none to choose from."""
    category = load_category(code, viewer=actor, for_update=True)
    if category.version != version:
        raise StaleRecord(version=category.version, current=_fields(category))
    if category.active and not facts.active and not _others_active(category):
        raise Refused(_("At least one category must stay in use."), field="active")
    _assign(category, facts)
    audit.record(actor, "category.edited", "category", code, audit.changes_of(category))
    db.session.flush()


def _assign(category: Category, facts: CategoryFacts) -> None:
    for field in fields(facts):
        setattr(category, field.name, getattr(facts, field.name))


def _fields(category: Category) -> dict[str, str]:
    current = {}
    for field in fields(CategoryFacts):
        value = getattr(category, field.name)
        current[field.name] = ("y" if value else "") if isinstance(value, bool) else str(value)
    return current


def _others_active(category: Category) -> bool:
    count = db.session.scalar(
        select(func.count())
        .select_from(Category)
        .where(Category.active, Category.id != category.id)
    )
    return bool(count)
