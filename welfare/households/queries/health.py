"""Whose health the viewer may read: by right, or because they work for that person."""

from __future__ import annotations

from collections.abc import Collection

from welfare.core.security.permissions import Permission, Viewer
from welfare.households.parts import looked_after


def seen_health(viewer: Viewer, person_ids: Collection[int]) -> set[int]:
    """Those of these people whose health data the viewer may read."""
    if viewer.can(Permission.VIEW_RESTRICTED):
        return set(person_ids)
    return looked_after(viewer, person_ids)


def sees_health(viewer: Viewer, person_id: int) -> bool:
    """Whether the viewer may read and write this person's health data."""
    return person_id in seen_health(viewer, [person_id])
