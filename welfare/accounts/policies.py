"""Who may look after staff accounts."""

from __future__ import annotations

from welfare.core.security.permissions import Permission, Viewer


def can_manage_accounts(viewer: Viewer) -> bool:
    """Whether the viewer may see and change the accounts of staff."""
    return viewer.can(Permission.MANAGE_ACCOUNTS)


def can_grant_to(viewer: Viewer, user_id: int) -> bool:
    """Whether the viewer may give this person a right by name: nobody gives one to themselves."""
    return can_manage_accounts(viewer) and viewer.user_id != user_id
