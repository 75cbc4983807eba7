"""Short lists that hardly change, kept by the process for half a minute or longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")

SECONDS = 30.0
APART = 0.25
_all: list[Kept[object]] = []
_last_read = 0.0


class Kept(Generic[Value]):
    """One remembered value and how to read it anew after so many ``seconds``.

    Another process learns of a change after half a minute at most; the one that made it calls
    :func:`forget_kept`.
    """

    def __init__(self, read: Callable[[], Value], *, seconds: float = SECONDS) -> None:
        self._read = read
        self._seconds = seconds
        self._value: Value | None = None
        self._until = 0.0
        _all.append(self)  # type: ignore[arg-type]

    def get(self) -> Value:
        """The value, read anew when it is too old."""
        now = time.monotonic()
        if self._value is None or (now > self._until and _alone(now)):
            self._value, self._until = self._read(), now + self._seconds
        return self._value

    def forget(self) -> None:
        """Read anew at the next asking."""
        self._value = None


def _alone(now: float) -> bool:
    """Whether no other list was read anew just now: one page should not wait for all of them."""
    global _last_read
    if now - _last_read < APART:
        return False
    _last_read = now
    return True


def forget_kept() -> None:
    """Forget all kept lists: after categories or staff were edited, and between tests."""
    for kept in _all:
        kept.forget()
