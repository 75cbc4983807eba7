"""Who keeps the meetings of committees: the office that issues their papers.

What stands on an agenda is shown by the rights of its cases; who votes and who resolves is said by
the services of help (``cases.services.helping``).
"""

from __future__ import annotations

from welfare.core.security.permissions import SYSTEM, Permission, Viewer


def can_keep(viewer: Viewer) -> bool:
    """Whether the viewer calls meetings and writes down what happened there."""
    return viewer is SYSTEM or viewer.can(Permission.ISSUE_PAPERS)
