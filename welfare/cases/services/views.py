"""Views of the worklist: kept, shared, chosen, taken away."""

from __future__ import annotations

from sqlalchemy import delete, func, select

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
    if sharing is not Sharing.PRIVATE and not can_share_views(actor):
        raise Refused(_("You may keep views for yourself only."), field="sharing")
    if sharing is Sharing.ROLE and role is None:
        raise Refused(_("Please choose the role."), field="role")
    if len(query) > LONGEST:
        raise Refused(_("These filters are too long to keep."), field="name")
    mine = select(func.count()).where(
        SavedView.owner_id == actor.user_id, SavedView.removed_at.is_(None)
    )
    if (db.session.scalar(mine) or 0) >= MOST:
        raise Refused(_("You keep thirty views already. Remove one first."), field="name")
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


def remove_view(*, actor: Viewer, view_id: int, version: int) -> None:
    """Take a view away; for who opens with it the list opens as usual."""
    view = db.session.get(SavedView, view_id, with_for_update=True, populate_existing=True)
    if view is None or not _found(actor, view_id):
        raise NotFound
    if not can_manage_view(actor, view.owner_id, view.sharing):
        raise Forbidden
    if view.version != version:
        raise StaleRecord(version=view.version, current={"name": view.name})
    view.removed_at = clock.now()
    db.session.execute(delete(ViewChoice).where(ViewChoice.view_id == view_id))
    audit.record(actor, "view.removed", "view", str(view_id), {})
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


def _found(actor: Viewer, view_id: int) -> bool:
    seen = select(SavedView.id).where(SavedView.id == view_id, found_by(actor))
    return db.session.scalar(seen) is not None


def _may_keep(actor: Viewer) -> None:
    if not (actor.can(Permission.VIEW_CASES) or actor.can(Permission.VIEW_ALL_CASES)):
        raise Forbidden
