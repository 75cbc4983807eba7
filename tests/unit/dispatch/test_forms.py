"""Reading a time, and the week of a day."""

from datetime import date

import pytest
from wtforms import ValidationError

from welfare.dispatch.forms import read_time
from welfare.dispatch.queries.workers import week_of
from welfare.dispatch.workflow import VISIT_TRANSITIONS, VisitStatus


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("09:30", "09:30"), ("9.30", "09:30"), ("0930", "09:30"), ("930", "09:30"),
        ("๑๓:๐๐ น.", "13:00"), ("13 น.", "13:00"), ("8 นาฬิกา", "08:00"), ("0:05", "00:05"),
    ],
)  # fmt: skip
def test_a_time(typed: str, read: str) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "9:60", "เช้า", "9:3", "12345", "-1", "९:३०"])
def test_no_time(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_time(typed)


def test_a_week_begins_on_monday() -> None:
    assert week_of(date(2026, 11, 22)) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week_of(date(2026, 11, 23))[0] == date(2026, 11, 23)


def test_only_a_planned_visit_changes_its_state() -> None:
    assert [state for state, following in VISIT_TRANSITIONS.items() if following] == [
        VisitStatus.PLANNED
    ]
