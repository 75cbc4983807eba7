"""The one search box, for people and for houses; and their lists, narrowed by filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from welfare.core.security.permissions import Permission
from welfare.core.thai.digits import to_arabic, whole
from welfare.core.web import requires, the_viewer
from welfare.core.web.faults import fault_words
from welfare.core.web.templating import language
from welfare.households.kinds import Reason
from welfare.households.policies import can_reveal
from welfare.households.queries import search_households, search_people, villages
from welfare.households.queries.filter_words import (
    HEADINGS,
    HEALTH,
    HOUSEHOLDS,
    PEOPLE,
    choices,
    filter_words,
)
from welfare.households.queries.filtering import (
    household_filters,
    people_filters,
    sees_all_health,
)
from welfare.households.queries.lists import LAST_PAGE, ListPage, list_households, list_people
from welfare.households.views.blueprint import Page, blueprint, page
from welfare.households.views.doubts import elsewhere_words


@blueprint.get("/people")
@requires(Permission.VIEW_REGISTRY)
def people() -> Page | Response:
    """People by name, house number, telephone, ID or number; without a query their list."""
    q, viewer = request.args.get("q", ""), the_viewer()
    if not q.strip():
        return _people_list()
    found = search_people(q, viewer)
    if found.asked.elsewhere is not None:
        return redirect(url_for(".find", q=q))
    if len(found.rows) == 1 and found.rows[0].reasons == (Reason.NUMBER,):
        return redirect(url_for(".person", number=found.rows[0].number))
    fault = None if found.rows else elsewhere_words(found.asked.identifier)
    return page("people.html", q=q, found=found, fault=fault or _fault(found.asked.fault))


def _people_list() -> Page:
    viewer = the_viewer()
    filters = people_filters(request.args, viewer)
    names = (*PEOPLE, *HEALTH) if sees_all_health(viewer) else PEOPLE
    shown = list_people(filters, viewer, _page_asked())
    return page(
        "people_list.html",
        shown=shown,
        may_reveal=can_reveal(viewer),
        **_narrowing("households.people", filters.used(), names, shown),
    )


@blueprint.get("/households")
@requires(Permission.VIEW_REGISTRY)
def households() -> Page | Response:
    """Houses by number, code, address, or by who lives there; without a query their list."""
    q, viewer = request.args.get("q", ""), the_viewer()
    if not q.strip():
        filters = household_filters(request.args)
        shown = list_households(filters, viewer, _page_asked())
        narrowing = _narrowing("households.households", filters.used(), HOUSEHOLDS, shown)
        return page("households_list.html", shown=shown, **narrowing)
    found = search_households(q, viewer)
    if found.asked.elsewhere is not None:
        return redirect(url_for(".find", q=q))
    if len(found.rows) == 1 and found.rows[0].reasons == (Reason.NUMBER,):
        return redirect(url_for(".household", number=found.rows[0].number))
    return page("households.html", q=q, found=found, fault=_fault(found.asked.fault))


def _page_asked() -> int:
    asked = whole(to_arabic(request.args.get("page", "")))
    return 1 if asked is None else min(asked, LAST_PAGE)


def _narrowing(
    endpoint: str, used: Mapping[str, str], names: tuple[str, ...], shown: ListPage[Any]
) -> dict[str, Any]:
    """What the filter form, the chips and the pages of a list show."""
    viewer = the_viewer()
    mine = [row for row in villages() if viewer.covers(row.village_no)]

    def address(**changes: Any) -> str:
        return url_for(endpoint, **{**used, **changes})

    return {
        "q": "",
        "used": used,
        "fields": [(name, HEADINGS[name], choices(name, mine, language())) for name in names],
        "active": [
            {"label": filter_words(name, value), "url": address(**{name: None})}
            for name, value in used.items()
        ],
        "before": address(page=shown.before) if shown.before else None,
        "after": address(page=shown.after) if shown.after else None,
    }


def _fault(code: str | None) -> str | None:
    return fault_words(code) if code else None
