"""Dates are read in either era, whole or in part, and never guessed."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.core.thai.dateinput import ParsedDate, from_parts, parse_date
from welfare.core.thai.dates import MONTHS, MONTHS_SHORT, format_long
from welfare.core.thai.faults import InputFault

BORN = date(1966, 1, 4)


@pytest.mark.parametrize(
    "typed",
    ["04/01/2509", "4/1/1966", "4-1-2509", "4.1.2509", "4 1 2509", "๔/๑/๒๕๐๙", "4 มกราคม 2509",
     "4 ม.ค. ๒๕๐๙", "4มค2509", "4 Jan 1966", "4th January 1966", "Jan 4, 1966", "1966-01-04",
     "2509-01-04", "1966-01-04T00:00:00", "วันอังคารที่ 4 มกราคม พ.ศ. 2509", "4 ม.ค. ค.ศ. 1966",
     "วันที่ 4 เดือน มกราคม ปี 2509", "\u200b4\u00a0มกราคม  2509 ", "4/ม.ค./2509"],
)  # fmt: skip
def test_whole_dates(typed: str) -> None:
    assert parse_date(typed) == ParsedDate(BORN, "day")


@pytest.mark.parametrize(
    "typed", ["มกราคม 2509", "ม.ค. 1966", "01/2509", "Jan 1966", "เดือนมกราคม ปี 2509"]
)
def test_months(typed: str) -> None:
    assert parse_date(typed) == ParsedDate(date(1966, 1, 1), "month")


@pytest.mark.parametrize(
    "typed", ["2509", "๒๕๐๙", "1966", "พ.ศ. 2509", "พ.ศ.๒๕๐๙", "พศ 2509", "ค.ศ. 1966", "ปี 2509"]
)
def test_years(typed: str) -> None:
    assert parse_date(typed) == ParsedDate(date(1966, 1, 1), "year")


@pytest.mark.parametrize(
    ("typed", "code", "part"),
    [
        ("", "date_empty", None),
        (" \u200b ", "date_empty", None),
        ("เมื่อวาน", "date_unreadable", None),
        ("4/1", "date_two_digit_year", "year"),
        ("1/2/3/4", "date_unreadable", None),
        ("-" * 100_000 + "x", "date_unreadable", None),
        ("22 พ.ย. 69", "date_two_digit_year", "year"),
        ("04/01/09", "date_two_digit_year", "year"),
        ("69", "date_two_digit_year", "year"),
        ("29/2/2566", "date_day", "day"),
        ("31 เม.ย. 2560", "date_day", "day"),
        ("0/1/2509", "date_day", "day"),
        ("1/13/2509", "date_month", "month"),
        ("4 ดาวอังคาร 2509", "date_month", "month"),
        ("1/1/2200", "date_year", "year"),
        ("1/1/9999999999999999999999", "date_year", "year"),
        ("1/1/2700", "date_year", "year"),
        ("พ.ศ. 1966", "date_year", "year"),
        ("ค.ศ. 2509", "date_year", "year"),
    ],
)
def test_refused(typed: str, code: str, part: str | None) -> None:
    with pytest.raises(InputFault) as caught:
        parse_date(typed)
    assert (caught.value.code, caught.value.part) == (code, part)
    assert typed not in str(caught.value) or not typed


def test_leap_days_follow_the_christian_year() -> None:
    assert parse_date("29/2/2567").date == date(2024, 2, 29)
    assert from_parts("29", "2", "2024").date == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("parts", "code", "part"),
    [
        (("", "", ""), "date_empty", "day"),
        (("4", "1", ""), "date_year_missing", "year"),
        (("4", "", "2509"), "date_month_missing", "month"),
        (("สี่", "1", "2509"), "date_day", "day"),
        (("4", "13", "2509"), "date_month", "month"),
        (("4", "1", "66"), "date_two_digit_year", "year"),
        (("4", "1", "2509x"), "date_year", "year"),
        (("³", "1", "2509"), "date_day", "day"),
    ],
)
def test_three_fields_say_which(parts: tuple[str, str, str], code: str, part: str) -> None:
    with pytest.raises(InputFault) as caught:
        from_parts(*parts)
    assert (caught.value.code, caught.value.part) == (code, part)


def test_three_fields_may_be_partial() -> None:
    assert from_parts(4, 1, 2509) == ParsedDate(BORN, "day")
    assert from_parts(None, "ม.ค.", "๒๕๐๙") == ParsedDate(date(1966, 1, 1), "month")
    assert from_parts("", "", "พ.ศ. 2509") == ParsedDate(date(1966, 1, 1), "year")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from([0, 543]))
def test_reads_what_is_written(day: date, offset: int) -> None:
    year = day.year + offset
    month = day.month - 1
    for typed in (
        f"{day.day}/{day.month}/{year}",
        f"{day.day} {MONTHS[month]} {year}",
        f"{day.day} {MONTHS_SHORT[month]} {year}",
        f"{year}-{day.month:02d}-{day.day:02d}",
    ):
        assert parse_date(typed) == ParsedDate(day, "day")
    assert parse_date(format_long(day, thai_digits=True)).date == day
    assert parse_date(format_long(day, lang="en")).date == day


@given(st.text(st.sampled_from("0123๒๕/-. กมค.ศปีJan,T"), max_size=20) | st.text(max_size=20))
def test_anything_else_is_a_fault(typed: str) -> None:
    with contextlib.suppress(InputFault):
        parse_date(typed)
