"""Official papers as PDF: `render`, `html_for`, `warm`.

The engine brings WeasyPrint, a quarter of what the program takes to start, and is read when the
first of its functions is asked for: `from welfare.core import pdf`, then `pdf.render(…)`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from welfare.core.pdf.errors import PaperError, PaperTooLarge, PaperTooSlow
from welfare.core.pdf.limits import Limits

if TYPE_CHECKING:
    from welfare.core.pdf.engine import bare, draw, html_for, render, warm

__all__ = [
    "Limits",
    "PaperError",
    "PaperTooLarge",
    "PaperTooSlow",
    "bare",
    "draw",
    "html_for",
    "render",
    "warm",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("welfare.core.pdf.engine"), name)
