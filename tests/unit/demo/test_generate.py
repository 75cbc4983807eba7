"""The fictional municipality: shape, reproducibility, and that nobody in it can be real."""

import re
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from welfare.demo import identity
from welfare.demo.generate import digest, generate
from welfare.demo.seeds import Municipality
from welfare.demo.stories import categories

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(scope="module")
def town() -> Municipality:
    return generate(now=NOW)


def small(seed: int) -> str:
    return digest(generate(now=NOW, households=120, cases=40, seed=seed))


def test_same_seed_gives_the_same_town() -> None:
    assert small(1) == small(1)


def test_another_seed_gives_another_town() -> None:
    assert small(1) != small(2)


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        generate(now=NOW.replace(tzinfo=None))


def test_size_is_that_of_umong(town: Municipality) -> None:
    assert len(town.households) == 4_500
    assert 12_000 < len(town.people) < 14_500
    assert {house.village_no for house in town.households} == set(range(1, 12))
    assert 1_100 < len(town.complaints) < 1_350
    assert town.complaints[0].filed_at >= datetime(2025, 10, 1, tzinfo=NOW.tzinfo)


def test_ages_are_those_of_the_old_north(town: Municipality) -> None:
    ages = [
        (NOW.date() - person.birth_date).days // 365 for person in town.people if person.birth_date
    ]
    old = sum(age >= 60 for age in ages) / len(ages)
    young = sum(age < 15 for age in ages) / len(ages)
    assert 0.2 < old < 0.36
    assert 0.1 < young < 0.22
    assert max(ages) < 106


def test_the_mess_of_real_life_is_there(town: Municipality) -> None:
    people = town.people
    assert any(person.id_kind == "none" for person in people)
    assert any(person.birth_precision == "year" for person in people)
    assert sum(person.died_on is not None for person in people) > 50
    assert any(link.end_reason == "moved" for link in town.memberships)
    assert any(not link.on_register for link in town.memberships)
    assert any(not link.de_facto for link in town.memberships)
    statuses = Counter(complaint.status for complaint in town.complaints)
    assert set(statuses) == {
        "submitted",
        "needs_info",
        "accepted",
        "referred",
        "declined",
        "withdrawn",
    }
    assert any(complaint.reporter.anonymous for complaint in town.complaints)
    assert any(complaint.duplicate_of is not None for complaint in town.complaints)
    assert {case.status for case in town.cases} >= {"new", "working", "waiting", "closed"}
    outcomes = {case.outcome for case in town.cases}
    assert outcomes >= {"solved", "partly", "not_eligible", "referred", "withdrawn", "deceased"}
    assert any(case.reopened_times for case in town.cases)
    visits = Counter(visit.status for case in town.cases for visit in case.visits)
    assert visits["missed"] > 50 and visits["planned"] > 10
    answers = Counter(item.status for case in town.cases for item in case.assignments)
    assert answers["declined"] > 20


def test_some_cases_are_late_but_not_most(town: Municipality) -> None:
    opened = [case for case in town.cases if case.status != "closed"]
    late = [case for case in opened if case.due_on < NOW.date()]
    assert 60 <= len(opened) <= 200
    assert 0.15 < len(late) / len(opened) < 0.75


def test_every_category_and_village_occurs(town: Municipality) -> None:
    assert {complaint.category for complaint in town.complaints} == set(categories())
    assert {case.village_no for case in town.cases} == set(range(1, 12))


def test_numbers_belong_to_nobody(town: Municipality) -> None:
    numbers = [person.national_id for person in town.people if person.national_id]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert re.fullmatch(r"[0-8]9999\d{8}", number)
        assert identity.check_digit(number[:12]) == number[12]
    for house in town.households:
        assert house.registry_code is None or house.registry_code.startswith("9999")
    phones = {person.phone for person in town.people}
    phones |= {complaint.reporter.phone for complaint in town.complaints}
    phones |= {complaint.subject_phone for complaint in town.complaints}
    assert all(re.fullmatch(r"099000\d{4}", phone) for phone in phones if phone)
    emails = {complaint.reporter.email for complaint in town.complaints} - {None}
    assert emails and all(str(email).endswith("@example.invalid") for email in emails)


