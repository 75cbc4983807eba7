"""Rights that are given to one person by name, with a reason, and taken back."""

from __future__ import annotations

from sqlalchemy import delete, select

from welfare.accounts.models import UserGrant
from welfare.accounts.policies import can_grant_to
from welfare.accounts.queries.accounts import load_account
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import GRANTABLE_BY_NAME, Permission, Viewer


def give_right(*, actor: Viewer, username: str, permission: Permission, reason: str) -> None:
    """Give one person a right that no role carries; ``Refused`` without a reason, for oneself,
    or when it was given already."""
    user = load_account(username, viewer=actor, for_update=True)
    if permission not in GRANTABLE_BY_NAME:
        raise Forbidden
    if not can_grant_to(actor, user.id):
        raise Refused(_("Nobody gives this right to themselves. Ask another administrator."))
    if not reason.strip():
        raise Refused(_("Please write the reason."), field="reason")
    key = (user.id, permission)
    if db.session.get(UserGrant, key) is not None:
        raise Refused(_("This person has the right already."))
    db.session.add(
        UserGrant(
            user_id=user.id,
            permission=permission,
            granted_by_id=actor.user_id,
            granted_at=clock.now(),
            reason=reason,
        )
    )
    audit.record(
        actor, "user.right_given", "user", username, {"right": permission.value, "reason": reason}
    )
    db.session.flush()


def take_right_back(*, actor: Viewer, username: str, permission: Permission) -> None:
    """Take such a right back; ``NotFound`` when it was not given."""
    user = load_account(username, viewer=actor, for_update=True)
    given = select(UserGrant.user_id).where(
        UserGrant.user_id == user.id, UserGrant.permission == permission
    )
    if db.session.scalar(given) is None:
        raise NotFound
    db.session.execute(
        delete(UserGrant).where(UserGrant.user_id == user.id, UserGrant.permission == permission)
    )
    audit.record(actor, "user.right_taken_back", "user", username, {"right": permission.value})
