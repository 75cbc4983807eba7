"""The worklist."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.cases import queries
from welfare.cases.kinds import RiskLevel, Stage
from welfare.cases.labels import OUTCOMES, PRIORITIES, RISKS, STAGES, STATUSES
from welfare.cases.queries import CaseFilters, CasePage, Scope, Sort
from welfare.cases.queries.filters import ANY_STAGE, HEADS
from welfare.cases.queries.views import COLUMNS, USUAL, ViewRow, canonical, views_of
from welfare.cases.views.blueprint import blueprint
from welfare.cases.workflow import CaseStatus, Outcome, Priority
from welfare.core.clock import local
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import format_partial
from welfare.core.thai.faults import InputFault
from welfare.core.thai.references import CASE, parse_reference
from welfare.core.web import requires, the_viewer
from welfare.core.web.templating import language, page_address

SHOWN_VIEWS = 8
USUAL_COLUMNS = USUAL
NAMES = (
    "status",
    "category",
    "village",
    "assignee",
    "priority",
    "risk",
    "overdue",
    "family",
    "stage",
    "opened",
    "closed",
    "unhappy",
)
"""Filters that narrow the list, in the order their chips stand."""


@blueprint.get("")
@requires(Permission.VIEW_CASES, Permission.VIEW_ALL_CASES)
def worklist() -> str | Response:
    """Cases by filters in the address; the number of one leads straight to it."""
    viewer = the_viewer()
    number = _number_asked(viewer)
    if number is not None:
        return redirect(url_for("cases.page", number=number))
    kept = views_of(viewer)
    opens_with = next((one.query for one in kept if one.chosen), None)
    if opens_with and not request.args:
        return redirect(f"{url_for('cases.worklist')}?{opens_with}")
    asked = queries.read_filters(request.args, viewer=viewer)
    page = queries.worklist(asked.filters, viewer=viewer, lang=language())
    return render_template(
        "cases/worklist.html",
        page=page,
        filters=asked.filters,
        ignored=asked.ignored,
        names={row.id: row.name(language()) for row in queries.categories(active_only=False)},
        states=_states(page),
        risks={level: str(RISKS[level]) for level in (RiskLevel.HIGH, RiskLevel.MEDIUM)},
        quick=_quick(asked.filters, viewer, chosen=opens_with is not None),
        kept=_kept(kept),
        columns=columns_asked(),
        heads=column_words(),
        sorting=_sorting(asked.filters),
        may_change=viewer.can(Permission.EDIT_CASES),
        query=canonical(asked_pairs()),
        stages=_stages(asked.filters),
        active=_active(asked.filters),
        choices=_choices(viewer) if "more" in request.args else None,
        search_keep=True,
    )


def _states(page: CasePage) -> dict[str, str]:
    """The words for the states and outcomes that stand on this page."""
    shown = {row.outcome or row.status for row in page.rows}
    return {
        state.value: str(OUTCOMES[state] if isinstance(state, Outcome) else STATUSES[state])
        for state in shown
    }


def _number_asked(viewer: Viewer) -> str | None:
    """The number of a case that the viewer may see, when that is what was searched for."""
    try:
        number = parse_reference(request.args.get("q", ""), prefix=CASE)
    except InputFault:
        return None
    return number if queries.is_visible(number, viewer=viewer) else None


def asked_pairs() -> list[tuple[str, str]]:
    """The query of the address, with the columns as one value however they came."""
    pairs = [(name, value) for name, value in request.args.items() if name != "columns"]
    columns = ",".join(columns_asked())
    return pairs if columns == ",".join(USUAL_COLUMNS) else [*pairs, ("columns", columns)]


def columns_asked() -> tuple[str, ...]:
    """The columns that the address asks for, in their fixed order; the usual ones for none."""
    asked = set(",".join(request.args.getlist("columns")).split(","))
    return tuple(name for name in COLUMNS if name in asked) or USUAL_COLUMNS


def column_words() -> dict[str, str]:
    """The heads of the columns."""
    return {
        "who": _("Who"),
        "what": _("What"),
        "status": _("Status"),
        "due": _("Deadline"),
        "worker": _("Worker"),
        "category": _("Category"),
        "village": _("Village"),
        "priority": _("Priority"),
        "opened": _("Opened"),
    }


def _sorting(filters: CaseFilters) -> dict[str, dict[str, str]]:
    """By column what its head sorts by and how it is sorted now; a search has an order of its own,
    and so have months, but for the columns that no index keeps in order."""
    if filters.words:
        return {}
    ways = {name: (sort, Sort(f"{sort}_down")) for sort, (name, down) in HEADS.items() if not down}
    if not (filters.opened or filters.closed):
        by_age = (Sort.OLDEST, Sort.NEWEST)
        ways |= {"number": by_age, "opened": by_age, "due": (Sort.DUE, Sort.LAST_DUE)}
    found = {}
    for name, (up, down) in ways.items():
        now = {up: "ascending", down: "descending"}.get(filters.sort, "")
        following = down if filters.sort == up else up
        address = page_address(sort=following.value, page=None)
        found[name] = {"url": address, "now": now}
    return found


def _kept(views: list[ViewRow]) -> list[dict[str, Any]]:
    """The saved views as chips."""
    now, here = canonical(asked_pairs()), url_for("cases.worklist")
    return [
        {"label": one.name, "url": f"{here}?{one.query or 'status=open'}", "on": one.query == now}
        for one in views[:SHOWN_VIEWS]
    ]


def _quick(filters: CaseFilters, viewer: Viewer, *, chosen: bool = False) -> list[dict[str, Any]]:
    """The lists that are asked for every day."""
    plain = not (filters.words or filters.opened or filters.closed or filters.unhappy)
    mine, nobody = filters.assignee == viewer.user_id, filters.assignee == 0

    def chip(label: str, on: bool, **values: Any) -> dict[str, Any]:
        return {"label": label, "url": url_for("cases.worklist", **values), "on": on and plain}

    still_open = filters.status == Scope.OPEN
    narrowed = filters.overdue or filters.stage
    unfiltered = still_open and filters.assignee is None and not narrowed
    every = {"status": "open"} if chosen else {}
    chips = [chip(_("All open"), unfiltered, **every)]
    if viewer.can(Permission.WORK_CASES):
        chips.append(chip(_("Mine"), mine and still_open, assignee="me"))
    if viewer.can(Permission.VIEW_ALL_CASES):
        chips.append(chip(_("Nobody's yet"), nobody and still_open, assignee="none"))
    if viewer.can(Permission.REOPEN_CASES):
        label = _("It did not help")
        address = url_for("cases.worklist", unhappy="1")
        chips.append({"label": label, "url": address, "on": filters.unhappy})
    return [
        *chips,
        chip(_("Overdue"), filters.overdue, overdue="1"),
        chip(_("Waiting"), filters.status == CaseStatus.WAITING, status="waiting"),
        chip(_("Closed"), filters.status == CaseStatus.CLOSED, status="closed"),
        chip(_("Newest"), still_open and filters.sort == Sort.NEWEST, sort="newest"),
    ]


def _stages(filters: CaseFilters) -> list[dict[str, Any]]:
    """Where what is late is late: offered beside what is overdue."""
    if not (filters.overdue or filters.stage):
        return []

    def chip(label: str, value: str) -> dict[str, Any]:
        address = page_address(stage=value, overdue=None, page=None)
        return {"label": label, "url": address, "on": filters.stage == value}

    stages = [chip(str(words), stage.value) for stage, words in STAGES.items()]
    return [chip(_("Late at any stage"), ANY_STAGE), *stages]


def _active(filters: CaseFilters) -> list[dict[str, str]]:
    """What narrows the list now, each with the address without it."""
    words = _words(filters)
    return [
        {"label": words[name], "url": page_address(**{name: None, "page": None})}
        for name in (*NAMES, "q")
        if name in words and request.args.get(name)
    ]


def _words(filters: CaseFilters) -> dict[str, str]:
    words: dict[str, str] = {}
    if isinstance(filters.status, CaseStatus):
        words["status"] = str(STATUSES[filters.status])
    if filters.category is not None:
        category = queries.category_by_id(filters.category)
        words["category"] = category.name(language()) if category else ""
    if filters.village is not None:
        unknown = filters.village == 0
        words["village"] = _("Village not known") if unknown else _village(filters.village)
    if filters.assignee is not None:
        words["assignee"] = queries.name_of(filters.assignee) or _("Nobody's yet")
    if filters.priority is not None:
        words["priority"] = str(PRIORITIES[filters.priority])
    if filters.overdue:
        words["overdue"] = _("Overdue")
    if filters.opened:
        words["opened"] = _("Opened in %(month)s", month=_month(filters.opened))
    if filters.closed:
        words["closed"] = _("Closed in %(month)s", month=_month(filters.closed))
    if filters.words:
        words["q"] = f"“{' '.join(filters.words)}”"
    return words | _further_words(filters)


def _further_words(filters: CaseFilters) -> dict[str, str]:
    words = {"risk": str(RISKS[filters.risk])} if filters.risk else {}
    words |= {"unhappy": _("It did not help")} if filters.unhappy else {}
    if filters.family:
        parts = filters.family == "part"
        words["family"] = _("Parts of larger cases") if parts else _("Cases that have parts")
    if not filters.stage:
        return words
    late = STAGES[Stage(filters.stage)] if filters.stage != ANY_STAGE else _("any stage")
    return words | {"stage": _("Late: %(stage)s", stage=late)}


def _village(number: int) -> str:
    return _("Moo %(no)s", no=number)


def _month(month: str) -> str:
    first, _following = queries.month_bounds(month)
    return format_partial(local(first).date(), "month", lang=language())


def _choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """What the form of filters offers: a fifth of the page, so it is made when it is asked for."""
    villages = sorted(viewer.villages) if viewer.villages is not None else None
    known = [row.village_no for row in queries.villages()] if villages is None else villages
    workers = queries.workers() if viewer.can(Permission.VIEW_ALL_CASES) else []
    return {
        "category": [(row.code, row.name(language())) for row in queries.categories()],
        "village": [(str(number), _village(number)) for number in known],
        "assignee": [(person.username, person.name) for person in workers],
        "priority": [(member.value, str(PRIORITIES[member])) for member in Priority],
        "risk": [(level.value, str(label)) for level, label in RISKS.items()],
        "status": [
            (Scope.ALL.value, _("Open and closed")),
            *(
                (member.value, str(label))
                for member, label in STATUSES.items()
                if member is not CaseStatus.MERGED
            ),
        ],
        "family": [("part", _("Parts of larger cases")), ("whole", _("Cases that have parts"))],
        "sort": [
            (Sort.DUE.value, _("Most pressing first")),
            (Sort.NEWEST.value, _("Newest first")),
            (Sort.OLDEST.value, _("Oldest first")),
            (Sort.LAST_DUE.value, _("Least pressing first")),
            *_orders_by_column(),
        ],
    }


def _orders_by_column() -> list[tuple[str, str]]:
    """The orders of the heads, for a phone, where lists have no heads."""
    heads = column_words()
    found = []
    for sort, (name, down) in HEADS.items():
        column = heads[name]
        up, back = _("By %(column)s", column=column), _("By %(column)s, reversed", column=column)
        found.append((sort.value, back if down else up))
    return found
