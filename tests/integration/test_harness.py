"""The harness keeps its promises: both databases, each test from the start, no state left over."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import cast
from welfare.accounts.models import User
from welfare.core.db import db


def test_runs_on_the_database_it_says(app: Flask, database: str) -> None:
    with app.app_context():
        assert db.engine.dialect.name == database


@pytest.mark.parametrize("turn", [1, 2])
def test_starts_from_an_empty_database(app: Flask, turn: int) -> None:
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0
        cast.set_stage()
        first = db.session.scalar(select(func.min(User.id)))
    assert first == 1


def test_the_stage_can_be_played_on(app: Flask, stage: None, client: FlaskClient) -> None:
    with app.app_context():
        home = cast.household()
        person = cast.person(home)
        filed = cast.complaint()
        number = cast.case(household_id=home.id, person_id=person.id)
    assert filed.reference.startswith("UM")
    assert number
    cast.sign_in(client, cast.ORN)
