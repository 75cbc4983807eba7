"""Passwords: argon2id at the parameters OWASP names (19 MiB, two passes)."""

from __future__ import annotations

import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM_LENGTH = 10

PASSES: Final = 2
KIBIBYTES: Final = 19 * 1024

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=KIBIBYTES, parallelism=1)
_at_once = threading.BoundedSemaphore(2)
_stranger_hash = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Hash a password for keeping."""
    with _at_once:
        return _hasher.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. An unknown account takes as long as a known one."""
    with _at_once:
        try:
            _hasher.verify(password_hash or _stranger_hash, password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)
