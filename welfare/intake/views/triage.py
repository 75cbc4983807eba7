"""The queue of complaints."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from welfare.cases.labels import PRIORITIES
from welfare.cases.queries.categories import categories, category_by_id, category_words
from welfare.cases.workflow import Priority
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission
from welfare.core.web import requires, the_viewer
from welfare.core.web.templating import language, page_address
from welfare.intake.labels import CHANNEL, KIND, STATUS
from welfare.intake.queries.asked import ComplaintFilters, Order, Scope, read_filters
from welfare.intake.queries.filing import filing_lists
from welfare.intake.queries.triage import Waiting, next_waiting, waiting_counts
from welfare.intake.queries.triage import queue as queue_page
from welfare.intake.views import complaint_page
from welfare.intake.views.desk import FILTERS, blueprint, list_url, page_url, place, proper
from welfare.intake.workflow import ComplaintStatus


@blueprint.get("")
@requires(Permission.VIEW_COMPLAINTS)
def queue() -> str | Response:
    """Complaints by filters in the address; those waiting to be decided if nothing is asked."""
    viewer = the_viewer()
    asked = read_filters(request.args)
    filters = asked.filters
    found = queue_page(filters, viewer=viewer)
    if filters.reference and len(found.rows) == 1 and found.rows[0].reference == filters.reference:
        return redirect(url_for("triage.page", reference=filters.reference))
    return render_template(
        "intake/desk/queue.html",
        page=found,
        filters=filters,
        ignored=asked.ignored,
        place=place(),
        names={
            key: (en if language() == "en" else th) for key, (th, en) in category_words().items()
        },
        words={"status": STATUS, "kind": KIND, "channel": CHANNEL},
        quick=_quick(filters, waiting_counts(viewer=viewer)),
        active=_active(filters),
        choices=_choices(),
        search_url=url_for("triage.queue"),
        search_hint=_("Request number, name, house, telephone"),
        search_keep=True,
    )


@blueprint.get("/next")
@requires(Permission.VIEW_COMPLAINTS)
def following() -> Response:
    """The most pressing complaint of the list, other than the one at hand; else the list."""
    filters = read_filters(place()).filters
    after = request.args.get("after", "")[:20]
    found = next_waiting(filters, viewer=the_viewer(), after=after)
    return redirect(page_url(found) if found else list_url(), code=303)


@blueprint.get("/<reference>")
@requires(Permission.VIEW_COMPLAINTS)
def page(reference: str) -> str:
    """One complaint in its context."""
    return complaint_page.show(proper(reference))


def _quick(filters: ComplaintFilters, waiting: Waiting) -> list[dict[str, Any]]:
    """The lists that are asked for every day, with how much is in them."""

    def chip(label: str, on: bool, count: int | None = None, **values: Any) -> dict[str, Any]:
        url = url_for("triage.queue", **values)
        return {"label": label, "url": url, "on": on, "count": count}

    words = bool(filters.words or filters.phone)
    plain = filters.status is ComplaintStatus.SUBMITTED and not words
    urgent = plain and filters.priority is Priority.URGENT
    narrow = urgent or filters.overdue or filters.unanswered or filters.over_a_week
    return [
        chip(_("To decide"), plain and not narrow, waiting.submitted),
        chip(_("First answer overdue"), filters.unanswered, waiting.unanswered, unanswered="1"),
        chip(_("Overdue"), filters.overdue, waiting.overdue, overdue="1"),
        chip(_("Urgent"), urgent, waiting.urgent, priority="urgent"),
        chip(
            _("Waiting for the citizen"),
            filters.status is ComplaintStatus.NEEDS_INFO,
            waiting.needs_info,
            status="needs_info",
        ),
        chip(_("All"), filters.status is Scope.ALL and not words, status="all"),
    ]


def _active(filters: ComplaintFilters) -> list[dict[str, str]]:
    """What narrows the list now, each with the address without it."""
    words: dict[str, str] = {}
    if "status" in request.args:
        words["status"] = str(STATUS.get(filters.status, "")) or _("All states")
    if filters.category is not None:
        category = category_by_id(filters.category)
        words["category"] = category.name(language()) if category else ""
    if filters.village is not None:
        words["village"] = village_words(filters.village)
    if filters.priority is not None:
        words["priority"] = str(PRIORITIES[filters.priority])
    if filters.overdue:
        words["overdue"] = _("Overdue")
    if filters.unanswered:
        words["unanswered"] = _("First answer overdue")
    if filters.over_a_week:
        words["week"] = _("Unread for more than a week")
    if filters.words or filters.phone:
        words["q"] = f"“{request.args.get('q', '')[:60]}”"
    return [
        {"label": words[name], "url": page_address(**{name: None, "page": None})}
        for name in FILTERS
        if words.get(name) and request.args.get(name)
    ]


def village_words(number: int | None) -> str:
    """A village in a word or two."""
    return _("Moo %(no)s", no=number) if number else _("Village not known")


def _choices() -> dict[str, list[tuple[str, str]]]:
    """What the form of filters offers."""
    viewer, lang = the_viewer(), language()
    villages = [no for no in filing_lists().villages if viewer.covers(no)]
    return {
        "status": [
            *((status.value, str(label)) for status, label in STATUS.items()),  # type: ignore[attr-defined]
            (Scope.ALL.value, _("All states")),
        ],
        "category": [(row.code, row.name(lang)) for row in categories(active_only=False)],
        "village": [*((str(no), village_words(no)) for no in villages), ("0", village_words(0))],
        "priority": [(level.value, str(label)) for level, label in PRIORITIES.items()],
        "sort": [
            (Order.PRESSING.value, _("Urgent and due first")),
            (Order.DUE.value, _("By deadline")),
            (Order.NEWEST.value, _("Newest first")),
            (Order.OLDEST.value, _("Oldest first")),
        ],
    }
