"""Looking after the days on which the office is closed.

Whoever keeps deadlines follows a change (:func:`after_closures`) and reckons anew what still runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.municipality import Closure
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.workdays import thai_holidays

FROM_LIBRARY = "holidays (Thailand)"
OWN = "office"
YEARS_AHEAD = 5


Follower = Callable[[Viewer, list[date]], None]
"""``follower(actor, days)``: these days became closed or open, in the same transaction."""

_followers: list[Follower] = []


def after_closures(follower: Follower) -> None:
    """Follow every change of the closed days; the application says so once at its start."""
    if follower not in _followers:
        _followers.append(follower)


def _tell_followers(actor: Viewer, days: Iterable[date]) -> None:
    changed = sorted(days)
    for follower in _followers if changed else ():
        follower(actor, changed)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """One closed day; ``own`` when the office entered it itself."""

    day: date
    name_th: str
    name_en: str
    own: bool


def closed_days(year: int) -> list[ClosedDay]:
    """The closed days of a calendar year (ค.ศ.), in order."""
    rows = db.session.execute(
        select(Closure.day, Closure.name_th, Closure.name_en, Closure.source)
        .where(Closure.day.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(Closure.day)
    )
    return [
        ClosedDay(row.day, row.name_th, row.name_en, row.source != FROM_LIBRARY) for row in rows
    ]


def add_closure(*, actor: Viewer, day: date, name_th: str, name_en: str = "") -> None:
    """Add a closed day; ``Refused`` when the day is one already or lies too far away."""
    _must_manage(actor)
    if not 2000 <= day.year <= clock.today().year + YEARS_AHEAD:
        raise Refused(_("This year is too far away."), field="day")
    if db.session.get(Closure, day) is not None:
        raise Refused(_("This day is a closed day already."), field="day")
    db.session.add(Closure(day=day, name_th=name_th, name_en=name_en, source=OWN))
    audit.record(actor, "closure.added", "closure", day.isoformat(), {"name": name_th})
    _tell_followers(actor, [day])
    db.session.flush()


def remove_closure(*, actor: Viewer, day: date) -> None:
    """Make a closed day a working day; ``NotFound`` if it was not closed."""
    _must_manage(actor)
    found = db.session.get(Closure, day, with_for_update=True)
    if found is None:
        raise NotFound
    db.session.delete(found)
    audit.record(actor, "closure.removed", "closure", day.isoformat(), {"name": found.name_th})
    _tell_followers(actor, [day])
    db.session.flush()


def import_holidays(*, actor: Viewer, year: int) -> int:
    """Enter the public holidays of a year as far as they are known; returns how many were new.

    What the office entered or renamed stays as it is.
    """
    _must_manage(actor)
    this_year = clock.today().year
    if not this_year - 2 <= year <= this_year + YEARS_AHEAD:
        raise Refused(_("This year is too far away."), field="year")
    known = {closed.day for closed in closed_days(year)}
    new = {day.day: day for day in thai_holidays([year]) if day.day not in known}
    db.session.add_all(
        Closure(day=day.day, name_th=day.name_th, name_en=day.name_en, source=FROM_LIBRARY)
        for day in new.values()
    )
    audit.record(actor, "closure.imported", "closure", str(year), {"days": len(new)})
    _tell_followers(actor, new)
    db.session.flush()
    return len(new)


def _must_manage(actor: Viewer) -> None:
    if not actor.can(Permission.MANAGE_LISTS):
        raise Forbidden
