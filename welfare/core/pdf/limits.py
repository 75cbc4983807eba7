"""Hard limits of one paper, held while it is laid out.

WeasyPrint has no limits of its own, but it announces every page it starts through its progress
logger. `watch` listens there: a page beyond the limit, or a page begun after the time is over,
ends the layout at once with an error, however much is still to come. A single page cannot run
long, because the size of the HTML is limited before layout begins.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from welfare.core.pdf.errors import PaperTooLarge, PaperTooSlow

_PAGE_BEGINS = "Step 5 - Creating layout - Page"
_PROGRESS = logging.getLogger("weasyprint.progress")


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


@dataclass(frozen=True, slots=True)
class _Watched:
    limits: Limits
    deadline: float


_current: ContextVar[_Watched | None] = ContextVar("pdf_limits", default=None)


class _LimitFilter(logging.Filter):
    """Stops the layout from inside the progress message of the page that is too many."""

    def filter(self, record: logging.LogRecord) -> bool:
        watched = _current.get()
        if watched is not None:
            if time.monotonic() > watched.deadline:
                raise PaperTooSlow(f"more than {watched.limits.seconds} seconds")
            if str(record.msg).startswith(_PAGE_BEGINS) and isinstance(record.args, tuple):
                page = record.args[0] if record.args else 0
                if isinstance(page, int) and page > watched.limits.pages:
                    raise PaperTooLarge(f"more than {watched.limits.pages} pages")
        return False


def install() -> None:
    """Listen to WeasyPrint's progress; safe to call again."""
    if not any(isinstance(known, _LimitFilter) for known in _PROGRESS.filters):
        _PROGRESS.addFilter(_LimitFilter())
    _PROGRESS.setLevel(logging.INFO)


@contextmanager
def watch(limits: Limits) -> Iterator[None]:
    """Hold `limits` over the layout done inside; `PaperTooLarge` or `PaperTooSlow` end it."""
    token = _current.set(_Watched(limits, time.monotonic() + limits.seconds))
    try:
        yield
    finally:
        _current.reset(token)
