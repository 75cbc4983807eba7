"""The loader, on both databases: all is written, all rules of the application still hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import Kept
from welfare.accounts.models import User
from welfare.cases.counters import rebuild
from welfare.cases.models import Assistance, Case, CaseCount, CaseEvent, CaseTask
from welfare.cases.models.case import EventKind
from welfare.cases.queries.loading import clock_of
from welfare.cases.workflow import CaseStatus
from welfare.core import audit
from welfare.core.db import db
from welfare.core.deadlines import deadline
from welfare.core.numbers import take_number
from welfare.core.thai.phones import normalise_phone
from welfare.demo.cli import sample_complaint
from welfare.demo.generate import SEED, generate
from welfare.demo.loader import NotEmptyError, load
from welfare.dispatch.models import Visit
from welfare.households.models import Household, Membership, Person
from welfare.households.models.keys import identifier_index, phone_index
from welfare.intake.models import Complaint, ComplaintEvent, Reporter

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
PASSWORD = "demo-password-for-tests"


@pytest.fixture
def loaded(kept: Kept, app: Flask) -> Iterator[Any]:
    def build() -> None:
        load(db.session(), now=NOW, password=PASSWORD, households=120, cases=90)
        db.session.commit()

    kept("demonstration", build)
    with app.app_context():
        yield db.session


def count(session: Any, model: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(model)))


def test_everything_is_written_and_can_be_read(loaded: Any) -> None:
    town = generate(now=NOW, households=120, cases=90, seed=SEED)
    assert count(loaded, Household) == 120
    assert count(loaded, Person) == len(town.people)
    assert count(loaded, Membership) == len(town.memberships)
    assert count(loaded, Complaint) == len(town.complaints)
    assert count(loaded, Case) == len(town.cases)
    events = sum(len(case.events) for case in town.cases)
    assert count(loaded, CaseEvent) == events + len(town.cases)
    addresses = loaded.scalars(select(User.email)).all()
    assert addresses and all(one.endswith("@umong.example.invalid") for one in addresses)
    person = next(one for one in town.people if one.national_id and one.phone)
    kept = loaded.get(Person, person.index + 1)
    assert kept.identifier == person.national_id
    assert kept.identifier_index == identifier_index(person.national_id)
    assert kept.phone_index == phone_index(normalise_phone(person.phone))


def test_the_audit_is_sound_and_counters_are_right(loaded: Any) -> None:
    found = audit.verify()
    assert found.sound
    assert found.entries > count(loaded, CaseEvent)
    before = set(loaded.execute(select(CaseCount.__table__)).all())
    rebuild()
    assert set(loaded.execute(select(CaseCount.__table__)).all()) == before


def test_numbers_go_on_where_the_demo_ends(loaded: Any) -> None:
    assert take_number("household") == 121
    this_year = loaded.scalars(
        select(Complaint.reference).where(Complaint.reference.like("UM70-%"))
    )
    assert take_number("complaint", 2570) == len(list(this_year)) + 1
    house = Household(
        number="H-900001-0", house_no="1", created_at=NOW, updated_at=NOW, village_no=1
    )
    loaded.add(house)
    loaded.flush()
    assert house.id == 121


def test_anonymous_complaints_have_no_reporter(loaded: Any) -> None:
    anonymous = select(Complaint.id).where(Complaint.anonymous)
    assert count(loaded, select(anonymous.subquery()).subquery()) > 0
    assert not loaded.scalars(select(Reporter).where(Reporter.complaint_id.in_(anonymous))).all()
    named = select(func.count()).select_from(Complaint).where(~Complaint.anonymous)
    assert count(loaded, Reporter) == loaded.scalar(named)


def test_each_deadline_follows_from_the_timeline(loaded: Any) -> None:
    for case in loaded.scalars(select(Case)):
        known = clock_of(case)
        assert known is not None
        finished = [pause for pause in known.pauses if pause[1] is not None]
        assert deadline(known.start, known.working_days, finished).due_at == case.due_at


def test_each_state_follows_from_the_timeline(loaded: Any) -> None:
    rows = loaded.execute(select(CaseEvent.case_id, CaseEvent.data).order_by(CaseEvent.id))
    state: dict[int, str] = {}
    for case_id, data in rows:
        if "after" in data:
            assert data["before"] == state.get(case_id, "new")
            state[case_id] = data["after"]
    for case in loaded.scalars(select(Case)):
        assert state.get(case.id, "new") == case.status.value
        assert (case.status == CaseStatus.CLOSED) == (case.closed_at is not None)


def test_lines_of_the_timeline_name_what_they_are_about(loaded: Any) -> None:
    visits = {visit.number: visit for visit in loaded.scalars(select(Visit))}
    given = {item.id: item for item in loaded.scalars(select(Assistance))}
    tasks = {task.id: task for task in loaded.scalars(select(CaseTask))}
    for event in loaded.scalars(select(CaseEvent)):
        if event.kind == EventKind.VISIT:
            visit = visits[event.data["visit"]]
            expected = {
                "planned": visit.purpose,
                "recorded": visit.findings,
                "missed": visit.missed_reason,
            }
            assert visit.case_id == event.case_id
            assert event.text == expected[event.data["verb"]]
        elif event.kind == EventKind.ASSISTANCE:
            assert given[event.data["assistance"]].description == event.text
        elif event.kind == EventKind.TASK:
            assert tasks[event.data["task"]].title == event.text


def test_a_citizen_can_follow_the_sample(loaded: Any) -> None:
    assert sample_complaint() is not None


def test_a_database_in_use_is_left_alone(loaded: Any) -> None:
    with pytest.raises(NotEmptyError):
        load(loaded(), now=NOW, password=PASSWORD, households=60, cases=5)
    assert count(loaded, Household) == 120


def test_commands(app: Flask) -> None:
    run = app.test_cli_runner()
    first = run.invoke(args=["demo", "load", "--households", "60", "--cases", "20"])
    assert first.exit_code == 0, first.output
    assert "loaded 60 households" in first.output
    again = run.invoke(args=["demo", "load"])
    assert again.exit_code != 0
    assert len(again.output.strip().splitlines()) == 1
    quiet = run.invoke(args=["demo", "load", "--if-empty"])
    assert quiet.exit_code == 0
    listed = run.invoke(args=["demo", "accounts"])
    assert listed.exit_code == 0
    assert "caseworker5" in listed.output and PASSWORD in listed.output


def test_production_refuses(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.config["SETTINGS"], "env", "production")
    for command in (["demo", "load"], ["demo", "accounts"]):
        refused = app.test_cli_runner().invoke(args=command)
        assert refused.exit_code != 0
        assert "production" in refused.output
    with app.app_context():
        sessions = app.extensions["sqlalchemy"].session
        assert count(sessions, User) == 0
        assert count(sessions, ComplaintEvent) == 0
