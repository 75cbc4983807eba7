"""Open tasks go along with a case, come back with it, or stay when that was asked."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from tests.pages import submit
from welfare.cases.models import CaseTask
from welfare.cases.services import add_task
from welfare.core.db import db
from welfare.dispatch import queries, services
from welfare.dispatch.services.handing_over import Handed

pytestmark = pytest.mark.usefixtures("stage")


def user(name: str) -> int:
    return cast.viewer(name).user_id


def task(number: str, worker: str) -> None:
    add_task(actor=cast.viewer(cast.ORN), number=number, title="โทรนัด", assignee_id=user(worker))


def offer(number: str, worker: str, **more: Any) -> None:
    services.offer_case(actor=cast.viewer(cast.ORN), number=number, worker_id=user(worker), **more)


def whose() -> list[int | None]:
    return list(db.session.scalars(select(CaseTask.assignee_id).order_by(CaseTask.id)))


@pytest.fixture
def number(given: Any) -> str:
    """A case of กาญจน์ with a task of hers and one of the officer's."""
    made: str = given(cast.KAN)
    task(made, cast.KAN)
    task(made, cast.ORN)
    return made


def test_they_go_with_an_offer_and_come_back_with_a_decline(session: Any, number: str) -> None:
    offer(number, cast.TON)
    assert whose() == [user(cast.TON), user(cast.ORN)]
    services.decline_case(actor=cast.viewer(cast.TON), number=number, reason="งานล้น")
    assert whose() == [user(cast.KAN), user(cast.ORN)]
    held = queries.assignments_of(number, viewer=cast.viewer(cast.ORN))
    services.undo_decline(actor=cast.viewer(cast.TON), number=number, version=held.rows[0].version)
    assert whose() == [user(cast.TON), user(cast.ORN)]
    services.take_back_case(actor=cast.viewer(cast.ORN), number=number, reason="ลา")
    assert whose() == [user(cast.KAN), user(cast.ORN)]
    offer(number, cast.TON)
    assert whose() == [user(cast.TON), user(cast.ORN)], "what was left behind is found again"


def test_they_stay_when_that_was_asked(session: Any, number: str) -> None:
    offer(number, cast.TON, tasks=False)
    assert whose() == [user(cast.KAN), user(cast.ORN)]


@pytest.mark.parametrize("tasks", [True, False])
def test_a_transfer_and_a_hand_over_ask_too(session: Any, number: str, tasks: bool) -> None:
    asked = services.ask_transfer(
        actor=cast.viewer(cast.KAN), number=number, worker_id=user(cast.TON), note="x", tasks=tasks
    )
    assert whose()[0] == user(cast.KAN)
    services.agree_transfer(actor=cast.viewer(cast.TON), transfer_id=asked)
    assert whose()[0] == user(cast.TON if tasks else cast.KAN)
    task(number, cast.TON)
    held = queries.assignments_of(number, viewer=cast.viewer(cast.ORN))
    services.hand_over(
        actor=cast.viewer(cast.ORN), username=cast.TON, note="", tasks=tasks,
        cases={number: Handed(user(cast.KAN), "", held.seen)},
    )  # fmt: skip
    assert whose()[-1] == user(cast.KAN if tasks else cast.TON)


def test_the_offer_says_how_many_and_asks(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
        offer(number, cast.KAN)
        services.accept_case(actor=cast.viewer(cast.KAN), number=number)
        task(number, cast.KAN)
        db.session.commit()
    cast.sign_in(client, cast.ORN)
    page = f"/desk/dispatch/cases/{number}/offer"
    assert "ที่ยังไม่เสร็จ 1 รายการ" in client.get(page).text
    with app.app_context():
        ton = str(user(cast.TON))
    made = submit(client, page, {"worker": ton, "leave_tasks": "y"}, action="/offer")
    assert made.status_code == 303, made.headers
    with app.app_context():
        assert whose()[0] == user(cast.KAN)
