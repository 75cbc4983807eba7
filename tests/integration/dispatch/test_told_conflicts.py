"""A relation or a conflict of interest, told with a decline, bars the worker from the case."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import cast
from tests.pages import submit
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.dispatch import queries, services
from welfare.dispatch.queries import Bar
from welfare.dispatch.workflow import Conflict

pytestmark = pytest.mark.usefixtures("stage")


def offer(number: str, worker: str = cast.KAN) -> None:
    services.offer_case(
        actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(worker).user_id
    )


def bars(number: str) -> dict[str, tuple[Bar, ...]]:
    (ranking,) = queries.rank([number], viewer=cast.viewer(cast.ORN))
    return {one.member.username: one.bars for one in ranking.ranked}


def told() -> str:
    number = cast.case()
    offer(number)
    services.decline_case(
        actor=cast.viewer(cast.KAN), number=number, reason="หลานชาย", conflict=Conflict.RELATIVE
    )
    return number


def last(number: str) -> queries.AssignmentRow:
    return queries.assignments_of(number, viewer=cast.viewer(cast.ORN)).rows[0]


def test_who_told_is_not_proposed_until_it_is_lifted(session: Any) -> None:
    number, other = told(), cast.case()
    assert bars(number) == {cast.KAN: (Bar.TOLD_RELATIVE,), cast.TON: ()}
    assert bars(other)[cast.KAN] == (), "of this case alone"
    with pytest.raises(Refused) as refused:
        offer(number)
    assert refused.value.field == "worker"
    row = last(number)
    for who in (cast.KAN, cast.ANAN):
        with pytest.raises((Forbidden, NotFound)):
            services.lift_conflict(
                actor=cast.viewer(who), number=number, assignment_id=row.id, version=row.version
            )
    lift = {"number": number, "assignment_id": row.id, "version": row.version}
    services.lift_conflict(actor=cast.viewer(cast.ORN), **lift)
    with pytest.raises(Refused):
        services.lift_conflict(actor=cast.viewer(cast.ORN), **lift)
    assert bars(number)[cast.KAN] == ()
    offer(number)


def test_a_decline_that_was_not_meant_bars_nobody(session: Any) -> None:
    number = told()
    services.undo_decline(actor=cast.viewer(cast.KAN), number=number, version=last(number).version)
    assert bars(number)[cast.KAN] == ()


def test_the_pages_ask_show_and_lift(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        number = cast.case()
        offer(number)
        db.session.commit()
    worker = cast.sign_in(app.test_client(), cast.KAN)
    page = f"/desk/dispatch/cases/{number}/decline"
    sent = submit(worker, page, {"reason": "เพื่อนบ้าน", "because": "conflict"})
    assert sent.status_code == 303
    cast.sign_in(client, cast.ORN)
    assert "แจ้งไว้ว่ามีส่วนได้เสีย" in client.get(f"/desk/dispatch?case={number}").text
    page = f"/desk/cases/{number}"
    assert "มีส่วนได้เสีย" in client.get(page).text
    assert submit(client, page, {}, action="/lift").status_code == 303
    assert "แจ้งไว้ว่ามีส่วนได้เสีย" not in client.get(f"/desk/dispatch?case={number}").text
