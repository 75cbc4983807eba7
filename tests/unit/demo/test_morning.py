"""What a newcomer finds on the first morning."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from welfare.demo.answers import answer_of, unhappy_at
from welfare.demo.generate import generate
from welfare.demo.seeds import Municipality

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(scope="module")
def town() -> Municipality:
    return generate(now=NOW, households=300, cases=240)


def test_there_is_something_to_give_out_to_answer_and_to_wait_for(town: Municipality) -> None:
    states = Counter(case.status for case in town.cases)
    assert 6 <= states["new"] <= 14
    assert 4 <= states["offered"] <= 8
    assert states["waiting"] >= 1
    last = [case.assignments[-1].status for case in town.cases if case.assignments]
    assert 2 <= last.count("declined") <= 5


def test_what_is_put_back_holds_together(town: Municipality) -> None:
    for case in town.cases:
        assert case.updated_at <= NOW
        assert [event.at for event in case.events] == sorted(event.at for event in case.events)
        if case.status == "new" and not case.reopened_times:
            assert case.assignee is None
            assert not (case.visits or case.tasks or case.assistance)
        if case.status == "offered":
            assert case.assignments[-1].status == "offered"
            assert case.assignee == case.assignments[-1].worker


def test_answers_stand_on_the_request_too(town: Municipality) -> None:
    answered = [case for case in town.cases if answer_of(case)]
    assert answered
    for case in answered:
        first = town.complaints[case.complaints[0]]
        assert [event.detail for event in first.events if event.kind == "feedback"]
    for case in town.cases:
        if unhappy_at(case, NOW):
            assert case.status == "closed"
