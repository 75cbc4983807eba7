"""What papers put on the page of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import has_app_context

from welfare.core.security.permissions import Permission, Viewer
from welfare.papers.kinds import PaperStatus
from welfare.papers.labels import STATES, TONES
from welfare.papers.parts import Kind, kinds
from welfare.papers.queries.assets import stand_in


@dataclass(frozen=True, slots=True)
class PapersPart:
    """Which papers can be written about the case; those that are stand among its works."""

    kinds: list[Kind]
    states: Mapping[PaperStatus, Any]
    tones: Mapping[PaperStatus, str]


def papers_part(_case_id: int, viewer: Viewer) -> PapersPart:
    """The slot ``papers`` of the case page; empty for who has nothing to do with papers."""
    if not viewer.can(Permission.WRITE_PAPERS):
        return PapersPart([], STATES, TONES)
    written = [one for one in kinds() if one.composed and "case" in one.about]
    return PapersPart(written, STATES, TONES)


def municipal_asset(name: str) -> bytes | None:
    """The municipality's own picture in the place of ours, where there is a database to ask."""
    return stand_in(name) if has_app_context() else None
