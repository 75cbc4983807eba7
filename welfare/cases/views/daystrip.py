"""The small calendar beside a deadline: which days counted, which did not."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from markupsafe import Markup

from welfare.core.deadlines import Deadline
from welfare.core.i18n import gettext as _
from welfare.core.thai.dates import MONTHS_EN, MONTHS_SHORT, WEEKDAYS_SHORT, Language

MOST_WEEKS = 60
_WEEKDAYS_EN = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@lru_cache(maxsize=500)
def day_strip(reckoning: Deadline, lang: Language) -> Markup:
    """A table of weeks from the day the clock began to the deadline.

    For the eye alone (``aria-hidden``): the sentence beside it says the same.
    """
    closed = dict(reckoning.closed)
    waited = {day for day, _whom in reckoning.waited_on}
    day = reckoning.start - timedelta(days=reckoning.start.weekday())
    weeks: list[str] = []
    while day <= reckoning.due_on and len(weeks) < MOST_WEEKS:
        row = [day + timedelta(days=n) for n in range(7)]
        cells = [_cell(one, reckoning, closed, waited) for one in row]
        weeks.append(f"<tr><th>{_month(row, reckoning.start, lang)}</th>{''.join(cells)}</tr>")
        day += timedelta(days=7)
    names = _WEEKDAYS_EN if lang == "en" else WEEKDAYS_SHORT
    head = "".join(f"<th>{name}</th>" for name in names)
    return Markup(  # noqa: S704 - numbers, and names that were escaped
        f'<table class="daystrip" aria-hidden="true"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(weeks)}</tbody></table>"
    )


def _month(week: list[date], start: date, lang: Language) -> str:
    """The month's name beside the week in which it begins, and beside the first one."""
    first = next((day for day in week if day.day == 1 and day >= start), None)
    day = first or (start if start in week else None)
    if day is None:
        return ""
    return MONTHS_EN[day.month - 1][:3] if lang == "en" else MONTHS_SHORT[day.month - 1]


def _cell(day: date, reckoning: Deadline, closed: dict[date, str], waited: set[date]) -> str:
    if not reckoning.start <= day <= reckoning.due_on:
        return "<td></td>"
    title = ""
    if day == reckoning.start:
        kind = "is-start"
    elif day in closed:
        kind, title = "is-closed", f' title="{Markup.escape(closed[day])}"'
    elif day.weekday() >= 5:
        kind = "is-weekend"
    else:
        kind = "is-waited" if day in waited else "is-counted"
    last = " is-due" if day == reckoning.due_on else ""
    return f'<td class="{kind}{last}"{title}>{day.day}</td>'


def legend() -> list[tuple[str, str]]:
    """What the colours of the strip mean: class and words."""
    return [
        ("is-start", _("the day it began, which does not count")),
        ("is-counted", _("working day, counted")),
        ("is-weekend", _("Saturday, Sunday")),
        ("is-closed", _("public holiday or closed day")),
        ("is-waited", _("waiting, not counted")),
        ("is-due", _("the last day")),
    ]
