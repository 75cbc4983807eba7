"""Deadlines in working days agree with counting on the fingers."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welfare.core.clock import BANGKOK
from welfare.core.workdays import (
    DayKind,
    Pause,
    add_working_days,
    is_working_day,
    thai_holidays,
    working_days_between,
)

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=BANGKOK)
CLOSED = {date(2026, 12, 7): "ชดเชยวันพ่อแห่งชาติ"}

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
MOMENTS = st.datetimes(
    datetime(2025, 12, 30),  # noqa: DTZ001
    datetime(2026, 4, 10),  # noqa: DTZ001
    timezones=st.just(BANGKOK),
)
CLOSURES = st.dictionaries(DAYS, st.just("closed"), max_size=20)
PAUSES = st.lists(
    st.tuples(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=15))).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=4,
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BANGKOK)


def due(days: int, *pauses: Pause, start: datetime = FRIDAY) -> datetime:
    return add_working_days(start, days, CLOSED, pauses).due_at


def test_the_weekend_does_not_count() -> None:
    assert due(1) == at(23, 16, 30)
    assert due(5) == at(27, 16, 30)
    assert due(6) == at(30, 16, 30)


def test_a_closure_does_not_count() -> None:
    assert due(10) == at(4, 16, 30, month=12)
    assert due(11) == at(8, 16, 30, month=12)


def test_the_start_day_is_that_of_bangkok() -> None:
    friday_evening = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)
    saturday_there = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    sunday_there = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert due(1, start=friday_evening) == due(1, start=saturday_there) == at(23, 16, 30)
    assert due(1, start=sunday_there) == at(24, 16, 30)


def test_steps_show_the_arithmetic() -> None:
    deadline = add_working_days(
        at(3, 9, month=12), 3, CLOSED, [(at(8, 10, month=12), at(8, 11, month=12))]
    )
    assert [(s.day.day, s.kind, s.number, s.note) for s in deadline.steps] == [
        (4, DayKind.COUNTED, 1, ""),
        (5, DayKind.WEEKEND, None, ""),
        (6, DayKind.WEEKEND, None, ""),
        (7, DayKind.CLOSURE, None, "ชดเชยวันพ่อแห่งชาติ"),
        (8, DayKind.PAUSED, None, ""),
        (9, DayKind.COUNTED, 2, ""),
        (10, DayKind.COUNTED, 3, ""),
    ]
    assert not deadline.provisional


@pytest.mark.parametrize(
    ("pause", "last"),
    [
        ((at(23, 10), at(23, 11)), 24),
        ((at(23, 16, 29), at(24, 8, 31)), 25),
        ((at(20, 17), at(23, 8, 30)), 23),
        ((at(23, 16, 30), at(24, 8, 30)), 23),
        ((at(23, 10), at(23, 10)), 23),
        ((at(23, 11), at(23, 10)), 23),
        ((at(1, 8), at(20, 16)), 23),
        ((at(20, 10), at(25, 9)), 26),
        ((at(23, 20).astimezone(UTC), at(23, 21).astimezone(UTC)), 23),
    ],
)
def test_a_day_counts_unless_the_office_waited_in_office_hours(pause: Pause, last: int) -> None:
    assert due(1, pause) == at(last, 16, 30)


def test_an_open_pause_is_provisional() -> None:
    paused = add_working_days(FRIDAY, 1, {}, [(at(23, 10), None)], now=at(25, 12))
    assert (paused.due_at, paused.provisional) == (at(26, 16, 30), True)
    unknown = add_working_days(FRIDAY, 1, {}, [(at(23, 10), None)])
    assert (unknown.due_at, unknown.provisional) == (at(23, 16, 30), True)
    too_late = add_working_days(FRIDAY, 1, {}, [(at(24, 10), None)], now=at(25, 12))
    assert (too_late.due_at, too_late.provisional) == (at(23, 16, 30), False)


def test_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        due(0)
    with pytest.raises(ValueError, match="aware"):
        due(1, start=datetime(2026, 11, 20))  # noqa: DTZ001
    with pytest.raises(ValueError, match="horizon"):
        due(1, (FRIDAY, FRIDAY + timedelta(days=40_000)))


@given(MOMENTS, st.integers(1, 40), CLOSURES, PAUSES)
def test_agrees_with_an_independent_count(
    start: datetime, days: int, closures: dict[date, str], pauses: list[Pause]
) -> None:
    left, day = days, start.date()
    while left:
        day = day + timedelta(days=1)
        if day.strftime("%a") in ("Sat", "Sun") or day in closures:
            continue
        opens, closes = (datetime.combine(day, time(h, 30), BANGKOK) for h in (8, 16))
        waited = any(
            min(end, closes) - max(begin, opens) > timedelta(0) for begin, end in pauses if end
        )
        left -= not waited
    deadline = add_working_days(start, days, closures, pauses)
    assert deadline.due_at == datetime.combine(day, time(16, 30), BANGKOK)
    assert [step.number for step in deadline.steps if step.number] == list(range(1, days + 1))
    assert deadline.steps[-1].day == day


@given(
    MOMENTS,
    st.integers(1, 40),
    CLOSURES,
    PAUSES,
    MOMENTS,
    st.timedeltas(timedelta(0), timedelta(9)),
)
def test_another_pause_never_brings_it_nearer(
    start: datetime, days: int, closures: dict[date, str], pauses: list[Pause],
    begin: datetime, length: timedelta,
) -> None:  # fmt: skip
    before = add_working_days(start, days, closures, pauses).due_at
    assert (
        add_working_days(start, days, closures, [*pauses, (begin, begin + length)]).due_at >= before
    )


@given(DAYS, DAYS, CLOSURES)
def test_between_counts_each_working_day(one: date, other: date, closures: dict[date, str]) -> None:
    low, high = sorted((one, other))
    days = [low + timedelta(days=n) for n in range(1, (high - low).days + 1)]
    expected = sum(is_working_day(day, closures) for day in days)
    assert working_days_between(low, high, closures) == expected
    assert working_days_between(high, low, closures) == -expected


def test_thai_holidays_close_government_offices() -> None:
    found = {holiday.day: holiday for holiday in thai_holidays([2026, 2027])}
    assert found[date(2026, 4, 13)].name_th == "วันสงกรานต์"
    assert found[date(2026, 12, 7)].name_en.startswith("HM King Bhumibol")
    assert date(2026, 5, 13) in found, "Royal Ploughing Ceremony: offices are closed"
    assert date(2026, 5, 1) not in found, "Labour Day: offices are open"
    assert date(2027, 5, 3) not in found, "nor is its substitute a day off"
    assert date(2026, 1, 10) not in found
    assert {day.year for day in found} == {2026, 2027}


def test_thai_holidays_of_all_years_have_both_names() -> None:
    found = thai_holidays(range(2015, 2040))
    assert len({holiday.day for holiday in found}) == len(found)
    assert all(holiday.name_th and holiday.name_en for holiday in found)
    assert {holiday.day.year for holiday in found} == set(range(2015, 2040))
