"""Whether a dated fact can be true of the person it is noted of: their days, their sex, their age.

What cannot be (before birth, after death) is refused; what hardly can be is asked back.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.households.facts import FactEntry
from welfare.households.kinds import DatePrecision, FactKind, MaritalStatus, Sex
from welfare.households.models import Person
from welfare.households.queries.rows import full_name
from welfare.households.services.ages import BEARING, age_of, too_young_to_marry


def must_be_of_their_life(person: Person, entry: FactEntry) -> None:
    """``Refused`` for a day before the person was born or after they died. A year alone counts
    where its end is early enough, or its beginning late."""
    since = entry.from_day
    if since is None:
        return
    if person.birth_date is not None and _end_of(since, entry.from_precision) < person.birth_date:
        raise Refused(
            _("On this day %(name)s was not born yet.", name=_name(person)), field="from_day"
        )
    if person.deceased_on is not None and since > person.deceased_on:
        raise Refused(_("%(name)s had died before this day.", name=_name(person)), field="from_day")


def doubts_of(person: Person, entry: FactEntry) -> list[str]:
    """What to ask back of a fact, in words."""
    if entry.kind is FactKind.PREGNANCY:
        return _doubts_of_pregnancy(person, entry)
    if entry.kind is FactKind.MARITAL and entry.code != MaritalStatus.SINGLE:
        day = entry.from_day or clock.today()
        years = age_of(person, day)
        if law := too_young_to_marry(years, day):
            return [
                _("%(name)s was %(years)s years old on that day; marriage was allowed from %(age)s"
                  " (%(basis)s). Is the marital status right?",
                  name=_name(person), years=years, age=law[0], basis=law[1])
            ]  # fmt: skip
    return []


def _doubts_of_pregnancy(person: Person, entry: FactEntry) -> list[str]:
    if person.sex == Sex.MALE:
        return [_("%(name)s is registered as a man. Is the pregnancy right?", name=_name(person))]
    years = age_of(person, entry.from_day or clock.today())
    if years is not None and years not in BEARING:
        return [
            _("%(name)s was %(years)s years old on that day. Is the pregnancy right?",
              name=_name(person), years=years)
        ]  # fmt: skip
    return []


def _end_of(day: date, precision: DatePrecision) -> date:
    """The last day that is meant by a day of which perhaps only the month or year is known."""
    if precision is DatePrecision.YEAR:
        return date(day.year, 12, 31)
    if precision is DatePrecision.MONTH:
        return date(day.year, day.month, monthrange(day.year, day.month)[1])
    return day


def _name(person: Person) -> str:
    return full_name(person.title, person.first_name, person.middle_name, person.last_name)
