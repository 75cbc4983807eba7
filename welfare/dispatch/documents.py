"""A worker's visits as an iCalendar text (RFC 5545), and days on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event

from welfare.core import clock, pdf
from welfare.core.i18n import gettext as _
from welfare.core.pdf.layouts.days import TEMPLATE as DAY_SHEET
from welfare.core.pdf.layouts.days import Days, WorkerDay
from welfare.core.pdf.marking import Mark, marked
from welfare.dispatch.queries.calendar import CalendarVisit


def calendar_text(visits: Iterable[CalendarVisit], *, address: str, name: str) -> bytes:
    """The calendar; ``address`` is where the program is found, for the links in it."""
    calendar: Any = Calendar()
    calendar.add("prodid", "-//Umong Welfare//visits//TH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for visit in visits:
        calendar.add_component(_event(visit, address))
    text: bytes = calendar.to_ical()
    return text


def days_pdf(days: Days | WorkerDay, *, reader: str) -> bytes:
    """A day on paper, a page a worker; whoever printed it stands on every page, as it goes out of
    the house."""
    return marked(pdf.render(DAY_SHEET, days), Mark(reader=reader))


def _event(visit: CalendarVisit, address: str) -> Any:
    event: Any = Event()
    event.add("uid", f"{visit.number}@{address.split('//')[-1] or 'welfare'}")
    event.add("dtstamp", clock.now())
    event.add("sequence", visit.version)
    event.add("summary", _summary(visit))
    if visit.time:
        local = datetime.combine(visit.day, time.fromisoformat(visit.time), clock.BANGKOK)
        start = local.astimezone(UTC)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=visit.minutes))
    else:
        event.add("dtstart", visit.day)
    page = "/field" if visit.along else f"/field/visits/{visit.number}"
    event.add("url", address + page)
    return event


def _summary(visit: CalendarVisit) -> str:
    where = _("Moo %(no)s", no=visit.village_no) if visit.village_no else ""
    what = _("Goes along on a home visit") if visit.along else _("Home visit")
    return f"{what} {where}".strip()
