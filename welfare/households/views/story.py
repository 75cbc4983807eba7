"""The timeline of a page: the question in its address, the days it is grouped by, its links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request

from welfare.core.clock import local, today
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.thai.dates import format_long
from welfare.core.web.templating import language, page_address
from welfare.households.queries.timeline import HAPPENINGS, Cursor, Line, read_cursor, timeline

LINES = 12
Day = tuple[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Told:
    """A page of the timeline as its template shows it."""

    days: list[Day]
    chips: list[dict[str, Any]]
    older: str
    newest: str


def cursor_asked() -> Cursor | None:
    """Where ``?before=`` says to go on from."""
    return read_cursor(request.args.get("before", ""))


def told(*, viewer: Viewer, household_id: int | None = None, person_id: int | None = None) -> Told:
    """The page that ``?kind=`` and ``?before=`` ask for; what means nothing is left out."""
    kind = request.args.get("kind", "")
    kind = kind if kind in HAPPENINGS else ""
    cursor = cursor_asked()
    found = timeline(
        viewer=viewer,
        household_id=household_id,
        person_id=person_id,
        kinds=(kind,) if kind else (),
        cursor=cursor,
        limit=LINES,
    )
    chips = [_chip(_("Everything"), "", kind)]
    chips += [_chip(str(HAPPENINGS[each]), each, kind) for each in found.kinds]
    return Told(
        days=_by_day(found.lines),
        chips=chips,
        older=_at(before=found.older) if found.older else "",
        newest=_at(before=None) if cursor else "",
    )


def _chip(label: str, kind: str, chosen: str) -> dict[str, Any]:
    return {"label": label, "url": _at(kind=kind or None, before=None), "on": kind == chosen}


def _at(**changes: str | None) -> str:
    return f"{page_address(**changes)}#timeline"


def _by_day(lines: tuple[Line, ...]) -> list[Day]:
    days: list[Day] = []
    for line in lines:
        heading = _heading(line)
        if not days or days[-1][0] != heading:
            days.append((heading, []))
        days[-1][1].append(
            {
                "title": line.told.title,
                "body": line.told.body,
                "url": line.told.url,
                "icon": line.told.icon,
                "who": line.who,
                "time": "" if line.whole_day else f"{local(line.at):%H:%M}",
            }
        )
    return days


def _heading(line: Line) -> str:
    day = local(line.at).date()
    name = format_long(day, lang=language())
    if day == today():
        return _("Today, %(date)s", date=name)
    if day == today() - timedelta(days=1):
        return _("Yesterday, %(date)s", date=name)
    return name
