"""Verifying by strangers: wrong codes are counted, files are compared and not kept."""

from __future__ import annotations

import hashlib
import hmac

from welfare.core.db import begin_writing, db
from welfare.core.security import throttle
from welfare.papers.queries.verifying import Verified, verified

_WRONG = throttle.Limit("verify:address", 30, 15)
_FILES = throttle.Limit("verify:file", 30, 15)


def try_code(*, code: str, address: str) -> Verified | None:
    """The paper of this code, or ``None``. A wrong one counts against the address, and that alone
    is written; ``Throttled`` when there were too many."""
    throttle.check(_WRONG, address)
    found = verified(code)
    if found is None:
        begin_writing(db.session)
        throttle.count(_WRONG, address)
        db.session.commit()
    return found


def check_file(*, paper: Verified, content: bytes, address: str) -> bool:
    """Whether a file is the paper as it was issued, to the last byte. The caller commits."""
    throttle.take(_FILES, address)
    return paper.sha256 is not None and hmac.compare_digest(
        hashlib.sha256(content).digest(), paper.sha256
    )
