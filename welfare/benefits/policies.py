"""Who may look after funds and equipment."""

from __future__ import annotations

from welfare.core.security.permissions import Permission, Viewer


def can_manage_funds(viewer: Viewer) -> bool:
    """Whether the viewer edits funds, budgets, rules, committees and the list of equipment."""
    return viewer.can(Permission.MANAGE_LISTS)
