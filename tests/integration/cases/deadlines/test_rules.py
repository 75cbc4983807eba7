"""Dated days: old cases keep what was in force, new ones are given the new."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import cast
from tests.pages import submit
from welfare.cases import queries, services
from welfare.cases.kinds import Stage
from welfare.cases.models import Case, CaseStage, Category, DeadlineRule
from welfare.cases.queries.deadlines.rules import in_force, seen_version
from welfare.cases.queries.deadlines.stages import stages_of
from welfare.cases.services.deadlines.rules import Days, set_days
from welfare.cases.views.arithmetic import sentence
from welfare.cases.workflow import Priority
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord

pytestmark = pytest.mark.usefixtures("stage")
At = Callable[[str], None]


def housing() -> int:
    found = db.session.scalar(select(Category.id).where(Category.code == "housing"))
    assert found is not None
    return found


def days(priority: Priority, on: date) -> dict[str, int]:
    return {one.stage.value: one.working_days for one in in_force(housing(), priority, on)}


def set_closure(closure: int | None, start: date, priority: Priority | None = None) -> int:
    held = {Stage.ACKNOWLEDGE: 3, Stage.FIRST_VISIT: 5, Stage.DECISION: 20}
    by_stage = {**(held if priority is None else {}), Stage.CLOSURE: closure}
    return set_days(
        actor=cast.viewer(cast.ANAN), category_id=housing(), priority=priority,
        version=seen_version(housing(), priority), facts=Days(by_stage, start),
    )  # fmt: skip


def test_every_category_begins_with_its_stages_and_urgencies(app: Flask) -> None:
    with app.app_context():
        today = date(2026, 11, 22)
        usual = {"acknowledge": 3, "first_visit": 5, "decision": 20, "closure": 30}
        assert days(Priority.NORMAL, today) == usual
        assert days(Priority.URGENT, today) == {
            "acknowledge": 2, "first_visit": 3, "decision": 10, "closure": 15,
        }  # fmt: skip
        lacking = select(func.count()).where(Category.id.not_in(select(DeadlineRule.category_id)))
        assert db.session.scalar(lacking) == 0


def test_a_case_keeps_what_was_in_force_when_it_was_opened(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        old = cast.case()
        assert set_closure(20, date(2026, 11, 18)) == 1
        db.session.commit()
        between = cast.case()
        at("2026-11-18T09:00:00+07:00")
        new = cast.case()
        given = {}
        for number in (old, between, new):
            case = db.session.scalar(select(Case).where(Case.number == number))
            stages = stages_of(case.id, 0)
            given[number] = next(s.working_days for s in stages if s.stage is Stage.CLOSURE)
        assert given == {old: 30, between: 30, new: 20}
        case = queries.load_case(old, viewer=cast.viewer(cast.ORN))
        services.edit_case(
            actor=cast.viewer(cast.ORN), number=old, version=case.version, title="อื่น", summary="",
            category_id=case.category_id, priority=Priority.URGENT, sensitivity=case.sensitivity,
            village_no=2,
        )  # fmt: skip
        row = db.session.scalar(
            select(CaseStage).where(CaseStage.case_id == case.id, CaseStage.stage == Stage.CLOSURE)
        )
        assert row.working_days == 15
        assert case.due_at == row.due_at


def test_days_of_an_urgency_come_and_go(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        set_closure(40, date(2026, 12, 1), Priority.LOW)
        set_closure(None, date(2027, 1, 1), Priority.LOW)
        found = [
            days(Priority.LOW, day)["closure"]
            for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
        ]
        assert found == [30, 40, 40, 30]


def test_the_past_cannot_be_changed_and_a_closure_has_days(app: Flask, at: At) -> None:
    at("2026-11-16T09:00:00+07:00")
    with app.app_context():
        with pytest.raises(Refused):
            set_closure(10, date(2026, 11, 15))
        with pytest.raises(Refused):
            set_closure(None, date(2026, 11, 17))
        facts = Days({Stage.CLOSURE: 9}, date(2026, 11, 17))
        for who in (cast.ORN, cast.MALEE, cast.KAN, cast.AEK):
            with pytest.raises(Forbidden):
                set_days(
                    actor=cast.viewer(who), category_id=housing(), priority=None,
                    version=seen_version(housing(), None), facts=facts,
                )  # fmt: skip
        with pytest.raises(StaleRecord):
            set_days(
                actor=cast.viewer(cast.ANAN), category_id=housing(), priority=None, version=0,
                facts=facts,
            )  # fmt: skip


def test_the_page_of_days_saves(app: Flask, at: At, client: FlaskClient) -> None:
    at("2026-11-16T09:00:00+07:00")
    cast.sign_in(client, cast.ANAN)
    page = "/admin/deadlines/housing/every"
    day = {"effective_from-day": "20", "effective_from-month": "11", "effective_from-year": "2569"}
    sent = {"acknowledge": "3", "first_visit": "", "decision": "20", "closure": "25", **day}
    assert submit(client, page, {**sent, "closure": ""}).status_code == 422
    assert submit(client, page, {**sent, "closure": "999"}).status_code == 400
    assert submit(client, page, sent).status_code == 303
    with app.app_context():
        after = {"acknowledge": 3, "decision": 20, "closure": 25}
        assert days(Priority.NORMAL, date(2026, 11, 20)) == after
    assert "25" in client.get(page).text


def test_the_arithmetic_says_holidays_and_waits(app: Flask, at: At) -> None:
    at("2026-04-09T10:00:00+07:00")
    with app.test_request_context("/?lang=en"):
        number = cast.case(category="equipment")
        orn = cast.viewer(cast.ORN)
        case = queries.load_case(number, viewer=orn)
        at("2026-04-20T09:00:00+07:00")
        services.wait_case(actor=orn, number=number, version=case.version, reason="รอ")
        at("2026-04-22T17:00:00+07:00")
        services.resume_case(actor=orn, number=number, version=case.version)
        (known,) = [s.reckoning for s in stages_of(case.id, 0) if s.stage is Stage.CLOSURE]
        words = sentence(known)
        assert words.startswith("5 working days from 9 Apr 2026; not counted: 4 Saturdays")
        assert "13–15 Apr 2026" in words
        assert "waited 3 working days for somebody else" in words
        assert words.endswith(f"→ {known.due_on.day} Apr 2026")


def test_no_stage_is_due_before_one_that_comes_before_it(app: Flask) -> None:
    with app.app_context():
        start = date(2099, 1, 1)
        held = {Stage.ACKNOWLEDGE: 5, Stage.FIRST_VISIT: 4, Stage.CLOSURE: 30}
        with pytest.raises(Refused) as refused:
            set_days(
                actor=cast.viewer(cast.ANAN), category_id=housing(), priority=None,
                version=seen_version(housing(), None), facts=Days(held, start),
            )  # fmt: skip
        assert refused.value.field == "first_visit"
        with pytest.raises(Refused) as refused:
            set_closure(7, start, Priority.LOW)
        assert refused.value.field == "closure", "against the days of every urgency"
