"""Ages of life: what is asked back below or above them."""

from __future__ import annotations

from datetime import date

from welfare.core.thai.dates import age_on
from welfare.households.kinds import DatePrecision
from welfare.households.models import Person

OF_AGE_TO_MARRY = 18
"""Civil and Commercial Code, s. 1448 as amended in force since 22 January 2568 (2025)."""
OF_AGE_AS_HEAD = 18
OLDEST = 115
BEARING = range(12, 56)
FATHERING = range(12, 81)
LEAST_BETWEEN_PARENT_AND_CHILD = 12


def age_of(person: Person, day: date) -> int | None:
    """Full years on a day, 0 before birth; ``None`` where the birth date is not known."""
    if person.birth_date is None:
        return None
    precision = DatePrecision(person.birth_precision)
    return max(age_on(person.birth_date, precision.value, day), 0)
