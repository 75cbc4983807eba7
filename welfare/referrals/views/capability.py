"""What this browser may open: referrals opened by their code, for a while."""

from __future__ import annotations

from flask import session

from welfare.core import clock

KEY = "referrals"
LASTS_SECONDS = 2 * 60 * 60
AT_MOST = 8


def grant(reference: str, code_round: int) -> None:
    """Let this browser open a referral for two hours, as long as its code stays the same."""
    until = int(clock.now().timestamp()) + LASTS_SECONDS
    others = [(key, value) for key, value in _all().items() if key != reference]
    session[KEY] = {**dict(others[-(AT_MOST - 1) :]), reference: [until, code_round]}


def granted(reference: str) -> int | None:
    """The round of the code by which this browser was let in, or ``None``."""
    kept = _all().get(reference)
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    until, code_round = kept
    return int(code_round) if until > int(clock.now().timestamp()) else None


def end(reference: str) -> None:
    """Forget it."""
    session[KEY] = {key: value for key, value in _all().items() if key != reference}


def _all() -> dict[str, list[int]]:
    kept = session.get(KEY)
    return kept if isinstance(kept, dict) else {}
