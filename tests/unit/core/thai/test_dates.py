"""Dates are written in the Buddhist era and in Bangkok time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.core.thai import dates
from welfare.core.thai.dates import Language, Precision

DAY = date(2026, 11, 22)


def test_short_and_long() -> None:
    assert dates.format_short(DAY) == "22 พ.ย. 69"
    assert dates.format_long(DAY) == "22 พฤศจิกายน 2569"
    assert dates.format_long(DAY, thai_digits=True) == "๒๒ พฤศจิกายน ๒๕๖๙"
    assert dates.format_short(DAY, lang="en") == "22 Nov 2026"
    assert dates.format_long(DAY, lang="en") == "22 November 2026"
    assert dates.format_short(date(1957, 1, 2)) == "2 ม.ค. 00"
    assert dates.format_weekday(date(2026, 11, 23)) == "จ. 23 พ.ย."
    assert dates.format_weekday(date(2026, 11, 23), lang="en") == "Mon 23 Nov"


def test_time_is_of_bangkok() -> None:
    late = datetime(2026, 12, 31, 17, 5, tzinfo=UTC)
    assert dates.format_datetime(late) == "1 ม.ค. 70 00:05 น."
    assert dates.format_datetime(late, thai_digits=True) == "๑ ม.ค. ๗๐ ๐๐:๐๕ น."
    assert dates.format_datetime(late, lang="en") == "1 Jan 2027 00:05"
    assert dates.format_short(late) == "1 ม.ค. 70"
    assert dates.be_year(late) == 2570
    assert dates.fiscal_year(datetime(2026, 9, 30, 17, 0, tzinfo=UTC)) == 2570


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.format_datetime(datetime(2026, 11, 22, 9, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("precision", "thai", "english"),
    [
        ("day", "22 พ.ย. 69", "22 Nov 2026"),
        ("month", "พ.ย. 2569", "Nov 2026"),
        ("year", "พ.ศ. 2569", "2026"),
    ],
)
def test_partial(precision: Precision, thai: str, english: str) -> None:
    assert dates.format_partial(DAY, precision) == thai
    assert dates.format_partial(DAY, precision, lang="en") == english


def test_fiscal_year_turns_in_october() -> None:
    assert dates.fiscal_year(date(2026, 9, 30)) == 2569
    assert dates.fiscal_year(date(2026, 10, 1)) == 2570
    assert dates.fiscal_year_range(2570) == (date(2026, 10, 1), date(2027, 9, 30))


@given(st.dates(date(1800, 1, 1), date(2500, 1, 1)))
def test_every_day_is_in_its_fiscal_year(day: date) -> None:
    first, last = dates.fiscal_year_range(dates.fiscal_year(day))
    assert first <= day <= last


@pytest.mark.parametrize(
    ("off", "lang", "words"),
    [
        (2, "th", "อีก 2 วัน"),
        (0, "th", "วันนี้"),
        (-3, "th", "เลย 3 วัน"),
        (1, "en", "in 1 day"),
        (0, "en", "today"),
        (-3, "en", "3 days late"),
    ],
)
def test_relative(off: int, lang: Language, words: str) -> None:
    assert dates.relative_due(DAY + timedelta(off), DAY, lang=lang) == words


def test_relative_counts_days_of_bangkok() -> None:
    due = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    before_dawn = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # 01:00 on the 23rd
    assert dates.relative_due(due, before_dawn) == "วันนี้"


@pytest.mark.parametrize(
    ("birth", "precision", "on", "age"),
    [
        (date(1966, 11, 22), "day", date(2026, 11, 22), 60),
        (date(1966, 11, 23), "day", date(2026, 11, 22), 59),
        (date(1966, 11, 23), "month", date(2026, 11, 1), 60),
        (date(1966, 11, 23), "year", date(2026, 1, 1), 60),
        (date(2004, 2, 29), "day", date(2026, 2, 28), 21),
        (date(2004, 2, 29), "day", date(2026, 3, 1), 22),
    ],
)
def test_age(birth: date, precision: Precision, on: date, age: int) -> None:
    assert dates.age_on(birth, precision, on) == age
