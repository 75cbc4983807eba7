"""Saved views of the worklist, as somebody finds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, or_, select

from welfare.accounts.models import User
from welfare.cases.kinds import Sharing
from welfare.cases.models import Case, SavedView, ViewChoice
from welfare.cases.policies import can_change_record, can_manage_view, sees_names, visible_to
from welfare.cases.workflow import CaseStatus, Priority, Sensitivity
from welfare.core.db import db
from welfare.core.security.permissions import Permission, Role, Viewer

KEPT = (
    "status", "category", "village", "assignee", "priority", "risk", "overdue", "stage", "opened",
    "closed", "unhappy", "family", "q", "sort", "columns",
)  # fmt: skip
"""What of an address belongs to a view: everything but where in the list one is."""
LONGEST = 600
COLUMNS = ("who", "what", "status", "due", "worker", "category", "village", "priority", "opened")
"""Columns that can be chosen; the number always stands in front."""
USUAL = COLUMNS[:5]
"""The columns of a list for which nobody has chosen any."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One saved view; ``mine``: the viewer made it; ``chosen``: their worklist opens with it."""

    id: int
    version: int
    name: str
    query: str
    sharing: Sharing
    owner: str
    mine: bool
    may_change: bool
    chosen: bool
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A case that was ticked. ``may_change``: the viewer may change it and it is open."""

    number: str
    version: int
    title: str
    category_id: int
    priority: Priority
    sensitivity: Sensitivity
    status: CaseStatus
    village_no: int | None
    assignee_id: int | None
    opened_by_id: int | None
    may_change: bool = False


def canonical(pairs: Iterable[tuple[str, str]]) -> str:
    """The query of a view in its one form: known names only, in their order, nothing twice."""
    given = {}
    for name, value in pairs:
        if name in KEPT and value.strip() and name not in given:
            given[name] = value.strip()[:200]
    return urlencode([(name, given[name]) for name in KEPT if name in given])


def found_by(viewer: Viewer) -> ColumnElement[bool]:
    """Own views, those for everybody, and those for a role of the viewer."""
    roles = sorted(viewer.roles)
    return and_(
        SavedView.removed_at.is_(None),
        or_(
            SavedView.owner_id == viewer.user_id,
            SavedView.sharing == Sharing.EVERYBODY,
            and_(SavedView.sharing == Sharing.ROLE, SavedView.role.in_(roles)),
        ),
    )


def views_of(viewer: Viewer) -> list[ViewRow]:
    """The views that a viewer finds, their own first, in one statement."""
    if not (viewer.can(Permission.VIEW_CASES) or viewer.can(Permission.VIEW_ALL_CASES)):
        return []
    rows = db.session.execute(
        select(
            SavedView.id, SavedView.version, SavedView.name, SavedView.query, SavedView.sharing,
            SavedView.owner_id, SavedView.role, User.display_name, ViewChoice.id.label("choice"),
        )
        .join(User, User.id == SavedView.owner_id)
        .outerjoin(
            ViewChoice,
            (ViewChoice.view_id == SavedView.id) & (ViewChoice.user_id == viewer.user_id),
        )
        .where(found_by(viewer))
        .order_by(SavedView.owner_id != viewer.user_id, SavedView.name, SavedView.id)
        .limit(40)
    )  # fmt: skip
    return [
        ViewRow(
            row.id, row.version, row.name, row.query, row.sharing, row.display_name,
            row.owner_id == viewer.user_id,
            can_manage_view(viewer, row.owner_id, row.sharing), row.choice is not None,
            row.role,
        )
        for row in rows
    ]  # fmt: skip


def removed_view(view_id: int, *, viewer: Viewer) -> str:
    """The name of a view that was taken away and that the viewer may put back, else empty."""
    row = db.session.execute(
        select(SavedView.name, SavedView.owner_id, SavedView.sharing).where(
            SavedView.id == view_id, SavedView.removed_at.is_not(None)
        )
    ).first()
    if row is None or not can_manage_view(viewer, row.owner_id, row.sharing):
        return ""
    return str(row.name)


def bulk_rows(numbers: Iterable[str], *, viewer: Viewer, most: int = 50) -> list[BulkRow]:
    """Of the ticked cases those that the viewer sees, by number."""
    wanted = sorted(set(numbers))[:most]
    rows = db.session.execute(
        select(
            Case.number, Case.version, Case.title, Case.category_id, Case.priority,
            Case.sensitivity, Case.status, Case.village_no, Case.assignee_id, Case.opened_by_id,
        )
        .where(Case.number.in_(wanted), visible_to(viewer))
        .order_by(Case.number)
    )  # fmt: skip
    return [
        BulkRow(
            row.number, row.version, row.title if sees_names(viewer, row) else "",
            row.category_id, row.priority, row.sensitivity, row.status, row.village_no,
            row.assignee_id, row.opened_by_id, can_change_record(viewer, row),
        )
        for row in rows
    ]  # fmt: skip
