"""From which age one marries, by the law of the day."""

from datetime import date

import pytest

from welfare.households.services.ages import too_young_to_marry


@pytest.mark.parametrize(
    ("years", "day", "asked"),
    [
        (17, date(2025, 1, 21), None),
        (17, date(2025, 1, 22), 18),
        (16, date(2025, 1, 21), 17),
        (18, date(2025, 1, 22), None),
        (16, date(1960, 5, 1), 17),
        (None, date(2026, 1, 1), None),
    ],
)
def test_the_age_of_marriage_is_that_of_the_day(
    years: int | None, day: date, asked: int | None
) -> None:
    law = too_young_to_marry(years, day)
    assert (law[0] if law else None) == asked
    assert law is None or "1448" in law[1]
