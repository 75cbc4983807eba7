"""Ages of life: what is asked back below or above them."""

from __future__ import annotations

from datetime import date

from welfare.core.thai.dates import age_on
from welfare.households.kinds import DatePrecision
from welfare.households.models import Person

OF_AGE_TO_MARRY = (
    (date(1976, 10, 16), 17, "ป.พ.พ. มาตรา 1448 (พ.ศ. 2519)"),
    (date(2025, 1, 22), 18, "ป.พ.พ. มาตรา 1448 แก้ไขโดย พ.ร.บ. (ฉบับที่ 24) พ.ศ. 2567"),
)
"""From which day on how many full years are needed, and where that is said. Before the first of
them other ages held for men and women (1935: 17 and 15); the first is asked about then, too."""
OF_AGE_AS_HEAD = 18
OLDEST = 115
BEARING = range(12, 56)
FATHERING = range(12, 81)
LEAST_BETWEEN_PARENT_AND_CHILD = 12


def too_young_to_marry(years: int | None, day: date) -> tuple[int, str] | None:
    """The age from which one could marry on a day, and its legal basis, where these years are
    fewer; ``None`` where they are enough or not known."""
    in_force = [(age, basis) for since, age, basis in OF_AGE_TO_MARRY if since <= day]
    age, basis = in_force[-1] if in_force else OF_AGE_TO_MARRY[0][1:]
    return (age, basis) if years is not None and years < age else None


def age_of(person: Person, day: date) -> int | None:
    """Full years on a day, 0 before birth; ``None`` where the birth date is not known."""
    if person.birth_date is None:
        return None
    precision = DatePrecision(person.birth_precision)
    return max(age_on(person.birth_date, precision.value, day), 0)
