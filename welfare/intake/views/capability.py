"""What this browser may follow: references opened by their secret, for a while."""

from __future__ import annotations

from flask import session

from welfare.core import clock

KEY = "follows"
LASTS_SECONDS = 8 * 60 * 60
AT_MOST = 8


def grant(reference: str) -> None:
    """Let this browser follow a complaint for eight hours."""
    until = int(clock.now().timestamp()) + LASTS_SECONDS
    others = {ref: end for ref, end in _all().items() if ref != reference}
    kept = dict(list(others.items())[-(AT_MOST - 1) :])
    session[KEY] = {**kept, reference: until}


def granted(reference: str) -> bool:
    """Whether this browser may follow a complaint now."""
    return _all().get(reference, 0) > int(clock.now().timestamp())


def end(reference: str) -> None:
    """Forget one, on a shared phone."""
    session[KEY] = {ref: until for ref, until in _all().items() if ref != reference}


def _all() -> dict[str, int]:
    kept = session.get(KEY)
    return kept if isinstance(kept, dict) else {}
