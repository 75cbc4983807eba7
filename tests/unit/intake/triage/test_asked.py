"""What the address of the queue asks for, and what of it is left out."""

import pytest

from welfare.cases.workflow import Priority
from welfare.intake.queries import asked
from welfare.intake.queries.asked import Order, Scope, read_filters
from welfare.intake.queries.waits import waits_in
from welfare.intake.workflow import ComplaintStatus


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "category_by_code", lambda _code: None)
    monkeypatch.setattr(asked, "blind_index", lambda text, purpose: f"{purpose}:{text}".encode())


def test_nothing_asked_is_what_waits_most_pressing_first() -> None:
    filters = read_filters({}).filters
    assert filters.status is ComplaintStatus.SUBMITTED
    assert filters.sort is Order.PRESSING
    assert filters.undecided


def test_all_is_newest_first() -> None:
    filters = read_filters({"status": "all"}).filters
    assert (filters.status, filters.sort) == (Scope.ALL, Order.NEWEST)


def test_a_telephone_number_is_looked_for_as_one() -> None:
    assert read_filters({"q": "081-234-5678"}).filters.phone == b"phone:66812345678"
    assert read_filters({"q": "1669"}).filters.phone is None


def test_a_number_is_looked_for_as_one() -> None:
    assert read_filters({"q": "um70 000016 5"}).filters.reference == "UM70-000016-5"


def test_known_values_are_understood() -> None:
    found = read_filters({"village": "๓", "priority": "urgent", "overdue": "1", "sort": "oldest"})
    filters = found.filters
    assert found.ignored == ()
    assert (filters.village, filters.priority, filters.overdue) == (3, Priority.URGENT, True)
    assert filters.sort is Order.OLDEST


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "x"), ("category", "nothing"), ("village", "-1"), ("village", "9999"),
        ("priority", "5"), ("overdue", "yes"), ("sort", "up"), ("page", "a9.1.1"),
        ("page", "a1.1." + "9" * 12), ("q", "\u200b"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_named(name: str, value: str) -> None:
    found = read_filters({name: value})
    assert found.ignored == (name,)
    assert found.filters == read_filters({}).filters


def test_waits_end_with_the_answer_or_the_decision() -> None:
    from datetime import UTC, datetime

    from welfare.intake.models import ComplaintEventKind as Kind

    day = [datetime(2026, 11, number, tzinfo=UTC) for number in range(1, 9)]
    lines = [
        (day[0], Kind.FILED), (day[1], Kind.ASKED), (day[2], Kind.ASKED), (day[3], Kind.ANSWERED),
        (day[4], Kind.ASKED), (day[5], Kind.DECLINED), (day[6], Kind.RETURNED),
        (day[7], Kind.ASKED),
    ]  # fmt: skip
    assert waits_in(lines) == [(day[1], day[3]), (day[4], day[5]), (day[7], None)]
