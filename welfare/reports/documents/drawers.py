"""What the worker calls to draw a list of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.benefits.queries import funds
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Viewer
from welfare.reports.documents.recipients import Look, draw_recipients
from welfare.reports.facts import DrawList, Made, Progress
from welfare.reports.kinds import ListKind
from welfare.reports.queries.periods import of_year, present_year
from welfare.reports.queries.recipients import filters_from, may_reveal


def _recipients(asked: Mapping[str, Any], viewer: Viewer, progress: Progress) -> Made:
    filters = filters_from(dict(asked), of_year(present_year()))
    look = Look(bool(asked.get("signatures")), bool(asked.get("whole")))
    if look.whole_numbers and not may_reveal(viewer):
        raise Forbidden
    made = draw_recipients(
        filters, viewer=viewer, look=look, fund=_fund(filters.fund), progress=progress
    )
    return Made(made.pdf, made.pages, made.rows)


def _fund(code: str) -> str:
    named = {one.code: one.name_th for one in funds(present_year(), every=True)}
    return named.get(code, "")


LIST_DRAWERS: Mapping[ListKind, DrawList] = {ListKind.RECIPIENTS: _recipients}
