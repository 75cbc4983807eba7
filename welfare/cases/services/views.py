"""Views of the worklist: kept, shared, chosen, taken away."""

from __future__ import annotations

from sqlalchemy import func, select

from welfare.cases.kinds import Sharing
from welfare.cases.models import SavedView, ViewChoice
from welfare.cases.policies import can_manage_view, can_share_views
from welfare.cases.queries.views import LONGEST, found_by
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Role, Viewer

MOST = 30
"""Views that one person keeps."""


def save_view(
    *, actor: Viewer, name: str, query: str, sharing: Sharing, role: Role | None, default: bool
) -> int:
    """Keep a question to the worklist under a name; returns its id. ``query`` is canonical."""
    _may_keep(actor)
    _check_shared(actor, sharing, role)
    _check_length(query)
    _check_number(actor.user_id)
    view = SavedView(
        owner_id=actor.user_id, name=name, query=query, sharing=sharing,
        role=role if sharing is Sharing.ROLE else None, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(view)
    db.session.flush()
    audit.record(actor, "view.saved", "view", str(view.id), {"sharing": sharing.value})
    if default:
        choose_view(actor=actor, view_id=view.id)
    db.session.flush()
    return view.id


def change_view(
    *, actor: Viewer, view_id: int, version: int, name: str, sharing: Sharing, role: Role | None,
    query: str | None = None,
) -> None:  # fmt: skip
    """Give a view another name or other people who find it; with ``query`` (canonical) it asks
    that from now on. Whose lists open with it open with what it asks now."""
    view = _held(actor, view_id)
    current = {"name": view.name, "sharing": view.sharing.value, "role": view.role or ""}
    if view.version != version:
        raise StaleRecord(version=view.version, current=current)
    if sharing is not view.sharing or role is not view.role:
        _check_shared(actor, sharing, role)
    if query is not None:
        _check_length(query)
        view.query = query
    view.name, view.sharing = name, sharing
    view.role = role if sharing is Sharing.ROLE else None
    audit.record(actor, "view.changed", "view", str(view_id), {"sharing": sharing.value})
    db.session.flush()


def remove_view(*, actor: Viewer, view_id: int, version: int) -> None:
    """Take a view away; for who opens with it the list opens as usual, until it is put back."""
    view = _held(actor, view_id)
    if view.version != version:
        raise StaleRecord(version=view.version, current={"name": view.name})
    view.removed_at = clock.now()
    audit.record(actor, "view.removed", "view", str(view_id), {})
    db.session.flush()


def put_view_back(*, actor: Viewer, view_id: int) -> None:
    """Put a view back that was taken away; a second time does nothing."""
    view = db.session.get(SavedView, view_id, with_for_update=True, populate_existing=True)
    if view is None or not can_manage_view(actor, view.owner_id, view.sharing):
        raise NotFound
    if view.removed_at is None:
        return
    _check_number(view.owner_id)
    view.removed_at = None
    audit.record(actor, "view.put_back", "view", str(view_id), {})
    db.session.flush()


def choose_view(*, actor: Viewer, view_id: int) -> None:
    """Let the actor's worklist open with this view; with the one it opens with: as usual again."""
    _may_keep(actor)
    if not _found(actor, view_id):
        raise NotFound
    choice = db.session.scalar(
        select(ViewChoice).where(ViewChoice.user_id == actor.user_id).with_for_update()
    )
    if choice is not None and choice.view_id == view_id:
        db.session.delete(choice)
        view_id = 0
    elif choice is not None:
        choice.view_id = view_id
    else:
        db.session.add(ViewChoice(user_id=actor.user_id, view_id=view_id))
    audit.record(actor, "view.chosen", "user", actor.username, {"view": view_id})
    db.session.flush()


def _held(actor: Viewer, view_id: int) -> SavedView:
    """A view that the actor may change, held until the commit."""
    view = db.session.get(SavedView, view_id, with_for_update=True, populate_existing=True)
    if view is None or not _found(actor, view_id):
        raise NotFound
    if not can_manage_view(actor, view.owner_id, view.sharing):
        raise Forbidden
    return view


def _check_shared(actor: Viewer, sharing: Sharing, role: Role | None) -> None:
    if sharing is not Sharing.PRIVATE and not can_share_views(actor):
        raise Refused(_("You may keep views for yourself only."), field="sharing")
    if sharing is Sharing.ROLE and role is None:
        raise Refused(_("Please choose the role."), field="role")


def _check_length(query: str) -> None:
    if len(query) > LONGEST:
        raise Refused(_("These filters are too long to keep."), field="name")


def _check_number(owner_id: int) -> None:
    kept = select(func.count()).where(
        SavedView.owner_id == owner_id, SavedView.removed_at.is_(None)
    )
    if (db.session.scalar(kept) or 0) >= MOST:
        raise Refused(_("You keep thirty views already. Remove one first."), field="name")


def _found(actor: Viewer, view_id: int) -> bool:
    seen = select(SavedView.id).where(SavedView.id == view_id, found_by(actor))
    return db.session.scalar(seen) is not None


def _may_keep(actor: Viewer) -> None:
    if not (actor.can(Permission.VIEW_CASES) or actor.can(Permission.VIEW_ALL_CASES)):
        raise Forbidden
