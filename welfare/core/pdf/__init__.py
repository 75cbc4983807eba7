"""Official papers as PDF: `render`, `html_for`, `warm`."""

from welfare.core.pdf.engine import bare, draw, html_for, render, warm
from welfare.core.pdf.errors import PaperError, PaperTooLarge, PaperTooSlow
from welfare.core.pdf.limits import Limits

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
