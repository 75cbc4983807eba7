"""Short lists that hardly change, kept by the process for half a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")

SECONDS = 30.0
_all: list[Kept[object]] = []


class Kept(Generic[Value]):
    """One remembered value and how to read it anew.

    Another process learns of a change after half a minute at most; the one that made it calls
    :func:`forget_kept`.
    """

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._value: Value | None = None
        self._until = 0.0
        _all.append(self)  # type: ignore[arg-type]

    def get(self) -> Value:
        """The value, read anew when it is too old."""
        if self._value is None or time.monotonic() > self._until:
            self._value, self._until = self._read(), time.monotonic() + SECONDS
        return self._value

    def forget(self) -> None:
        """Read anew at the next asking."""
        self._value = None


def forget_kept() -> None:
    """Forget all kept lists: after categories or staff were edited, and between tests."""
    for kept in _all:
        kept.forget()
