"""Comparing dates of birth, as far as they are known."""

from __future__ import annotations

from datetime import date

from rapidfuzz.distance import OSA

from welfare.core.thai.dates import BE_OFFSET
from welfare.households.kinds import DatePrecision
from welfare.households.likeness.signs import Sign
from welfare.households.likeness.weights import FIRST_OF_JANUARY, WEIGHTS

Outcome = tuple[float, Sign | None]
FEW_YEARS = 5
GENERATION = 15


def compare_births(
    a: date | None, a_known: DatePrecision, b: date | None, b_known: DatePrecision
) -> Outcome:
    """Bits and what to say of two dates of birth; nothing where one is missing."""
    if a is None or b is None:
        return 0.0, None
    if abs(a.year - b.year) == BE_OFFSET and (a.month, a.day) == (b.month, b.day):
        return _worth(Sign.BIRTH_ERA)
    if DatePrecision.YEAR in (a_known, b_known) or _year_alone(a) != _year_alone(b):
        return _years(a, b)
    if DatePrecision.MONTH in (a_known, b_known):
        same = (a.year, a.month) == (b.year, b.month)
        return _worth(Sign.BIRTH_MONTH) if same else _days(a, b)
    return _days(a, b)


def _worth(sign: Sign) -> Outcome:
    return WEIGHTS[sign], sign


def _year_alone(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _years(a: date, b: date) -> Outcome:
    """One of them is known by its year alone, or looks so."""
    apart = abs(a.year - b.year)
    if apart == 0:
        return _worth(Sign.BIRTH_YEAR)
    if apart == 1:
        return 1.0, None
    if apart < FEW_YEARS:
        return WEIGHTS[Sign.BIRTH_OTHER], Sign.BIRTH_OTHER
    return _worth(Sign.BIRTH_APART)


def _days(a: date, b: date) -> Outcome:
    if a == b:
        bits = FIRST_OF_JANUARY if _year_alone(a) else WEIGHTS[Sign.SAME_BIRTH]
        return bits, Sign.SAME_BIRTH
    if a.year == b.year and (a.day, a.month) == (b.month, b.day):
        return _worth(Sign.BIRTH_SWAPPED)
    parts = (a.year == b.year) + (a.month == b.month) + (a.day == b.day)
    if parts == 2 and (a.year == b.year or _one_digit(a.year, b.year)):
        return _worth(Sign.BIRTH_NEAR)
    apart = abs(a.year - b.year)
    if apart <= 1:
        return _worth(Sign.BIRTH_OTHER)
    bits = WEIGHTS[Sign.BIRTH_APART]
    if apart < FEW_YEARS:
        return bits / 2, Sign.BIRTH_APART
    return (bits if apart < GENERATION else bits * 1.5), Sign.BIRTH_APART


def _one_digit(a: int, b: int) -> bool:
    """One digit of the year was mistyped, in either calendar."""
    return any(
        OSA.distance(str(a + era), str(b + era), score_cutoff=1) == 1 for era in (0, BE_OFFSET)
    )
