"""What waits of imports, messages and rules, in one statement for whoever may know of which."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from welfare.cases.queries.rules import red_number
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.queries.imports.pages import ImportsAtDesk, imports_at_desk
from welfare.messages.queries import Backlog, backlog_numbers


@dataclass(frozen=True, slots=True)
class Numbers:
    """``None`` where the viewer's rights do not ask for it; ``red``: rules that cannot run."""

    health: Backlog | None = None
    imports: ImportsAtDesk | None = None
    red: int | None = None


def numbers_of(viewer: Viewer) -> Numbers:
    """The numbers that the viewer's rights ask for; no statement where they ask for none."""
    health = backlog_numbers() if viewer.can(Permission.MANAGE_ACCOUNTS) else ()
    lists = imports_at_desk(viewer) or ()
    rules = (red_number(),) if viewer.can(Permission.MANAGE_LISTS) else ()
    asked = (*health, *lists, *rules)
    if not asked:
        return Numbers()
    found = list(db.session.execute(select(*asked)).one())
    after = len(health) + len(lists)
    return Numbers(
        Backlog(*found[: len(health)]) if health else None,
        ImportsAtDesk(*found[len(health) : after]) if lists else None,
        found[after] if rules else None,
    )
