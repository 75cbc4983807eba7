"""Who is asking, in this request."""

from __future__ import annotations

from flask import g
from flask_login import current_user

from welfare.core.security.permissions import Viewer

NOBODY = "welfare_nobody"
"""Set on ``g`` while a page for a failed database is made: asking who looks would fail again."""


def current_viewer() -> Viewer | None:
    """The signed-in member of staff as plain values, or ``None`` for a stranger."""
    if g.get(NOBODY):
        return None
    viewer: Viewer | None = getattr(current_user, "viewer", None)
    return viewer


def waiting_now() -> int:
    """How much waits to be read on the desk of whoever is signed in."""
    return 0 if current_viewer() is None else int(getattr(current_user, "waiting", 0))


def the_viewer() -> Viewer:
    """The viewer of a route that only signed-in people reach."""
    viewer = current_viewer()
    if viewer is None:
        raise RuntimeError("this route was reached by a stranger")
    return viewer
