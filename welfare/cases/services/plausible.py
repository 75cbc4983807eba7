"""Days that cannot be meant, of a case: a slip of the year is told before it is kept."""

from __future__ import annotations

from datetime import date, timedelta

from welfare.cases.models import Case
from welfare.core import clock
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _

BEFORE = timedelta(days=366)
"""How long before its case something may have been looked at, or resolved: what is found earlier
belongs to another case."""


def refuse_long_before(case: Case, day: date, *, field: str) -> None:
    """``Refused`` where a day lies more than a year before the case was opened."""
    if day < clock.local(case.opened_at).date() - BEFORE:
        raise Refused(
            _("This day lies more than a year before the case was opened. Is the year right?"),
            field=field,
        )


def refuse_before(case: Case, day: date | None, *, field: str, stood: date | None = None) -> None:
    """``Refused`` where what is to come lies before the case was opened; not for the day that
    stood there already, which may have come with a case that was opened earlier."""
    if day is None or day == stood:
        return
    if day < clock.local(case.opened_at).date():
        raise Refused(
            _("This day lies before the case was opened. Is the year right?"), field=field
        )
