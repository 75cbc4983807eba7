"""What the worker calls to draw a list of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.benefits.queries import funds
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Viewer
from welfare.reports.documents.addressees import draw_addressees, label_look
from welfare.reports.documents.issuing import (
    register_drawer,
    register_preview,
    register_sheet,
)
from welfare.reports.documents.recipients import Look, draw_recipients
from welfare.reports.facts import DrawList, Made, PrepareIssue, Progress, ToIssue
from welfare.reports.kinds import RECIPIENT_REGISTER, ListKind
from welfare.reports.queries.addressees import of_cases, of_register
from welfare.reports.queries.periods import of_year, present_year
from welfare.reports.queries.recipients import filters_from, may_reveal


def _recipients(asked: Mapping[str, Any], viewer: Viewer, progress: Progress) -> Made:
    filters = filters_from(dict(asked), of_year(present_year()))
    look = _look(asked, viewer)
    made = draw_recipients(
        filters, viewer=viewer, look=look, fund=_fund(filters.fund), progress=progress
    )
    return Made(register_preview(made.pdf, viewer), made.pages, made.rows)


def _register_to_issue(asked: Mapping[str, Any], viewer: Viewer, progress: Progress) -> ToIssue:
    filters = filters_from(dict(asked), of_year(present_year()))
    look, fund = _look(asked, viewer), _fund(filters.fund)
    return ToIssue(
        RECIPIENT_REGISTER.code,
        register_sheet(filters, look, viewer, fund),
        register_drawer(
            filters, look, viewer, fund, base_url=str(asked["base_url"]), progress=progress
        ),
    )


def _look(asked: Mapping[str, Any], viewer: Viewer) -> Look:
    look = Look(bool(asked.get("signatures")), bool(asked.get("whole")))
    if look.whole_numbers and not may_reveal(viewer):
        raise Forbidden
    return look


def _fund(code: str) -> str:
    named = {one.code: one.name_th for one in funds(present_year(), every=True)}
    return named.get(code, "")


def _addressees(kind: ListKind) -> DrawList:
    def draw(asked: Mapping[str, Any], viewer: Viewer, progress: Progress) -> Made:
        if asked.get("register"):
            filters = filters_from(dict(asked["register"]), of_year(present_year()))
            found = of_register(filters, viewer=viewer)
        else:
            found = of_cases([str(one) for one in asked.get("cases", ())], viewer=viewer)
        look = label_look(asked.get("look", {}))
        return draw_addressees(found.found, kind, look, progress=progress)

    return draw


LIST_DRAWERS: Mapping[ListKind, DrawList] = {
    ListKind.RECIPIENTS: _recipients,
    ListKind.LABELS: _addressees(ListKind.LABELS),
    ListKind.ENVELOPES: _addressees(ListKind.ENVELOPES),
}
LIST_ISSUERS: Mapping[ListKind, PrepareIssue] = {ListKind.RECIPIENTS: _register_to_issue}
