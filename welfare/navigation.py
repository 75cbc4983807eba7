"""The links beside every page of the desk: those that the viewer's rights open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Permission
from welfare.core.web import current_viewer

P = Permission


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link."""

    endpoint_url: str
    label: str
    icon: str
    active: bool
    count: int = 0


LINKS: tuple[tuple[str, Any, str, frozenset[P]], ...] = (
    ("/desk", _l("Desk"), "house-door", frozenset()),
    ("/field", _l("Field work"), "geo-alt", frozenset({P.WORK_CASES})),
    ("/desk/complaints", _l("Requests"), "inbox", frozenset({P.VIEW_COMPLAINTS})),
    ("/desk/cases", _l("Cases"), "folder2-open", frozenset({P.VIEW_CASES})),
    ("/desk/dispatch", _l("Dispatch"), "signpost-2", frozenset({P.ASSIGN_CASES})),
    (
        "/desk/funds",
        _l("Funds and loans"),
        "gift",
        frozenset({P.VIEW_CASES, P.VIEW_ALL_CASES}),
    ),
    (
        "/desk/referrals",
        _l("Referrals"),
        "send",
        frozenset({P.VIEW_CASES, P.VIEW_ALL_CASES}),
    ),
    (
        "/desk/papers",
        _l("Official papers"),
        "file-earmark-text",
        frozenset({P.WRITE_PAPERS, P.ISSUE_PAPERS}),
    ),
    (
        "/desk/lists",
        _l("Lists and reports"),
        "list-check",
        frozenset({P.VIEW_CASES, P.VIEW_ALL_CASES}),
    ),
    ("/desk/households", _l("Households"), "house-heart", frozenset({P.VIEW_REGISTRY})),
    ("/desk/people", _l("People"), "people", frozenset({P.VIEW_REGISTRY})),
    ("/desk/registry/map", _l("Map"), "pin-map", frozenset({P.VIEW_REGISTRY})),
    ("/desk/registry/duplicates", _l("Duplicates"), "copy", frozenset({P.MERGE_REGISTRY})),
    (
        "/desk/registry/imports",
        _l("Imports"),
        "upload",
        frozenset({P.EDIT_REGISTRY, P.APPROVE_IMPORTS}),
    ),
    ("/requests/mine", _l("What I filed"), "send", frozenset({P.VIEW_OWN_FILINGS})),
    ("/desk/reports", _l("Figures"), "bar-chart", frozenset({P.VIEW_REPORTS})),
    (
        "/admin",
        _l("Administration"),
        "gear",
        frozenset({P.MANAGE_ACCOUNTS, P.MANAGE_LISTS, P.VIEW_AUDIT}),
    ),
)


def navigation() -> list[NavigationItem]:
    """The viewer's links, the present place marked."""
    viewer = current_viewer()
    if viewer is None:
        return []
    path = f"{request.path}/"
    under = {**{url: url for url, *_ in LINKS}, "/desk/registry": "/desk/households"}
    under["/desk/loans"] = "/desk/funds"
    under["/desk/meetings"] = "/desk/lists"
    here = under[
        max((url for url in under if path.startswith(f"{url}/")), key=len, default="/desk")
    ]
    return [
        NavigationItem(url, str(label), icon, url == here)
        for url, label, icon, rights in LINKS
        if not rights or rights & viewer.permissions
    ]


def install_navigation(app: Flask) -> None:
    """Give templates ``nav``."""
    app.extensions["navigation"] = navigation
