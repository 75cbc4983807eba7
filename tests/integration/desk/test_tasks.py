"""A task reaches whoever it was given to, and stays away from who may not see its case."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import cast
from welfare.cases.queries.duties import my_duties
from welfare.cases.services import add_task
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.outbox import OutboxEvent
from welfare.dispatch import services as dispatch

pytestmark = pytest.mark.usefixtures("stage")


def test_a_task_stands_on_the_desk_of_whoever_it_was_given_to(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        number, orn, kan = cast.case(), cast.viewer(cast.ORN), cast.viewer(cast.KAN)
        dispatch.offer_case(actor=orn, number=number, worker_id=kan.user_id)
        today = clock.today()
        add_task(actor=orn, number=number, title="โทรหาช่าง", assignee_id=orn.user_id)
        add_task(actor=orn, number=number, title="วัดบันได", assignee_id=kan.user_id, due_on=today)
        db.session.commit()
        told = db.session.scalars(select(OutboxEvent.name)).all()
        assert told.count("case.task_given") == 1
    office = cast.sign_in(client, cast.ORN).get("/desk").text
    assert "โทรหาช่าง" in office and "วัดบันได" not in office
    client = cast.sign_in(app.test_client(), cast.KAN)
    for page in ("/desk", "/field"):
        text = client.get(page).text
        assert f'href="/desk/cases/{number}#tasks"' in text
        assert "วัดบันได" in text and "โทรหาช่าง" not in text


def test_a_task_nobody_could_do_is_refused_in_words(session: Any) -> None:
    number, orn = cast.case(), cast.viewer(cast.ORN)
    other = cast.viewer(cast.TON)
    before = clock.today() - timedelta(days=1)
    wrong: list[tuple[str, date | None, int | None]] = [
        ("due_on", date(2017, 1, 1), None), ("due_on", before, None),
        ("who", None, other.user_id),
    ]  # fmt: skip
    for field, day, who in wrong:
        with pytest.raises(Refused) as refused:
            add_task(actor=orn, number=number, title="โทร", due_on=day, assignee_id=who)
        assert refused.value.field == field
    assert my_duties(other) == []
