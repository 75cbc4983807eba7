"""What the domains above do when a case moves, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from welfare.cases.models import Case
from welfare.cases.workflow import CaseAction
from welfare.core.security.permissions import Viewer

Follower = Callable[[Viewer, Case, CaseAction], None]
"""``follower(actor, case, action)``: the case is locked, and has taken the step already."""

_followers: list[Follower] = []


def after_move(follower: Follower) -> None:
    """Follow every step of every case; the application says so once at its start.

    The right to the step was checked; a follower checks none. What it raises undoes the step.
    """
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(actor: Viewer, case: Case, action: CaseAction) -> None:
    """Let them follow a step that has been written."""
    for follower in _followers:
        follower(actor, case, action)