def test_no_number_is_written_in_a_text(town: Municipality) -> None:
    texts = [complaint.description for complaint in town.complaints]
    texts += [event.text for case in town.cases for event in case.events]
    assert not [text for text in texts if re.search(r"\d{9,}", text)]


def test_anonymous_means_nothing_is_known(town: Municipality) -> None:
    for complaint in town.complaints:
        if complaint.reporter.anonymous:
            reporter = complaint.reporter
            assert not (reporter.name or reporter.phone or reporter.email)


def test_texts_are_filled_and_vary(town: Municipality) -> None:
    texts = [complaint.description for complaint in town.complaints]
    assert not [text for text in texts if re.search(r"[{}\[\]|]", text)]
    assert min(map(len, texts)) > 15
    for start in range(0, len(texts) - 50, 50):
        page = texts[start : start + 50]
        assert len(set(page)) >= 48
        assert len({text[:25] for text in page}) >= 38


def test_complaints_are_in_order_and_coherent(town: Municipality) -> None:
    filed = [complaint.filed_at for complaint in town.complaints]
    assert filed == sorted(filed)
    for place, complaint in enumerate(town.complaints):
        assert complaint.index == place
        times = [event.at for event in complaint.events]
        assert times == sorted(times) and times[0] == complaint.filed_at and times[-1] <= NOW
        assert (complaint.case is not None) == (complaint.status == "accepted")
        if complaint.status in ("declined", "referred", "withdrawn"):
            assert complaint.decision_text and complaint.decided_at
        if complaint.case is not None:
            assert place in town.cases[complaint.case].complaints


def test_cases_are_in_order_and_coherent(town: Municipality) -> None:
    for place, case in enumerate(town.cases):
        assert case.index == place and case.complaints
        assert case.opened_at >= town.complaints[case.complaints[0]].filed_at
        times = [event.at for event in case.events]
        assert times == sorted(times) and times[0] >= case.opened_at and times[-1] <= NOW
        closed = case.status == "closed"
        assert closed == bool(case.closed_at) == bool(case.outcome) == bool(case.outcome_note)
        assert (case.status == "waiting") == bool(case.paused_at)
        current = [item for item in case.assignments if item.status in ("offered", "accepted")]
        assert len(current) <= 1
        assert not (closed and current)
        if case.status in ("offered", "working", "waiting"):
            assert case.assignee == current[0].worker


def test_visits_and_help_fit_the_case(town: Municipality) -> None:
    for case in town.cases:
        end = case.closed_at or NOW
        for visit in case.visits:
            assert visit.planned_by_at >= case.opened_at
            if visit.status == "done":
                assert visit.findings and visit.recorded_at and visit.recorded_at <= end
            elif visit.status == "missed":
                assert visit.reason
        for item in case.assistance:
            assert case.opened_at.date() <= item.given_on <= end.date()
            assert item.amount is None or 0 < item.amount <= 50_000
        for task in case.tasks:
            assert task.done_at is None or task.created_at < task.done_at <= NOW


def test_nobody_is_helped_after_death(town: Municipality) -> None:
    for case in town.cases:
        died = town.people[case.subject].died_on if case.subject is not None else None
        if died is None or case.category == "funeral":
            continue
        assert all(item.given_on <= died for item in case.assistance)
        if (
            case.status == "closed"
            and case.closed_at
            and case.closed_at.date() > died + timedelta(7)
        ):
            assert case.outcome == "deceased"


def test_nobody_lives_in_two_houses(town: Municipality) -> None:
    living = [link.person for link in town.memberships if link.ends_on is None]
    assert len(living) == len(set(living))
    for link in town.memberships:
        assert link.ends_on is None or link.ends_on >= link.starts_on
    heads = Counter(link.household for link in town.memberships if link.is_head)
    assert set(heads) == {house.index for house in town.households}
    assert max(heads.values()) == 1
