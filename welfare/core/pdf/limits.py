"""Hard limits of one paper, held while it is laid out.

WeasyPrint has no limits of its own. It announces every page it starts through its progress logger:
there `watch` counts the pages. Time is held from outside: when it is over, an exception is raised
inside the thread that draws, wherever it is, so that one endless page cannot outlast it either.
Whoever draws in a process of its own (`presses`) is ended with the process on top of this.
"""

import ctypes
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from welfare.core.pdf.errors import PaperTooLarge, PaperTooSlow

_PAGE_BEGINS = "Step 5 - Creating layout - Page"
_PROGRESS = logging.getLogger("weasyprint.progress")
_AGAIN = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The most one paper may ask for: characters of HTML, pages, seconds of layout."""

    characters: int = 600_000
    pages: int = 80
    seconds: float = 30.0

    def check_html(self, html: str) -> None:
        """Raise `PaperTooLarge` when the HTML is longer than allowed."""
        if len(html) > self.characters:
            raise PaperTooLarge(f"{len(html)} characters of HTML, at most {self.characters}")


_current: ContextVar[Limits | None] = ContextVar("pdf_limits", default=None)


class _PageFilter(logging.Filter):
    """Stops the layout from inside the progress message of the page that is too many."""

    def filter(self, record: logging.LogRecord) -> bool:
        limits = _current.get()
        if limits is not None and str(record.msg).startswith(_PAGE_BEGINS):
            page = record.args[0] if isinstance(record.args, tuple) and record.args else 0
            if isinstance(page, int) and page > limits.pages:
                raise PaperTooLarge(f"more than {limits.pages} pages")
        return False


class _TimeIsUp(BaseException):
    """Raised in the drawing thread; past every `except Exception` on its way."""


class _Alarm:
    """Raises `_TimeIsUp` in the thread that made it, until `stop`.

    More than once, because an exception inside a callback from C is swallowed there.
    """

    def __init__(self) -> None:
        self._drawer = threading.get_ident()
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def start(self, seconds: float) -> None:
        """Ring after so many seconds."""
        threading.Thread(target=self._wait, args=(seconds,), name="pdf-alarm", daemon=True).start()

    def stop(self) -> None:
        """No exception comes after this has returned."""
        with self._lock:
            self._stopped.set()
            _raise_in(self._drawer, None)

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(max(seconds, 0.0)):
            return
        while not self._stopped.is_set():
            with self._lock:
                if not self._stopped.is_set():
                    _raise_in(self._drawer, _TimeIsUp)
            self._stopped.wait(_AGAIN)


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Have `kind` raised in a thread at its next step; `None` takes back one not yet raised."""
    what = ctypes.py_object(kind) if kind is not None else ctypes.py_object()
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


def install() -> None:
    """Listen to WeasyPrint's progress; safe to call again."""
    if not any(isinstance(known, _PageFilter) for known in _PROGRESS.filters):
        _PROGRESS.addFilter(_PageFilter())
    _PROGRESS.setLevel(logging.INFO)


@contextmanager
def watch(limits: Limits) -> Iterator[None]:
    """Hold `limits` over the layout done inside; `PaperTooLarge` or `PaperTooSlow` end it."""
    token = _current.set(limits)
    alarm = _Alarm()
    try:
        try:
            alarm.start(limits.seconds)
            yield
        finally:
            alarm.stop()
    except _TimeIsUp:
        # It may have rung in the `finally` just above; a second time comes only a second later.
        alarm.stop()
        raise PaperTooSlow(f"more than {limits.seconds} seconds") from None
    finally:
        _current.reset(token)
