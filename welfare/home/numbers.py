"""What waits of requests, imports, messages and rules: one statement for whoever may know which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from welfare.cases.queries.rules import red_number
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Viewer
from welfare.households.queries.imports.pages import ImportsAtDesk, imports_at_desk
from welfare.messages.queries import Backlog, backlog_numbers
from welfare.reports.queries.waiting import Waiting, waiting_numbers


@dataclass(frozen=True, slots=True)
class Numbers:
    """``None`` where the viewer's rights do not ask for it; ``red``: rules that cannot run."""

    health: Backlog | None = None
    imports: ImportsAtDesk | None = None
    red: int | None = None
    waiting: Waiting | None = None


def numbers_of(viewer: Viewer) -> Numbers:
    """The numbers that the viewer's rights ask for; no statement where they ask for none."""
    health = backlog_numbers() if viewer.can(Permission.MANAGE_ACCOUNTS) else ()
    lists = imports_at_desk(viewer) or ()
    rules = (red_number(),) if viewer.can(Permission.MANAGE_LISTS) else ()
    requests, values = _requests(viewer)
    asked = (*health, *lists, *rules)
    if not asked and requests is None:
        return Numbers()
    statement = select(*asked)
    if requests is not None:
        statement = select(*asked, *requests.c).select_from(requests)
    found = list(db.session.execute(statement, values).one())
    after = len(health) + len(lists)
    return Numbers(
        Backlog(*found[: len(health)]) if health else None,
        ImportsAtDesk(*found[len(health) : after]) if lists else None,
        found[after] if rules else None,
        Waiting(*found[len(asked) :]) if requests is not None else None,
    )


def _requests(viewer: Viewer) -> tuple[Any, dict[str, Any]]:
    """The undecided requests as a table of one row, for whoever decides on them."""
    if not viewer.can(Permission.TRIAGE_COMPLAINTS):
        return None, {}
    statement, values = waiting_numbers(viewer)
    return statement.subquery(), values
