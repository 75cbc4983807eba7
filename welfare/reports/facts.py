"""Plain values of reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from welfare.core.security.permissions import Viewer
from welfare.papers.facts import Draw
from welfare.papers.parts import Sheet


@dataclass(frozen=True, slots=True)
class Made:
    """What was drawn: the file, its pages and its rows."""

    pdf: bytes
    pages: int
    rows: int


Progress = Callable[[int, int], None]
"""Is told pages done and pages in all."""
DrawList = Callable[[Mapping[str, Any], Viewer, Progress], Made]
"""Draws a list from how it was asked for, as this viewer may see it."""


@dataclass(frozen=True, slots=True)
class ToIssue:
    """A list that is to become a paper: of what kind, what is kept of it, how it is drawn."""

    kind_code: str
    sheet: Sheet
    draw: Draw


PrepareIssue = Callable[[Mapping[str, Any], Viewer, Progress], ToIssue]
"""What is to be issued of a list that was asked for so, as this viewer may see it."""
