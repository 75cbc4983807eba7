"""What every verb of the registry does: version, values into a record, one number for one thing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy.exc import IntegrityError

from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import BE_OFFSET
from welfare.households.facts import KEEP
from welfare.households.kinds import DatePrecision

PRECISION_OF = {
    "birth_date": "birth_precision", "from_day": "from_precision", "to_day": "to_precision",
}  # fmt: skip
"""Where it stands how much of a date is known."""


def must_edit(actor: Viewer) -> None:
    """``Forbidden`` for who may not change the registry at all."""
    if not actor.can(Permission.EDIT_REGISTRY):
        raise Forbidden


def must_cover(actor: Viewer, village_no: int | None) -> None:
    """``Refused`` for a village outside the area of who writes."""
    if not actor.covers(village_no):
        raise Refused(_("This village is outside your area."), field="village_no")


def must_be_fresh(seen: int, present: int, *facts: Any) -> None:
    """``StaleRecord`` with what stands there now when somebody saved since ``seen`` was read."""
    if seen != present:
        current: dict[str, str] = {}
        for part in facts:
            current |= texts_of(part)
        raise StaleRecord(version=present, current=current)


def not_in_future(day: date | None, field: str) -> None:
    """``Refused`` for a day that has not come yet."""
    if day is not None and day > clock.today():
        raise Refused(_("This day has not come yet."), field=field)


def last_day(day: date | None, precision: DatePrecision) -> date | None:
    """The last day that a date known in part may mean."""
    if day is None or precision is DatePrecision.DAY:
        return day
    month = 12 if precision is DatePrecision.YEAR else day.month
    return date(day.year, month, monthrange(day.year, month)[1])


def assign(record: Any, facts: Any) -> None:
    """Put facts into a record; equal values stay untouched, ``KEEP`` too."""
    for field in fields(facts):
        value = getattr(facts, field.name)
        if value is not KEEP and getattr(record, field.name) != value:
            setattr(record, field.name, value)


def texts_of(facts: Any) -> dict[str, str]:
    """Facts by form field name, as the text that a form would send; dates in three fields."""
    texts: dict[str, str] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if value is KEEP:
            continue
        if isinstance(value, date):
            known = getattr(facts, PRECISION_OF.get(field.name, ""), DatePrecision.DAY)
            whole, year = known == DatePrecision.DAY, known == DatePrecision.YEAR
            texts[f"{field.name}-day"] = str(value.day) if whole else ""
            texts[f"{field.name}-month"] = "" if year else str(value.month)
            texts[f"{field.name}-year"] = str(value.year + BE_OFFSET)
        else:
            texts[field.name] = _text(value)
    return texts


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "y"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


@contextmanager
def only_one(message: str, field: str) -> Iterator[None]:
    """Flush; a unique value that another transaction has just taken is ``Refused``."""
    yield
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise Refused(message, field=field) from None
